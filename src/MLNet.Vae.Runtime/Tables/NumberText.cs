using System.Globalization;

namespace MLNet.Vae.Tables;

/// <summary>A number as the text of a category: the shortest that reads back to it.</summary>
internal static class NumberText
{
    public static string Of(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
