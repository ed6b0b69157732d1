namespace MLNet.Vae.Tool.Results;

/// <summary>JSON has no NaN and no infinity.</summary>
internal static class Finite
{
    public static double? OrNull(double? value) => value is { } number && double.IsFinite(number) ? number : null;

    public static float? OrNull(float value) => float.IsFinite(value) ? value : null;
}
