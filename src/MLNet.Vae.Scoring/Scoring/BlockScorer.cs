using Microsoft.ML.OnnxRuntime;
using MLNet.Vae.Onnx;

namespace MLNet.Vae.Scoring;

/// <summary>
/// The buffers of one cursor or row: features <c>[rows, features]</c> and condition <c>[rows, condition]</c> in, the wanted outputs
/// <c>[rows, width]</c> out, through the shared sessions. Not thread-safe.
/// </summary>
internal sealed class BlockScorer : IDisposable
{
    private static readonly string[] InputNames = [TensorNames.Features];
    private static readonly string[] ConditionalInputNames = [TensorNames.Features, TensorNames.Condition];

    private readonly ScoringSessions _sessions;
    private readonly string _graph;
    private readonly int _featureCount;
    private readonly int _conditionCount;
    private readonly AlignedBuffer _features;
    private readonly AlignedBuffer _condition;
    private readonly string[] _inputNames;
    private readonly Dictionary<string, (AlignedBuffer Values, int Width)> _outputs;
    private readonly string[] _outputNames;
    private readonly RunOptions _runOptions = new();
    private readonly Tensors _full;
    private Tensors? _partial;

    /// <summary>Buffers for blocks of <paramref name="capacity"/> rows and for the columns that will be read.</summary>
    public BlockScorer(ScoringSessions sessions, VaeModelInfo info, IEnumerable<OutputColumn> wanted, int capacity)
    {
        var columns = wanted.DistinctBy(column => column.Tensor).ToArray();
        _sessions = sessions;
        _graph = columns.All(column => column.NeedsEncoderOnly) ? GraphInterface.Encoder : GraphInterface.Scorer;
        _featureCount = info.FeatureCount;
        _conditionCount = info.ConditionCount;
        _inputNames = _conditionCount == 0 ? InputNames : ConditionalInputNames;
        Capacity = capacity;
        _features = Allocate(capacity, _featureCount);
        _condition = Allocate(capacity, _conditionCount);
        _outputs = columns.ToDictionary(column => column.Tensor, column => (Allocate(capacity, column.Width), column.Width));
        _outputNames = [.. _outputs.Keys];
        _full = new Tensors(this, capacity);
    }

    public int Capacity { get; }

    /// <summary>Where the features of a row of the block go.</summary>
    public Span<float> Features(int row) => _features.Row(row, _featureCount);

    /// <summary>Where the condition of a row of the block goes; empty where there is none.</summary>
    public Span<float> Condition(int row) => _condition.Row(row, _conditionCount);

    /// <summary>The buffer that <paramref name="column"/> is read from, <c>[rows, width]</c>; the same for the scorer's life.</summary>
    public AlignedBuffer Output(OutputColumn column) => _outputs[column.Tensor].Values;

    /// <summary>Scores the first <paramref name="rows"/> rows of the block in one run.</summary>
    public void Run(int rows)
    {
        var tensors = rows == Capacity ? _full : Partial(rows);
        _sessions.Run(_graph, _runOptions, _inputNames, tensors.Inputs, _outputNames, tensors.Outputs);
    }

    /// <summary>Makes every output of a row NaN.</summary>
    public void Erase(int row)
    {
        foreach (var (values, width) in _outputs.Values)
        {
            values.Row(row, width).Fill(float.NaN);
        }
    }

    public void Dispose()
    {
        _full.Dispose();
        _partial?.Dispose();
        _runOptions.Dispose();
    }

    private Tensors Partial(int rows)
    {
        if (_partial?.Rows != rows)
        {
            _partial?.Dispose();
            _partial = new Tensors(this, rows);
        }

        return _partial;
    }

    private static AlignedBuffer Allocate(int rows, int width) => new(checked(rows * width));

    /// <summary>Tensors over the first rows of the buffers.</summary>
    private sealed class Tensors(BlockScorer owner, int rows) : IDisposable
    {
        public int Rows => rows;

        public OrtValue[] Inputs { get; } = owner._conditionCount == 0
            ? [Over(owner._features, rows, owner._featureCount)]
            : [Over(owner._features, rows, owner._featureCount), Over(owner._condition, rows, owner._conditionCount)];

        public OrtValue[] Outputs { get; } = [.. owner._outputs.Values.Select(output => Over(output.Values, rows, output.Width))];

        public void Dispose()
        {
            foreach (var value in Inputs.Concat(Outputs))
            {
                value.Dispose();
            }
        }

        private static OrtValue Over(AlignedBuffer buffer, int rows, int width)
            => OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, buffer.First(rows * width), [rows, width]);
    }
}
