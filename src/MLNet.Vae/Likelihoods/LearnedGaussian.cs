using MLNet.Vae.Modules;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Vae.Likelihoods;

/// <summary>N(x̂, σ²) with one σ for all features, learned (σ-VAE: Rybkin, Daniilidis and Levine 2021).</summary>
internal sealed class LearnedGaussian(int features, ParameterVector parameters) : OutputLikelihood(features)
{
    private static readonly Scalar MinusTwo = -2, HalfLogTwoPi = GaussianLogDensity.HalfLogTwoPi;

    private readonly LearnedLogSigma _logSigma = new(1, parameters);

    public override double? Sigma => Math.Exp(_logSigma.ToArray()[0]);

    /// <summary>−½((x − x̂)/σ)² − ln σ − ½ ln 2π, summed over features.</summary>
    public override Tensor LogDensity(Tensor x, Tensor output)
    {
        var logSigma = _logSigma.Value;
        using Scalar features = x.size(1);
        return nn.functional.mse_loss(output, x, nn.Reduction.None).sum(1) * ((MinusTwo * logSigma).exp() / MinusTwo)
            - features * logSigma.Plus(HalfLogTwoPi);
    }

    public override Tensor Terms(Tensor x, Tensor output) => GaussianLogDensity.Terms(x, output, _logSigma.Value);

    public override bool HasWrittenGradient => true;

    public override double Descend(Tensor x, Tensor output)
    {
        var (negativeLogDensity, logSigmaGradient) = SquaredError.Descend(x, output, Sigma!.Value);
        _logSigma.Descend(logSigmaGradient);
        return negativeLogDensity;
    }

    public override void SetSigma(double sigma) => _logSigma.Set(sigma);

    public override OutputDistribution Export() => new GaussianOutput(_logSigma.ToArray()[0]);
}
