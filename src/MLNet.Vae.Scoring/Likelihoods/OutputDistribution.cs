namespace MLNet.Vae.Likelihoods;

/// <summary>p(x | z) of a trained decoder, over normalised features.</summary>
internal abstract record OutputDistribution
{
    /// <summary>Values of the decoder's output that describe so many features.</summary>
    public virtual int ParametersOf(int features) => features;
}

/// <summary>N(x̂, σ²), x̂ the decoder's output, one σ for all features.</summary>
/// <param name="LogSigma">Natural log of the standard deviation, normalised units.</param>
internal sealed record GaussianOutput(float LogSigma) : OutputDistribution;

/// <summary>N(x̂, diag σ²), x̂ the decoder's output.</summary>
/// <param name="LogSigma">Natural log of the standard deviation of each feature, normalised units.</param>
internal sealed record GaussianPerFeatureOutput(float[] LogSigma) : OutputDistribution;

/// <summary>N(x̂, diag σ²); the decoder gives x̂ of all features, then what the softplus of <paramref name="MinimumLogSigma"/> makes their ln σ.</summary>
/// <param name="MinimumLogSigma">ln σ = this + softplus(output − this).</param>
internal sealed record GaussianPerRowOutput(float MinimumLogSigma) : OutputDistribution
{
    public override int ParametersOf(int features) => 2 * features;
}

/// <summary>Bernoulli(sigmoid(logit)), the logit the decoder's output.</summary>
internal sealed record BernoulliOutput : OutputDistribution;

/// <summary>Categorical(softmax(logits)), the logits the decoder's output: all features are one group.</summary>
internal sealed record CategoricalOutput : OutputDistribution;

/// <summary>Ranges of features, one after the other, each with its own distribution.</summary>
internal sealed record MixedOutput(IReadOnlyList<OutputPart> Parts) : OutputDistribution
{
    public override int ParametersOf(int features) => Parts.Sum(part => part.Parameters);
}

/// <param name="Features">Their number.</param>
/// <param name="Distribution">Of these features.</param>
internal sealed record OutputPart(int Features, OutputDistribution Distribution)
{
    public int Parameters => Distribution.ParametersOf(Features);
}
