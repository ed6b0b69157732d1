namespace MLNet.Vae.Likelihoods;

/// <summary>N(x̂, σ²), x̂ the decoder's output, one σ for all features.</summary>
/// <param name="LogSigma">Natural log of the standard deviation, normalised units.</param>
internal sealed record GaussianOutput(float LogSigma) : ConstantSigmaOutput
{
    protected override (float[] Values, long[] Shape) LogSigmas => ([LogSigma], []);
}
