using System.Globalization;

namespace MLNet.Vae.Fleets;

/// <summary>A key with the name of its fleet, which has its length before it: neither can be taken for part of the other.</summary>
internal static class FleetKey
{
    public static string Of(string fleet, string key) => FormattableString.Invariant($"{fleet.Length}:{fleet}:{key}");

    public static (string Fleet, string Key) Parts(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var length = int.Parse(text.AsSpan(0, colon), CultureInfo.InvariantCulture);
        return (text.Substring(colon + 1, length), text[(colon + length + 2)..]);
    }
}
