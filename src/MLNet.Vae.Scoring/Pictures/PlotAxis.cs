using System.Globalization;

namespace MLNet.Vae;

/// <summary>A range of values, with round numbers in it.</summary>
/// <param name="Least">Where it begins.</param>
/// <param name="Largest">Where it ends.</param>
internal sealed record PlotAxis(double Least, double Largest)
{
    // Of the range, beside the values.
    private const double Margin = 0.04;
    private const int Ticks = 6;

    public static PlotAxis Of(IEnumerable<double> values)
    {
        var (least, largest) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var value in values)
            (least, largest) = (Math.Min(least, value), Math.Max(largest, value));
        var margin = largest > least ? Margin * (largest - least) : Math.Max(1, Math.Abs(least) / 2);
        return new(least - margin, largest + margin);
    }

    /// <summary>From 0, the least, to 1.</summary>
    public double Place(double value) => (value - Least) / (Largest - Least);

    /// <summary>Multiples of 1, 2 or 5 times a power of ten.</summary>
    public IEnumerable<(double Value, string Text)> Numbers()
    {
        var raw = (Largest - Least) / Ticks;
        var power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        var step = new[] { 1.0, 2, 5, 10 }.First(factor => factor * power >= raw * (1 - 1e-9)) * power;
        for (var i = Math.Ceiling(Least / step); i * step <= Largest; i++)
            yield return (i * step, Text(i * step, step));
    }

    private static string Text(double value, double step)
    {
        var decimals = (int)Math.Max(0, -Math.Floor(Math.Log10(step) + 1e-9));
        return Math.Max(Math.Abs(value), step) is >= 1e5 or < 1e-4 && value != 0
            ? value.ToString("0.#e0", CultureInfo.InvariantCulture)
            : (value == 0 ? 0 : value).ToString($"F{Math.Min(decimals, 6)}", CultureInfo.InvariantCulture);
    }
}
