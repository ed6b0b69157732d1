using MLNet.Vae.Modules;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Vae.Likelihoods;

/// <summary>Poisson(e^η), η the decoder's output within bounds.</summary>
internal sealed class PoissonDensity(int features) : OutputLikelihood(features)
{
    /// <summary>x η − e^η − ln x!, in double precision, as the terms of large counts cancel, summed over features.</summary>
    public override Tensor LogDensity(Tensor x, Tensor output)
    {
        var (counts, logMean) = (x.to(ScalarType.Float64), Counts.LogMean(output).to(ScalarType.Float64));
        return (counts * logMean - logMean.exp() - counts.Plus(Counts.One).lgamma()).sum(1).to(output.dtype);
    }

    public override bool HasWrittenGradient => true;

    /// <summary>∂(−ln p) / ∂η = e^η − x within the bounds, 0 beyond.</summary>
    public override double Descend(Tensor x, Tensor output)
    {
        using var scope = NewDisposeScope();
        using Scalar rows = x.size(0);
        var loss = -LogDensity(x, output).sum().item<float>();
        var logMean = Counts.LogMean(output);
        var isWithin = output.eq(logMean);
        output.copy_(logMean.exp_().sub_(x)).mul_(isWithin).div_(rows);
        return loss;
    }

    public override OutputDistribution Export() => new PoissonOutput();
}
