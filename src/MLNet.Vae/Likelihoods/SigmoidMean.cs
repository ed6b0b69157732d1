using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Vae.Likelihoods;

/// <summary>A Gaussian with one σ whose mean is sigmoid(output).</summary>
internal sealed class SigmoidMean(OutputLikelihood gaussian) : OutputLikelihood(gaussian.Features)
{
    private static readonly Scalar One = 1;

    public override double? Sigma => gaussian.Sigma;

    public override Tensor LogDensity(Tensor x, Tensor output) => gaussian.LogDensity(x, output.sigmoid());

    public override Tensor Terms(Tensor x, Tensor output) => gaussian.Terms(x, output.sigmoid());

    public override bool HasWrittenGradient => gaussian.HasWrittenGradient;

    /// <summary>∂(−ln p) / ∂ output = ∂(−ln p) / ∂x̂ · x̂(1 − x̂), x̂ = sigmoid(output).</summary>
    public override double Descend(Tensor x, Tensor output)
    {
        using var scope = NewDisposeScope();
        output.sigmoid_();
        var slope = output * (One - output);
        var negativeLogDensity = gaussian.Descend(x, output);
        output.mul_(slope);
        return negativeLogDensity;
    }

    /// <summary>The logit of the mean row, which is what a network learns first.</summary>
    public override void Start(Span<float> bias, ReadOnlySpan<double> means, long rows)
    {
        // A feature that is the same end of the interval in all rows is taken to differ in half of one.
        var least = 0.5 / rows;
        for (var j = 0; j < bias.Length; j++)
        {
            var mean = Math.Clamp(means[j], least, 1 - least);
            bias[j] = (float)Math.Log(mean / (1 - mean));
        }
    }

    public override void SetSigma(double sigma) => gaussian.SetSigma(sigma);

    public override OutputDistribution Export() => new GaussianUnitIntervalOutput(((GaussianOutput)gaussian.Export()).LogSigma);
}
