using Microsoft.ML.Runtime;
using MLNet.Vae.Data;
using MLNet.Vae.Graphs;
using MLNet.Vae.Interop;
using MLNet.Vae.Runtime;

namespace MLNet.Vae.References;

/// <summary>
/// Gives a trained network the rows that <see cref="VaeScoreKind.NeighborDistance"/> compares with, where that is its score.
/// </summary>
internal sealed class RowReferences
{
    /// <summary>Drawn of a fit, where rows are not too wide for so many.</summary>
    public const int MostRows = NeighborScore.GroupSize * NeighborScore.MostGroups;

    // 16 MiB of a model.
    private const int MostValues = 1 << 22;

    // Of the distance to a known anomaly, where many are known, and how many of them are worth half of it. Measured: docs/numbers.md.
    private const float AnomalyWeight = 0.8f, AnomalyPrior = 0.5f;

    // Apart from the streams that a fit makes of its own seed.
    private const int Stream = 3_000;

    private readonly IHost _host;
    private readonly VaeModelOptions _options;

    private RowReferences(IHost host, VaeModelOptions options) => (_host, _options) = (host, options);

    public static RowReferences Of(IHost host, VaeModelOptions options) => new(host, options);

    /// <summary>
    /// Rows to compare with, for <see cref="Model"/>, drawn before training: whoever cancels that and wants the best model so far has no
    /// further pass over the rows to wait for, or to lose it in. Empty where the score needs none.
    /// </summary>
    /// <param name="rows">Of the fit.</param>
    /// <param name="seed">Of the fit.</param>
    public float[] Drawn(TrainingRows rows, int seed) => _options.Score == VaeScoreKind.NeighborDistance && rows.Layout.Target == 0
        ? ReferenceSample.Of(rows, Most(rows.Layout.Features), Seeds.Combine(seed, Stream))
        : [];

    /// <param name="network">Trained.</param>
    /// <param name="info">Of it.</param>
    /// <param name="drawn">Rows that trained it, in random order, <c>[rows · (features + condition)]</c>, in the user's units.</param>
    /// <param name="anomalies">Rows known to be anomalies, which did not, <c>[rows][features + condition]</c>.</param>
    public VaeModel Model(TrainedVae network, VaeModelInfo info, Func<float[]> drawn, IReadOnlyList<float[]> anomalies)
    {
        if (info.ScoreKind != VaeScoreKind.NeighborDistance || info.TargetCount > 0)
            return VaeModel.Create(network, info);
        var width = info.FeatureCount + info.ConditionCount;
        var values = drawn();
        values = values[..Math.Min(values.Length, width * Most(info.FeatureCount))];
        var count = values.Length / width;
        var bare = VaeModel.Create(network, info with
        {
            ScoreKind = VaeScoreKind.NegativeElbo,
            ReferenceRowCount = 0,
            KnownAnomalyCount = 0,
        });
        var reconstructed = ArrayScorer.Reconstructions(new MLNetHost(_host), bare, _options.Scoring, values);
        var scaling = network.OutputScaling;
        float[][] rows = [.. Enumerable.Range(0, count).Select(i => Scaled(scaling, values.AsSpan(i * width, info.FeatureCount)))];
        float[][] means = Array.ConvertAll(reconstructed, row => Scaled(scaling, row));

        var usual = ReferenceStatistics.Of(rows, means, feature => IsOwnUnit(scaling, feature));
        float[] InSpreads(float[] row) => [.. row.Select((value, j) => value / usual.Spread[j])];
        float[][] known =
        [
            .. anomalies.Take(Most(info.FeatureCount)).Select(row => InSpreads(Scaled(scaling, row.AsSpan(0, info.FeatureCount)))),
        ];
        var groups = Grouped(Array.ConvertAll(rows, InSpreads));
        var reference = new ReferenceRows(groups, usual.Spread, usual.ResidualScale, usual.ResidualLimit, Weights(known.Length))
        {
            Anomalies = known,
        };
        return VaeModel.Create(
            network with { Reference = reference }, info with { ReferenceRowCount = count, KnownAnomalyCount = known.Length });
    }

    private static int Most(int features) => NeighborScore.GroupSize * Groups(features);

    private static int Groups(int features) => Math.Clamp(MostValues / NeighborScore.GroupSize / features, 1, NeighborScore.MostGroups);

    /// <summary>Standardised features are in their deviations already, and a constant one in a unit of its own.</summary>
    private bool IsOwnUnit(FeatureScaling scaling, int feature)
    {
        var layout = new RowLayout(scaling.FeatureCount, 0, 0);
        return (scaling.IsConstant?[feature] ?? false) || _options.NormalizationOf(feature, layout) == VaeNormalization.Standardize;
    }

    private ReferenceWeights Weights(int anomalies)
    {
        var weights = _options.ReferencePurity switch
        {
            // Near one row alone says too little of a place that a known anomaly is near to.
            VaeRowPurity.Clean when anomalies == 0 => new(Groups: 0, Nearest: 1, Excess: 0.2f),
            VaeRowPurity.Contaminated => new(Groups: 1, Nearest: 0, Excess: 0.5f),
            _ => new ReferenceWeights(Groups: 1, Nearest: 0.5f, Excess: 0.5f),
        };
        return weights with { Anomalies = AnomalyWeight * anomalies / (anomalies + AnomalyPrior) };
    }

    /// <summary>Groups of rows that follow each other, over and over where they are few.</summary>
    private static float[][][] Grouped(float[][] rows)
    {
        var size = Math.Min(NeighborScore.GroupSize, rows.Length);
        var groups = rows.Length <= size ? 1 : Groups(rows[0].Length);
        var random = new Random(rows.Length);
        var order = new List<float[]>();
        while (order.Count < groups * size)
        {
            order.AddRange(rows);
            rows = [.. rows];
            random.Shuffle(rows);
        }
        return [.. order.Take(groups * size).Chunk(size)];
    }

    private static float[] Scaled(FeatureScaling scaling, ReadOnlySpan<float> row)
    {
        var scaled = new float[row.Length];
        for (var j = 0; j < row.Length; j++)
        {
            scaled[j] = scaling.Scaled(j, row[j]);
        }
        return scaled;
    }
}
