using MLNet.Vae.Modules;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Vae.Likelihoods;

/// <summary>N(x̂, σ²), σ given.</summary>
internal sealed class FixedGaussian(int features, double sigma) : OutputLikelihood(features)
{
    public override double? Sigma => sigma;

    /// <summary>−½((x − x̂)/σ)² − ln σ − ½ ln 2π, summed over features.</summary>
    public override Tensor LogDensity(Tensor x, Tensor output)
    {
        using Scalar minusTwoVariance = -2 * sigma * sigma;
        using Scalar constant = x.size(1) * (Math.Log(sigma) + GaussianLogDensity.HalfLogTwoPi);
        return (x - output).Squared().sum(1) / minusTwoVariance - constant;
    }

    public override Tensor Terms(Tensor x, Tensor output)
        => GaussianLogDensity.Terms(x, output, tensor((float)Math.Log(sigma), device: x.device));

    public override bool HasWrittenGradient => true;

    public override double Descend(Tensor x, Tensor output) => SquaredError.Descend(x, output, sigma).NegativeLogDensity;

    /// <summary>It is what it is.</summary>
    public override void SetSigma(double sigma)
    {
    }

    public override OutputDistribution Export() => new GaussianOutput((float)Math.Log(sigma));
}
