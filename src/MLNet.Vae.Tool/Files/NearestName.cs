namespace MLNet.Vae.Tool.Files;

/// <summary>The name that was probably meant.</summary>
internal static class NearestName
{
    /// <param name="names">One at least.</param>
    /// <param name="name">None of them.</param>
    public static string Of(IEnumerable<string> names, string name)
        => names.MinBy(other => Distance(other.ToUpperInvariant(), name.ToUpperInvariant()))!;

    /// <summary>Insertions, deletions and replacements from one word to another (Levenshtein 1966).</summary>
    private static int Distance(string a, string b)
    {
        var previous = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var current = new int[b.Length + 1];
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                current[j] = Math.Min(replaced, Math.Min(previous[j], current[j - 1]) + 1);
            }

            previous = current;
        }

        return previous[^1];
    }
}
