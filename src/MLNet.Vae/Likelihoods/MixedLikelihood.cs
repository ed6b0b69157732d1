using System.Collections.Immutable;
using MLNet.Vae.Data;
using MLNet.Vae.Likelihoods;
using MLNet.Vae.Modules;

namespace MLNet.Vae;

/// <summary>A likelihood for each range of slots; see <see cref="VaeLikelihood.Mixed"/>.</summary>
public sealed record MixedLikelihood : VaeLikelihood
{
    internal MixedLikelihood(IEnumerable<(string Name, int Count, VaeLikelihood Likelihood)> parts)
    {
        var start = 0;
        var builder = ImmutableArray.CreateBuilder<VaeLikelihoodPart>();
        foreach (var (name, count, likelihood) in parts)
        {
            builder.Add(new(name, start, count, likelihood));
            start += count;
        }
        Parts = builder.ToImmutable();
    }

    /// <summary>One after the other, without a gap.</summary>
    public ImmutableArray<VaeLikelihoodPart> Parts { get; }

    /// <inheritdoc/>
    public bool Equals(MixedLikelihood? other) => other is not null && Parts.SequenceEqual(other.Parts);

    /// <inheritdoc/>
    public override int GetHashCode() => Parts.Aggregate(0, HashCode.Combine);

    internal override string Describe()
        => "mixed: " + string.Join(", ", Parts.Select(part => $"{part.Name} {part.Count} {part.Likelihood.Describe()}"));

    internal override OutputLikelihood Create(int features, ParameterVector parameters) => new MixedDensity(features, Parts, parameters);

    internal override bool HasDistance => Parts.All(part => part.Likelihood is { HasDistance: true });

    internal override bool HasCategories => Parts.Any(part => part.Likelihood is { HasCategories: true });

    internal override int? ParametersPerFeature => Parts.All(part => part.Likelihood is null or { ParametersPerFeature: 1 }) ? 1 : null;

    internal override VaeNormalization AutomaticNormalization => VaeNormalization.Standardize;

    internal override VaeLikelihood OfSlot(int slot) => Parts.First(part => slot < part.Start + part.Count).Likelihood;

    internal override IEnumerable<SlotCheck> Checks(int start, int count, string? part, VaeNormalization normalization)
        => Parts.SelectMany(p => p.Likelihood.Checks(p.Start, p.Count, p.Name, normalization));

    internal override IEnumerable<string> Faults(VaeNormalization normalization)
    {
        if (Parts.IsEmpty)
            yield return $"the mixed likelihood has no parts; give at least one, or choose {nameof(VaeLikelihood)}.{nameof(Gaussian)}";
        foreach (var (name, count) in Parts.Where(part => !string.IsNullOrWhiteSpace(part.Name)).CountBy(part => part.Name))
        {
            if (count > 1)
                yield return $"{count} parts of the likelihood are named '{name}'; each needs a name of its own";
        }
        for (var i = 0; i < Parts.Length; i++)
        {
            var name = string.IsNullOrWhiteSpace(Parts[i].Name) ? $"part {i} of the likelihood" : $"part '{Parts[i].Name}'";
            foreach (var fault in Faults(Parts[i], normalization))
                yield return $"{name}: {fault}";
        }
    }

    private static IEnumerable<string> Faults(VaeLikelihoodPart part, VaeNormalization normalization)
    {
        if (string.IsNullOrWhiteSpace(part.Name))
            yield return $"{nameof(part.Name)} must not be blank";
        if (part.Count < 1)
            yield return OptionFaults.Expected(nameof(part.Count), part.Count, "at least 1");
        if (part.Likelihood is null)
        {
            yield return $"{nameof(part.Likelihood)} must not be null";
        }
        else if (part.Likelihood is MixedLikelihood)
        {
            yield return $"{nameof(part.Likelihood)} must not itself be mixed; give its parts here";
        }
        else if (part.Likelihood.SequenceLength is not null)
        {
            yield return $"{nameof(part.Likelihood)} must not be a sequence, which is a whole row";
        }
        else
        {
            foreach (var fault in part.Likelihood.Faults(normalization))
                yield return fault;
        }
    }
}
