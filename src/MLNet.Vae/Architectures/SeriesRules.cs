namespace MLNet.Vae.Architectures;

/// <summary>What holds for every architecture of series.</summary>
internal static class SeriesRules
{
    /// <summary>Most channels allowed.</summary>
    public const int MaximumChannels = 1_024;

    /// <summary>Most values of a series, and of all maps or memories of a layer together.</summary>
    public const int MaximumValues = 1 << 24;

    /// <summary>Values of each step and channel where a decoder is to give so many.</summary>
    /// <exception cref="InvalidOperationException">They are not as many for each.</exception>
    public static int Parts(int outputs, int steps, int channels) => outputs % (steps * channels) == 0
        ? outputs / (steps * channels)
        : throw new InvalidOperationException(
            $"A decoder of series gives as many values for each of the {steps * channels} values of a series; the likelihood and the "
            + $"target need {outputs} in all. "
            + $"Choose another likelihood, or {nameof(VaeArchitecture)}.{nameof(VaeArchitecture.Mlp)}.");

    public static IEnumerable<string> FaultsWith(VaeLikelihood likelihood)
    {
        if (likelihood.ParametersPerFeature is null)
        {
            yield return "an architecture for series gives all values of a series the same number of parameters, which a mixed "
                + "likelihood with a part "
                + $"{nameof(VaeLikelihood.GaussianPerRow)} does not; choose another for that part, or "
                + $"{nameof(VaeArchitecture)}.{nameof(VaeArchitecture.Mlp)}";
        }
    }

    /// <summary>Of steps and channels.</summary>
    public static IEnumerable<string> Faults(int steps, int mostSteps, int channels)
    {
        if (steps < 1 || steps > mostSteps)
            yield return OptionFaults.Range("Steps", steps, 1, mostSteps);
        if (channels is < 1 or > MaximumChannels)
            yield return OptionFaults.Range("Channels", channels, 1, MaximumChannels);
    }

    /// <summary>Where each of steps and channels is allowed.</summary>
    public static IEnumerable<string> FaultsTogether(int steps, int channels)
    {
        var values = (long)steps * channels;
        if (values > MaximumValues)
            yield return OptionFaults.Expected("Steps·Channels", values, $"at most {MaximumValues}");
    }
}
