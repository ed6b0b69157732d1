using MLNet.Vae.Modules;
using MLNet.Vae.Networks;
using static TorchSharp.torch;

namespace MLNet.Vae.Objectives;

/// <summary>N(x̂, σ²) with one σ for all features, learned (σ-VAE: Rybkin, Daniilidis and Levine 2021).</summary>
internal sealed class LearnedGaussian(ParameterVector parameters) : OutputLikelihood
{
    // Adam moves a parameter by about the learning rate a step; σ often has to shrink by e³ and more, so its parameter counts for more.
    private const double ParameterScale = 10;

    private static readonly double MinimumLogSigma = Math.Log(GaussianLikelihood.MinimumSigma);

    private readonly Trainable _free = parameters.Add(zeros(1));

    public override double? Sigma => Math.Exp(Value());

    /// <summary>−½((x − x̂)/σ)² − ln σ − ½ ln 2π, summed over features.</summary>
    public override Tensor LogDensity(Tensor x, Tensor output)
    {
        var logSigma = LogSigma();
        return (x - output).square().sum(1) * (-2 * logSigma).exp() / -2 - x.size(1) * (logSigma + GaussianLogDensity.HalfLogTwoPi);
    }

    public override OutputDistribution Export() => new GaussianOutput(Value());

    // Softplus keeps a gradient at the floor, which a clamp would cut off.
    private Tensor LogSigma() => nn.functional.softplus(_free.Value * ParameterScale - MinimumLogSigma) + MinimumLogSigma;

    private float Value()
    {
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        return LogSigma().item<float>();
    }
}
