using MLNet.Vae.Modules;
using static TorchSharp.torch;

namespace MLNet.Vae.Likelihoods;

/// <summary>N(x̂, diag σ²) with one σ per feature, learned.</summary>
internal sealed class GaussianPerFeature(int features, ParameterVector parameters) : OutputLikelihood(features)
{
    private readonly LearnedLogSigma _logSigma = new(features, parameters);

    public override IReadOnlyList<double?> FeatureSigmas => [.. _logSigma.ToArray().Select(logSigma => Math.Exp(logSigma))];

    /// <summary>−½((x − x̂)/σ)² − ln σ − ½ ln 2π, summed over features.</summary>
    public override Tensor LogDensity(Tensor x, Tensor output) => GaussianLogDensity.Of(x, output, _logSigma.Value);

    public override Tensor Terms(Tensor x, Tensor output) => GaussianLogDensity.Terms(x, output, _logSigma.Value);

    public override bool HasWrittenGradient => true;

    public override double Descend(Tensor x, Tensor output)
    {
        using var scope = NewDisposeScope();
        var (negativeLogDensity, logSigmaGradient) = GaussianLogDensity.Descend(x, output, _logSigma.Value);
        _logSigma.Descend(logSigmaGradient.sum(0L));
        return negativeLogDensity;
    }

    public override OutputDistribution Export() => new GaussianPerFeatureOutput(_logSigma.ToArray());
}
