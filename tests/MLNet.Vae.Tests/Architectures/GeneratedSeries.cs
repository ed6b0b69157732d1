namespace MLNet.Vae.Tests.Architectures;

/// <summary>
/// Waves of two channels, the second a sixth of a turn behind the first, with noise: frequency, phase and size differ from series to
/// series. Their mean is zero at every step, and no four directions explain them.
/// </summary>
internal static class GeneratedSeries
{
    public const int Steps = 24, Channels = 2, Values = Steps * Channels;

    /// <returns>Step after step, the channels of a step side by side.</returns>
    public static float[][] Create(int count, int seed)
    {
        const double Noise = 0.05;
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            var (turns, phase, size) = (1 + 2 * random.NextDouble(), Math.Tau * random.NextDouble(), 0.5 + random.NextDouble());
            return Enumerable.Range(0, Values)
                .Select(slot => (Step: slot / Channels, Channel: slot % Channels))
                .Select(at => size * Math.Sin((Math.Tau * turns * at.Step / Steps) + phase - (Math.Tau / 6 * at.Channel)))
                .Select(value => (float)(value + (Noise * ((2 * random.NextDouble()) - 1))))
                .ToArray();
        })];
    }
}
