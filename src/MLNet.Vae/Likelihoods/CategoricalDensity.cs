using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Vae.Likelihoods;

/// <summary>Categorical(softmax(output)).</summary>
internal sealed class CategoricalDensity(int features, bool startsAtFrequencies = false) : OutputLikelihood(features)
{
    /// <summary>Σ x ln softmax(output), from the logits so that it stays finite.</summary>
    public override Tensor LogDensity(Tensor x, Tensor output) => (x * output.log_softmax(1)).sum(1);

    public override Tensor Terms(Tensor x, Tensor output) => x * output.log_softmax(1);

    public override bool HasWrittenGradient => true;

    /// <summary>∂(−ln p) / ∂ logit = softmax · Σ x − x, where Σ x = 1 but for rounding.</summary>
    public override double Descend(Tensor x, Tensor output)
    {
        using var scope = NewDisposeScope();
        using Scalar rows = x.size(0);
        var logProbabilities = output.log_softmax(1);
        var loss = -(x * logProbabilities).sum();
        output.copy_(logProbabilities.exp_().mul_(x.sum(1L).view(-1, 1))).sub_(x).div_(rows);
        return loss.item<float>();
    }

    /// <summary>ln of how often each category occurs, where that is asked for; one that never does counts as half a row.</summary>
    public override void Start(Span<float> bias, ReadOnlySpan<double> means, long rows)
    {
        if (!startsAtFrequencies)
            return;
        for (var category = 0; category < bias.Length; category++)
            bias[category] = (float)Math.Log(Math.Max(means[category], 0.5 / Math.Max(1, rows)));
    }

    public override OutputDistribution Export() => new CategoricalOutput();
}
