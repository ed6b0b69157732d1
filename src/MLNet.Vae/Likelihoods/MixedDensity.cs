using MLNet.Vae.Modules;
using static TorchSharp.torch;

namespace MLNet.Vae.Likelihoods;

/// <summary>
/// Ranges of features, one after the other, each with a likelihood of its own; so are the parameters in the decoder's output.
/// </summary>
internal sealed class MixedDensity : OutputLikelihood
{
    private readonly IReadOnlyList<VaeLikelihoodPart> _parts;
    private readonly OutputLikelihood[] _likelihoods;

    public MixedDensity(int features, IReadOnlyList<VaeLikelihoodPart> parts, ParameterVector parameters) : base(features)
    {
        _parts = parts;
        _likelihoods = [.. parts.Select(part => part.Likelihood.Create(part.Count, parameters))];
        ParameterCount = _likelihoods.Sum(likelihood => likelihood.ParameterCount);
    }

    public override int ParameterCount { get; }

    public override IReadOnlyList<string> PartNames => [.. _parts.Select(part => part.Name)];

    public override IReadOnlyList<double?> FeatureSigmas
        => [.. _likelihoods.SelectMany(likelihood => likelihood.FeatureSigmas ?? Enumerable.Repeat(likelihood.Sigma, likelihood.Features))];

    /// <summary>The sum over the parts.</summary>
    public override Tensor LogDensity(Tensor x, Tensor output) => PartLogDensities(x, output).Aggregate((sum, part) => sum.Plus(part));

    public override IReadOnlyList<Tensor> PartLogDensities(Tensor x, Tensor output)
        => [.. Parts(x, output).Select(part => part.Likelihood.LogDensity(part.X, part.Output))];

    public override Tensor Terms(Tensor x, Tensor output)
        => cat([.. Parts(x, output).Select(part => part.Likelihood.Terms(part.X, part.Output).to(output.dtype))], 1);

    public override IReadOnlyList<Tensor> ObservedPartLogDensities(Tensor x, Tensor output, Tensor isThere)
    {
        long[] starts = [.. _parts.Select(part => (long)part.Start)];
        return
        [
            .. Parts(x, output).Select((part, i) => part.Likelihood.ObservedLogDensity(
                part.X, part.Output, isThere.narrow(1, starts[i], part.Likelihood.Features))),
        ];
    }

    public override bool HasWrittenGradient => _likelihoods.All(likelihood => likelihood.HasWrittenGradient);

    public override double Descend(Tensor x, Tensor output)
    {
        using var scope = NewDisposeScope();
        return Parts(x, output).Sum(part => part.Likelihood.Descend(part.X, part.Output));
    }

    public override void Start(Span<float> bias, ReadOnlySpan<double> means, long rows)
    {
        int feature = 0, parameter = 0;
        foreach (var likelihood in _likelihoods)
        {
            likelihood.Start(bias.Slice(parameter, likelihood.ParameterCount), means.Slice(feature, likelihood.Features), rows);
            feature += likelihood.Features;
            parameter += likelihood.ParameterCount;
        }
    }

    public override OutputDistribution Export()
        => new MixedOutput([.. _likelihoods.Zip(_parts, (likelihood, part) => new OutputPart(part.Count, likelihood.Export()))]);

    private IEnumerable<(OutputLikelihood Likelihood, Tensor X, Tensor Output)> Parts(Tensor x, Tensor output)
    {
        long feature = 0, parameter = 0;
        foreach (var likelihood in _likelihoods)
        {
            yield return (likelihood, x.narrow(1, feature, likelihood.Features), output.narrow(1, parameter, likelihood.ParameterCount));
            feature += likelihood.Features;
            parameter += likelihood.ParameterCount;
        }
    }
}
