using MLNet.Vae.Columns;
using MLNet.Vae.Graphs;
using MLNet.Vae.Onnx;

namespace MLNet.Vae.Runtime;

/// <summary>
/// The buffers of one cursor or row: features <c>[rows, features]</c> and condition <c>[rows, condition]</c> in, the wanted outputs
/// <c>[rows, width]</c> out, through the shared sessions. Not thread-safe.
/// </summary>
internal sealed class BlockScorer : IDisposable
{
    private readonly ScoringSessions _sessions;
    private readonly bool _conditional;
    private readonly AlignedBuffer _features;
    private readonly AlignedBuffer _condition;
    private readonly Dictionary<string, AlignedBuffer> _outputs;
    private readonly HashSet<string> _scores;
    private readonly BoundRun _full;
    private BoundRun? _partial;
    private int _partialRows;

    /// <summary>Buffers for blocks of <paramref name="capacity"/> rows and for the columns that will be read.</summary>
    public BlockScorer(ScoringSessions sessions, VaeModelInfo info, IEnumerable<ScorerOutput> wanted, int capacity)
    {
        var columns = wanted.DistinctBy(column => column.Tensor).ToArray();
        _sessions = sessions;
        _conditional = info.ConditionCount > 0;
        Capacity = capacity;
        _features = new AlignedBuffer(capacity, info.FeatureCount);
        _condition = new AlignedBuffer(capacity, info.ConditionCount);
        _outputs = columns.ToDictionary(column => column.Tensor, column => new AlignedBuffer(capacity, column.Width));
        _scores = [.. columns.Where(column => column.Output.NeedsScore).Select(column => column.Tensor)];
        _full = Bind(capacity);
    }

    public int Capacity { get; }

    /// <summary>Where the features of a row of the block go.</summary>
    public Span<float> Features(int row) => _features.Row(row);

    /// <summary>Where the condition of a row of the block goes; empty where there is none.</summary>
    public Span<float> Condition(int row) => _condition.Row(row);

    /// <summary>The buffer that <paramref name="column"/> is read from; the same for the scorer's life.</summary>
    public AlignedBuffer Output(ScorerOutput column) => _outputs[column.Tensor];

    /// <summary>Scores the first <paramref name="rows"/> rows of the block in one run.</summary>
    public void Run(int rows) => _sessions.Run(rows == Capacity ? _full : Partial(rows));

    /// <summary>Makes outputs of a row NaN: all, or those that need the likelihood of the row.</summary>
    public void Erase(int row, bool scoresOnly)
    {
        foreach (var (tensor, values) in _outputs)
        {
            if (!scoresOnly || _scores.Contains(tensor))
            {
                values.Row(row).Fill(float.NaN);
            }
        }
    }

    public void Dispose()
    {
        _full.Dispose();
        _partial?.Dispose();
    }

    private BoundRun Partial(int rows)
    {
        if (_partialRows != rows)
        {
            _partial?.Dispose();
            _partial = Bind(rows);
            _partialRows = rows;
        }

        return _partial!;
    }

    private BoundRun Bind(int rows) => new(
        GraphInterface.Scorer,
        _conditional
            ? [(TensorNames.Features, _features.Tensor(rows)), (TensorNames.Condition, _condition.Tensor(rows))]
            : [(TensorNames.Features, _features.Tensor(rows))],
        [.. _outputs.Select(output => (output.Key, output.Value.Tensor(rows)))]);
}
