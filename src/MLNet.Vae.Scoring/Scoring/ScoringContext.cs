using Microsoft.ML;
using Microsoft.ML.Runtime;
using MLNet.Vae.NativeLibraries;

namespace MLNet.Vae.Scoring;

/// <summary>What the views, cursors and mappers of one transformer share. Thread-safe.</summary>
/// <param name="host">Marks exceptions; its log and GPU settings count.</param>
/// <param name="model">The model.</param>
/// <param name="options">How rows are scored.</param>
/// <param name="owner">What users know it as; <see langword="null"/>: the transformer.</param>
internal sealed class ScoringContext(IHost host, VaeModel model, VaeScoringOptions options, Type? owner = null) : IDisposable
{
    // Keeps a block of very wide rows within memory that a cursor may take: 64 MiB, as 32-bit floats.
    private const int MaximumBlockFloats = 1 << 24;

    private readonly ScoringSessions _sessions = new(host, model, options, owner ?? typeof(VaeTransformer));

    public IHost Host => host;

    /// <summary>A score above it is an anomaly.</summary>
    public double Threshold { get; } = model.Info.Threshold ?? double.PositiveInfinity;

    /// <param name="columns">Says which to read.</param>
    /// <param name="source">Where they are active.</param>
    /// <param name="kept">The columns of the source whose values are kept, by index; <see langword="null"/>: none.</param>
    public RowReader Reader(BoundSchema columns, DataViewRow source, PassThroughColumn?[]? kept = null)
    {
        return new(Input(columns.Features), columns.Condition is null ? null : Input(columns.Condition));

        InputReader Input(InputColumn input)
            => new(host, input, ColumnValues.Of(source, input, kept?[input.Column.Index]), options.NonFiniteInput);
    }

    /// <exception cref="InvalidOperationException">The native ONNX Runtime library, first touched here, cannot be used.</exception>
    public BlockScorer Scorer(IEnumerable<OutputColumn> wanted, int capacity)
        => OnnxRuntimeLibrary.Translate(host, () => new BlockScorer(_sessions, model.Info, wanted, capacity));

    /// <summary>Estimates ln p(x) from <paramref name="samples"/> of each row.</summary>
    /// <exception cref="InvalidOperationException">The native ONNX Runtime library, first touched here, cannot be used.</exception>
    public ImportanceSampler ImportanceSampler(int samples, int seed)
        => OnnxRuntimeLibrary.Translate(host, () => new ImportanceSampler(_sessions, model.Info, samples, seed));

    /// <summary>Runs a graph over rows in memory.</summary>
    public GraphRun Graph(string graph) => new(host, _sessions, graph, rowFloats => BlockSize(rowFloats, null));

    /// <summary>Rows of a block, for a source of <paramref name="rowCount"/> rows where that is known.</summary>
    public int BlockSize(IEnumerable<OutputColumn> wanted, long? rowCount)
        => BlockSize(model.Info.FeatureCount + model.Info.ConditionCount + wanted.Sum(column => (long)column.Width), rowCount);

    private int BlockSize(long rowFloats, long? rowCount)
    {
        var fitting = Math.Max(1, MaximumBlockFloats / rowFloats);
        return (int)Math.Min(options.BlockSize, Math.Min(fitting, Math.Max(1, rowCount ?? long.MaxValue)));
    }

    public void Dispose() => _sessions.Dispose();
}
