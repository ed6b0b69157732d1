using MLNet.Vae.Modules;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Vae.Likelihoods;

/// <summary>
/// Negative binomial of mean μ = e^η, η the decoder's output within bounds, and variance μ + μ²/r, ln r = 10·tanh(θ/2) learned (for
/// autoencoders Lopez et al. 2018, scVI).
/// </summary>
/// <param name="features">Values of a row that the decoder is to give.</param>
/// <param name="dispersions">Number of r: 1, or one for each feature.</param>
/// <param name="parameters">Takes θ.</param>
internal sealed class NegativeBinomialDensity(int features, int dispersions, ParameterVector parameters) : OutputLikelihood(features)
{
    // ln r within ±10: from far more zeros than any count would have to Poisson's variance. tanh is never flat, as a clamp is.
    private static readonly Scalar Bound = 10, Half = 0.5;

    private readonly Trainable _free = parameters.Add(zeros(dispersions));

    /// <summary>
    /// ln Γ(x + r) − ln Γ(r) − ln x! + r ln(r/(r + μ)) + x ln(μ/(r + μ)), in double precision, as the terms of large counts cancel,
    /// summed over features.
    /// </summary>
    public override Tensor LogDensity(Tensor x, Tensor output) => Terms(x, output).sum(1).to(output.dtype);

    public override Tensor Terms(Tensor x, Tensor output)
    {
        var (counts, logMean) = (x.to(ScalarType.Float64), Counts.LogMean(output).to(ScalarType.Float64));
        var logDispersion = LogDispersion;
        var dispersion = logDispersion.exp();
        var logSum = logMean.logaddexp(logDispersion);
        var coefficient = counts.Plus(dispersion).lgamma() - dispersion.lgamma() - counts.Plus(Counts.One).lgamma();
        var powers = (dispersion * (logDispersion - logSum)).Plus(counts * (logMean - logSum));
        return coefficient.Plus(powers);
    }

    public override void Start(Span<float> bias, ReadOnlySpan<double> means, long rows) => Counts.Start(bias, means, rows);

    public override OutputDistribution Export()
    {
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        return new NegativeBinomialOutput(LogDispersion.ToDoubles());
    }

    /// <summary>Of double precision, <c>[dispersions]</c>.</summary>
    private Tensor LogDispersion => Bound * (Half * _free.Value.to(ScalarType.Float64)).tanh();
}
