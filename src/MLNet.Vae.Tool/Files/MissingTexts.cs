namespace MLNet.Vae.Tool.Files;

/// <summary>What stands in a delimited file where there is no value.</summary>
internal static class MissingTexts
{
    private static readonly HashSet<string> All = new(["", "?", "NA", "N/A", "NaN"], StringComparer.OrdinalIgnoreCase);

    public static bool Contains(string value) => All.Contains(value);
}
