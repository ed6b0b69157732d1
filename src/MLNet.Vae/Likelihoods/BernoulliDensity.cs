using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Vae.Likelihoods;

/// <summary>Bernoulli(sigmoid(output)).</summary>
internal sealed class BernoulliDensity(int features) : OutputLikelihood(features)
{
    /// <summary>x ln p + (1 − x) ln(1 − p), from the logit so that it stays finite, summed over features.</summary>
    public override Tensor LogDensity(Tensor x, Tensor output)
        => -nn.functional.binary_cross_entropy_with_logits(output, x, reduction: nn.Reduction.None).sum(1);

    public override Tensor Terms(Tensor x, Tensor output)
        => -nn.functional.binary_cross_entropy_with_logits(output, x, reduction: nn.Reduction.None);

    public override bool HasWrittenGradient => true;

    /// <summary>∂(−ln p) / ∂ logit = sigmoid(logit) − x.</summary>
    public override double Descend(Tensor x, Tensor output)
    {
        using var loss = nn.functional.binary_cross_entropy_with_logits(output, x, reduction: nn.Reduction.Sum);
        using Scalar share = 1.0 / x.size(0);
        output.sigmoid_().sub_(x).mul_(share);
        return loss.item<float>();
    }

    public override OutputDistribution Export() => new BernoulliOutput();
}
