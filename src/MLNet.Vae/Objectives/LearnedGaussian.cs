using MLNet.Vae.Modules;
using MLNet.Vae.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Vae.Objectives;

/// <summary>N(x̂, σ²) with one σ for all features, learned (σ-VAE: Rybkin, Daniilidis and Levine 2021).</summary>
internal sealed class LearnedGaussian(int features, ParameterVector parameters) : OutputLikelihood(features)
{
    // Adam moves a parameter by about the learning rate a step; σ often has to shrink by e³ and more, so its parameter counts for more.
    private const double ParameterScale = 10;

    // ln σ above its minimum: a softplus is never 0, and this close to 0 its gradient is still of use.
    private const double LeastExcess = 1e-4;

    private static readonly Scalar MinusParameterScale = -ParameterScale;

    private static readonly Scalar MinusTwo = -2, HalfLogTwoPi = GaussianLogDensity.HalfLogTwoPi, MinimumLogSigma = Math.Log(GaussianLikelihood.MinimumSigma);

    private readonly Trainable _free = parameters.Add(zeros(1));

    public override double? Sigma => Math.Exp(Value());

    /// <summary>−½((x − x̂)/σ)² − ln σ − ½ ln 2π, summed over features.</summary>
    public override Tensor LogDensity(Tensor x, Tensor output)
    {
        var logSigma = LogSigma();
        using Scalar features = x.size(1);
        return (x - output).Squared().sum(1) * (MinusTwo * logSigma).exp() / MinusTwo - features * logSigma.Plus(HalfLogTwoPi);
    }

    public override bool HasWrittenGradient => true;

    public override double Descend(Tensor x, Tensor output)
    {
        // d ln σ / dθ of the softplus below.
        var free = _free.Value.item<float>();
        var slope = ParameterScale / (1 + Math.Exp(Math.Log(GaussianLikelihood.MinimumSigma) - ParameterScale * free));
        var (negativeLogDensity, logSigmaGradient) = SquaredError.Descend(x, output, Math.Exp(Value()));
        using Scalar gradient = slope * logSigmaGradient;
        _free.Gradient.fill_(gradient);
        return negativeLogDensity;
    }

    /// <summary>θ from ln σ: the inverse of the softplus s(y) = ln(1 + eʸ) is y = ln(eˢ − 1) = s + ln(1 − e⁻ˢ).</summary>
    public override void SetSigma(double sigma)
    {
        var minimum = Math.Log(GaussianLikelihood.MinimumSigma);
        var excess = Math.Max(Math.Log(sigma) - minimum, LeastExcess);
        _free.Set([(float)((excess + double.LogP1(-Math.Exp(-excess)) + minimum) / ParameterScale)]);
    }

    public override OutputDistribution Export() => new GaussianOutput(Value());

    // ln σ = minimum + softplus(10·θ − minimum): a softplus, which is −ln sigmoid(−·), keeps a gradient at the floor, where a clamp has none.
    private Tensor LogSigma()
    {
        var softplus = -(MinusParameterScale * _free.Value).Plus(MinimumLogSigma).log_sigmoid();
        return softplus.Plus(MinimumLogSigma);
    }

    private float Value()
    {
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        return LogSigma().item<float>();
    }
}
