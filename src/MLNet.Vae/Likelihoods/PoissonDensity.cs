using MLNet.Vae.Modules;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Vae.Likelihoods;

/// <summary>Poisson(e^η), η the decoder's output within bounds.</summary>
internal sealed class PoissonDensity(int features) : OutputLikelihood(features)
{
    /// <summary>x η − e^η − ln x!, in double precision, as the terms of large counts cancel, summed over features.</summary>
    public override Tensor LogDensity(Tensor x, Tensor output) => Terms(x, output).sum(1).to(output.dtype);

    public override Tensor Terms(Tensor x, Tensor output)
    {
        var (counts, logMean) = (x.to(ScalarType.Float64), Counts.LogMean(output).to(ScalarType.Float64));
        return counts * logMean - logMean.exp() - counts.Plus(Counts.One).lgamma();
    }

    public override bool HasWrittenGradient => true;

    public override void Start(Span<float> bias, ReadOnlySpan<double> means, long rows) => Counts.Start(bias, means, rows);

    /// <summary>∂(−ln p) / ∂η = e^η − x, beyond the bounds that of the bound.</summary>
    public override double Descend(Tensor x, Tensor output)
    {
        using var scope = NewDisposeScope();
        using Scalar rows = x.size(0);
        var loss = -LogDensity(x, output).sum().item<float>();
        output.copy_(Counts.LogMean(output).exp_().sub_(x)).div_(rows);
        return loss;
    }

    public override OutputDistribution Export() => new PoissonOutput();
}
