using MLNet.Vae.Modules;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Vae.Likelihoods;

/// <summary>Student's t of ν degrees of freedom, location x̂ and scale s, which is learned (Lange, Little and Taylor 1989).</summary>
internal sealed class StudentTDensity(int features, DegreesOfFreedom degreesOfFreedom, ParameterVector parameters)
    : OutputLikelihood(features)
{
    private static readonly Scalar One = 1, Two = 2, MinusTwo = -2, Pi = Math.PI;

    private readonly LearnedLogSigma _logScale = new(1, parameters);

    /// <summary>
    /// ln Γ((ν + 1)/2) − ln Γ(ν/2) − ½ ln νπ − ln s − ½(ν + 1) ln(1 + ((x − x̂)/s)²/ν), summed over features.
    /// </summary>
    public override Tensor LogDensity(Tensor x, Tensor output)
    {
        var nu = degreesOfFreedom.Value(x.device);
        var halfNext = nu.Plus(One) / Two;
        var normaliser = (halfNext.lgamma() - (nu / Two).lgamma() - (nu * Pi).log() / Two).to(x.dtype);
        var logScale = _logScale.Value;
        var squares = (x - output).Squared() * (MinusTwo * logScale).exp();
        using Scalar count = x.size(1);
        return count * (normaliser - logScale) - halfNext.to(x.dtype) * (squares / nu.to(x.dtype)).log1p().sum(1);
    }

    public override Tensor Terms(Tensor x, Tensor output)
    {
        var nu = degreesOfFreedom.Value(x.device);
        var halfNext = nu.Plus(One) / Two;
        var normaliser = (halfNext.lgamma() - (nu / Two).lgamma() - (nu * Pi).log() / Two).to(x.dtype);
        var logScale = _logScale.Value;
        var squares = (x - output).Squared() * (MinusTwo * logScale).exp();
        return normaliser - logScale - halfNext.to(x.dtype) * (squares / nu.to(x.dtype)).log1p();
    }

    public override OutputDistribution Export() => new StudentTOutput(_logScale.ToArray()[0], degreesOfFreedom.ToDouble());
}
