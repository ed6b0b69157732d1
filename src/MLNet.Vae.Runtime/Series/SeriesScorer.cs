using MLNet.Vae.Columns;
using MLNet.Vae.Onnx;
using MLNet.Vae.Graphs;
using MLNet.Vae.Runtime;

namespace MLNet.Vae.Series;

/// <summary>
/// What is said of a reading from the window that it ends: each by itself, so that a window gives the same bits in a batch and alone. Not
/// thread-safe.
/// </summary>
internal sealed class SeriesScorer : IDisposable
{
    private readonly VaeSeriesInfo _info;
    private readonly RowRun _run;
    private readonly SeriesJudge _judge;
    private readonly double[] _terms;

    public SeriesScorer(ScoringContext context, VaeModelInfo info)
    {
        _info = info.Series!;
        _judge = new(_info);
        _terms = new double[_info.Channels.Count];
        _run = context.Row(
            GraphInterface.Scorer, (TensorNames.Features, info.FeatureCount), (TensorNames.Score, 1),
            (TensorNames.Contributions, info.FeatureCount), (TensorNames.Reconstruction, info.FeatureCount));
        Absent = Unknown(isMissing: false);
    }

    /// <summary>Of a reading that ends no whole window.</summary>
    public VaeSeriesReading Absent { get; }

    /// <param name="window"><c>[steps · channels]</c>, oldest reading first.</param>
    public VaeSeriesReading Judge(ReadOnlySpan<float> window)
    {
        if (FiniteValues.IndexOfFirstOther(window) >= 0)
            return Unknown(isMissing: true);
        var found = _run.Run(window, []);
        var score = (float)_judge.Judge(window, found[0][0], found[1], _terms);
        return new()
        {
            Score = score,
            PredictedLabel = !(score <= _info.Threshold),
            ChannelScores = Array.ConvertAll(_terms, term => (float)term),
            Expected = found[2][^_terms.Length..],
            WindowScore = found[0][0],
        };
    }

    public void Dispose() => _run.Dispose();

    private VaeSeriesReading Unknown(bool isMissing)
    {
        var unknown = Enumerable.Repeat(float.NaN, _terms.Length).ToArray();
        return new()
        {
            Score = float.NaN,
            PredictedLabel = isMissing,
            ChannelScores = unknown,
            Expected = unknown,
            WindowScore = float.NaN,
        };
    }
}
