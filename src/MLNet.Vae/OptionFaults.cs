using System.Globalization;

namespace MLNet.Vae;

/// <summary>The words of an option that is out of range, so that all of them read alike.</summary>
internal static class OptionFaults
{
    public static string Range<T>(string option, T found, T minimum, T maximum) where T : IFormattable
        => Expected(option, found, $"from {Text(minimum)} to {Text(maximum)}");

    public static string Expected(string option, IFormattable found, string expected)
        => $"{option} must be {expected}, but is {Text(found)}";

    public static string Undefined(string option, Enum found)
        => $"{option} must be one of {string.Join(", ", Enum.GetNames(found.GetType()))}, but is {found}";

    /// <summary>All of them in one message; nothing where there are none.</summary>
    /// <exception cref="ArgumentException">There are some.</exception>
    public static void Throw(IReadOnlyCollection<string> faults)
    {
        if (faults.Count > 0)
        {
            throw new ArgumentException(
                $"{faults.Count} {(faults.Count == 1 ? "option is" : "options are")} wrong: {string.Join("; ", faults)}."
            );
        }
    }

    private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
}
