using MLNet.Vae.Networks;
using static TorchSharp.torch;

namespace MLNet.Vae.Objectives;

/// <summary>Bernoulli(sigmoid(output)).</summary>
internal sealed class BernoulliDensity(int features) : OutputLikelihood(features)
{
    /// <summary>x ln p + (1 − x) ln(1 − p), from the logit so that it stays finite, summed over features.</summary>
    public override Tensor LogDensity(Tensor x, Tensor output)
        => -nn.functional.binary_cross_entropy_with_logits(output, x, reduction: nn.Reduction.None).sum(1);

    public override OutputDistribution Export() => new BernoulliOutput();
}
