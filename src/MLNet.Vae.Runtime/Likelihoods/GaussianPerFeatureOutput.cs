namespace MLNet.Vae.Likelihoods;

/// <summary>N(x̂, diag σ²), x̂ the decoder's output.</summary>
/// <param name="LogSigma">Natural log of the standard deviation of each feature, normalised units.</param>
internal sealed record GaussianPerFeatureOutput(float[] LogSigma) : ConstantSigmaOutput
{
    protected override (float[] Values, long[] Shape) LogSigmas => (LogSigma, [LogSigma.Length]);
}
