using static TorchSharp.torch;

namespace MLNet.Vae.Likelihoods;

/// <summary>
/// N(x̂, diag σ²), both from the decoder: x̂ of all features, then what the floor makes their ln σ (Kingma and Welling 2014, appendix C.2).
/// </summary>
internal sealed class GaussianPerRow(int features) : OutputLikelihood(features)
{
    public override int ParameterCount => 2 * Features;

    /// <summary>−½((x − x̂)/σ)² − ln σ − ½ ln 2π, summed over features.</summary>
    public override Tensor LogDensity(Tensor x, Tensor output)
    {
        var (mean, free) = Halves(output);
        return GaussianLogDensity.Of(x, mean, GaussianLogDensity.FlooredLogSigma(-free));
    }

    public override Tensor Terms(Tensor x, Tensor output)
    {
        var (mean, free) = Halves(output);
        return GaussianLogDensity.Terms(x, mean, GaussianLogDensity.FlooredLogSigma(-free));
    }

    public override bool HasWrittenGradient => true;

    public override double Descend(Tensor x, Tensor output)
    {
        using var scope = NewDisposeScope();
        var (mean, free) = Halves(output);
        var (negativeLogDensity, logSigmaGradient) = GaussianLogDensity.Descend(x, mean, GaussianLogDensity.FlooredLogSigma(-free));
        free.copy_(logSigmaGradient * GaussianLogDensity.Slope(free));
        return negativeLogDensity;
    }

    public override OutputDistribution Export() => new GaussianPerRowOutput((float)GaussianLogDensity.MinimumLogSigma);

    private (Tensor Mean, Tensor Free) Halves(Tensor output) => (output.narrow(1, 0, Features), output.narrow(1, Features, Features));
}
