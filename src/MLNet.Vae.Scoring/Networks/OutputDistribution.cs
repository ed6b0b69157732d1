namespace MLNet.Vae.Networks;

/// <summary>p(x | z) of a trained decoder, over normalised features.</summary>
internal abstract record OutputDistribution;

/// <summary>N(x̂, σ²), x̂ the decoder's output, one σ for all features.</summary>
/// <param name="LogSigma">Natural log of the standard deviation, normalised units.</param>
internal sealed record GaussianOutput(float LogSigma) : OutputDistribution;

/// <summary>Bernoulli(sigmoid(logit)), the logit the decoder's output.</summary>
internal sealed record BernoulliOutput : OutputDistribution;
