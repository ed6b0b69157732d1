using MLNet.Vae.Networks;
using static TorchSharp.torch;

namespace MLNet.Vae.Objectives;

/// <summary>N(x̂, σ²), σ given.</summary>
internal sealed class FixedGaussian(double sigma) : OutputLikelihood
{
    public override double? Sigma => sigma;

    /// <summary>−½((x − x̂)/σ)² − ln σ − ½ ln 2π, summed over features.</summary>
    public override Tensor LogDensity(Tensor x, Tensor output)
        => (x - output).square().sum(1) / (-2 * sigma * sigma) - x.size(1) * (Math.Log(sigma) + GaussianLogDensity.HalfLogTwoPi);

    public override OutputDistribution Export() => new GaussianOutput((float)Math.Log(sigma));
}
