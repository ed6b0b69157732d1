using MLNet.Vae.Data;
using MLNet.Vae.Modules;
using MLNet.Vae.Objectives;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Vae.Training;

/// <summary>Judges a model on some rows, without learning from them.</summary>
internal static class Evaluator
{
    // A block of wide rows is shorter: 16 MiB of values, and the maps of convolutions take several times that.
    private const long BlockRows = 4096, BlockValues = 1 << 22;

    // So is one for a wide model: a tenth of a second of one core, after which whoever cancels is heard.
    private const long BlockMultiplyAdds = 1L << 31;

    /// <summary>
    /// The same noise for the same seed, so that epochs differ by their weights alone. Rows that alone would decide what the mean is,
    /// <see cref="FarLosses"/>, are left out of it.
    /// </summary>
    /// <param name="module">The model.</param>
    /// <param name="data">Whose rows they are.</param>
    /// <param name="rows">In the user's units, <c>[rows, width]</c>.</param>
    /// <param name="corruption">
    /// Of what the encoder reads, so that a denoising model is judged by what it is trained for; <see langword="null"/>: none.
    /// </param>
    /// <param name="seed">Of the noise and of the corruption.</param>
    /// <param name="importanceSamples">K of the importance-weighted bound; 0: it is not wanted.</param>
    /// <param name="throwIfCancelled">Called before each block of rows; <see langword="null"/>: nobody cancels.</param>
    /// <param name="draws">Samples of z for each row, where the bound is not importance-weighted.</param>
    public static Evaluation Of(
        VaeModule module,
        TrainingRows data,
        Tensor rows,
        VaeCorruption? corruption,
        int seed,
        int importanceSamples = 0,
        Action? throwIfCancelled = null,
        int draws = 1
    )
    {
        var (evaluation, losses) = OfAll(module, data, rows, corruption, seed, importanceSamples, throwIfCancelled, draws);
        // Which rows are far from the others is a matter of all ranks.
        var far = FarLosses.Of(data.Group.Each<double>([.. losses]));
        if (far.Count == 0)
            return evaluation;
        var before = (int)data.Group.Each(losses.Count).Take(data.Group.Rank).Sum();
        long[] others = [.. Enumerable.Range(0, losses.Count).Where(row => !far.Contains(before + row)).Select(row => (long)row)];
        using var places = tensor(others, device: data.Device);
        using var kept = rows.index_select(0, places);
        var judged = OfAll(module, data, kept, corruption, seed, importanceSamples, throwIfCancelled, draws);
        return judged.Evaluation with { FarRows = far };
    }

    /// <summary>The rows that <see cref="Of"/> would leave out.</summary>
    public static IReadOnlyList<int> FarRows(
        VaeModule module, TrainingRows data, Tensor rows, VaeCorruption? corruption, int seed, int importanceSamples)
        => FarLosses.Of(OfAll(module, data, rows, corruption, seed, importanceSamples, ofAllRanks: false).Losses);

    /// <summary>Of all rows, and the loss of each: the negative bound, nats.</summary>
    private static (Evaluation Evaluation, IReadOnlyList<double> Losses) OfAll(
        VaeModule module,
        TrainingRows data,
        Tensor rows,
        VaeCorruption? corruption,
        int seed,
        int importanceSamples,
        Action? throwIfCancelled = null,
        int draws = 1,
        bool ofAllRanks = true
    )
    {
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        using var random = new Generator((uint)Seeds.OfRank(seed, data.Group.Rank), data.Device);
        using var corruptionRandom = new Generator((uint)Seeds.Of(seed, RandomStream.Corruption), data.Device);
        using var corruptor = corruption?.Create(data, corruptionRandom);
        var count = rows.size(0);
        var weighted = importanceSamples > 0;
        var samples = weighted ? importanceSamples : draws;
        var fitting = Math.Min(BlockValues / data.ValuesPerRow, BlockMultiplyAdds / Math.Max(1, module.MultiplyAddsPerRow));
        var blockRows = Math.Clamp(fitting / samples, 1, BlockRows);
        double reconstruction = 0, squaredElbo = 0, penalty = 0, bound = 0;
        var losses = new List<double>((int)count);
        var partNames = module.Likelihood.PartNames;
        var parts = new double[partNames.Count];
        var kl = zeros(module.Latent.Length, ScalarType.Float64);
        var mean = zeros(module.Latent.Length, ScalarType.Float64);
        var square = zeros(module.Latent.Length, ScalarType.Float64);
        var usage = zeros(module.Latent.CodebookSize, ScalarType.Float64);
        for (var start = 0L; start < count; start += blockRows)
        {
            throwIfCancelled?.Invoke();
            using var block = NewDisposeScope();
            var clean = data.Batch(rows.narrow(0, start, Math.Min(blockRows, count - start)));
            var batch = corruptor?.Corrupt(clean) ?? clean;
            var terms = module.Terms(
                batch,
                randn([samples * batch.Rows, module.Latent.NoiseLength], device: data.Device, generator: random),
                samples,
                weighted
            );
            reconstruction += Sum(terms.Reconstruction).item<double>() / terms.Samples;
            var negativeElbo = NegativeElbo(terms);
            squaredElbo += Sum(negativeElbo.Squared()).item<double>();
            var weightedBound = weighted ? TrainingObjective.ImportanceWeightedBound(terms) : null;
            bound += weightedBound is null ? 0 : Sum(weightedBound).item<double>();
            losses.AddRange((weightedBound is null ? negativeElbo : -weightedBound).to_type(ScalarType.Float64).ToDoubles());
            for (var i = 0; i < parts.Length; i++)
                parts[i] -= Sum(terms.PartLogDensities![i]).item<double>() / terms.Samples;
            penalty += (terms.Penalty?.item<float>() ?? 0) * (double)batch.Rows;
            kl.Accumulate(Sum(terms.Kl, 0));
            mean.Accumulate(Sum(terms.Mean, 0));
            square.Accumulate(Sum(terms.Mean.Squared(), 0));
            if (terms.Usage is not null)
                usage.Accumulate(terms.Usage.to_type(ScalarType.Float64).cpu());
        }
        double[] sums =
        [
            count, reconstruction, squaredElbo, penalty, bound, .. parts, .. kl.ToDoubles(), .. mean.ToDoubles(), .. square.ToDoubles(),
            .. usage.ToDoubles(),
        ];
        if (ofAllRanks)
            data.Group.Sum(sums);
        return (Judged(sums, module, weighted), losses);
    }

    /// <param name="sums">Over all rows.</param>
    /// <param name="module">What was judged.</param>
    /// <param name="weighted">Whether by the importance-weighted bound.</param>
    private static Evaluation Judged(double[] sums, VaeModule module, bool weighted)
    {
        var (count, names, length) = (sums[0], module.Likelihood.PartNames, module.Latent.Length);
        var (reconstruction, squaredElbo, penalty, bound) = (sums[1], sums[2], sums[3], sums[4]);
        var rest = sums[5..];
        var (parts, kl) = (rest[..names.Count], rest[names.Count..(names.Count + length)]);
        rest = rest[(names.Count + length)..];
        double[] klPerDimension = [.. kl.Select(nats => nats / count)];
        var (mean, square, usage) = (rest[..length], rest[length..(2 * length)], rest[(2 * length)..]);
        var variance = mean.Zip(square, (sum, squares) => (squares / count) - (sum / count * (sum / count)));
        var elbo = reconstruction / count + klPerDimension.Sum();
        return new(
            reconstruction / count,
            klPerDimension,
            penalty / count,
            weighted ? bound / count : null,
            Math.Sqrt(Math.Max(0, squaredElbo / count - elbo * elbo) / Math.Max(1, count - 1)),
            variance.Count(v => v > module.ActiveVariance),
            module.Latent.CodebookSize == 0 ? null : PerplexityOf(usage),
            names.Count == 0 ? null : [.. names.Zip(parts, (name, nats) => new VaePartLoss(name, nats / count))]);
    }

    /// <summary>exp(−Σ p ln p), p the share of each entry: how many entries used alike would be as hard to guess.</summary>
    internal static double PerplexityOf(double[] usage)
    {
        var total = usage.Sum();
        return Math.Exp(-usage.Where(count => count > 0).Sum(count => count / total * Math.Log(count / total)));
    }

    /// <summary>Of each row, <c>[rows]</c>.</summary>
    private static Tensor NegativeElbo(BoundTerms terms)
    {
        using Scalar samples = terms.Samples;
        return (terms.Reconstruction.view(terms.Samples, -1).sum(0L) / samples).Plus(terms.Kl.sum(1L));
    }

    private static Tensor Sum(Tensor values) => values.to_type(ScalarType.Float64).sum().cpu();

    private static Tensor Sum(Tensor values, long dimension) => values.to_type(ScalarType.Float64).sum(dimension).cpu();
}
