using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;
using MLNet.Vae.Onnx;

namespace MLNet.Vae.Scoring;

/// <summary>
/// Estimates ln p(x) of one row after the other, in runs of its samples. A run holds one row only, so that a row's value has the same bits
/// whichever rows are read beside it. Not thread-safe.
/// </summary>
internal sealed class ImportanceSampler : IDisposable
{
    // Values that a run takes through the widest known layer, 1 MiB as 32-bit floats: long enough to make a run's overhead vanish, short
    // enough to stay in the cache.
    private const int RunValues = 1 << 18;
    private const int MinimumRun = 16, MaximumRun = 1024;

    private static readonly string[] InputNames = [TensorNames.Features, TensorNames.Noise, TensorNames.Repeats];
    private static readonly string[] ConditionalInputNames = [.. InputNames, TensorNames.Condition];
    private static readonly string[] OutputNames = [TensorNames.LogWeight];

    private readonly ScoringSessions _sessions;
    private readonly CounterNormals _normals;
    private readonly int _samples;
    private readonly int _latents;
    private readonly string[] _inputNames;
    private readonly AlignedBuffer _features;
    private readonly AlignedBuffer _condition;
    private readonly AlignedBuffer _noise;
    private readonly AlignedBuffer _logWeights;
    private readonly RunOptions _runOptions = new();
    private readonly Tensors _full;
    private readonly Tensors? _last;

    /// <param name="sessions">Run the model.</param>
    /// <param name="info">The model's sizes.</param>
    /// <param name="samples">S, of each row.</param>
    /// <param name="seed">Of their noise.</param>
    public ImportanceSampler(ScoringSessions sessions, VaeModelInfo info, int samples, int seed)
    {
        _sessions = sessions;
        _normals = new CounterNormals(seed);
        _samples = samples;
        _latents = info.LatentDimension;
        var run = Math.Min(samples, Math.Clamp(RunValues / Math.Max(info.FeatureCount, _latents), MinimumRun, MaximumRun));
        _inputNames = info.ConditionCount == 0 ? InputNames : ConditionalInputNames;
        _features = new AlignedBuffer(info.FeatureCount);
        _condition = new AlignedBuffer(info.ConditionCount);
        _noise = new AlignedBuffer(run * _latents);
        _logWeights = new AlignedBuffer(run);
        (FeatureCount, ConditionCount) = (info.FeatureCount, info.ConditionCount);
        _full = new Tensors(this, run);
        _last = samples % run == 0 ? null : new Tensors(this, samples % run);
    }

    private int FeatureCount { get; }

    private int ConditionCount { get; }

    /// <summary>Where the features of a row go.</summary>
    public Span<float> Features => _features.AsSpan(0, FeatureCount);

    /// <summary>Where the condition of a row goes; empty where there is none.</summary>
    public Span<float> Condition => _condition.AsSpan(0, ConditionCount);

    /// <summary>ln p(x) of the row in <see cref="Features"/>, given its <see cref="Condition"/>, and its standard error, nats.</summary>
    /// <param name="row">Its id, which its noise depends on.</param>
    public (float LogLikelihood, float StandardError) Estimate(DataViewRowId row)
    {
        var weights = new LogMeanWeight();
        for (var first = 0; first < _samples; first += _full.Samples)
        {
            var tensors = first + _full.Samples <= _samples ? _full : _last!;
            _normals.Fill(_noise.AsSpan(0, tensors.Samples * _latents), _latents, row, first);
            _sessions.Run(GraphInterface.Importance, _runOptions, _inputNames, tensors.Inputs, OutputNames, tensors.Outputs);
            weights.Add(_logWeights.AsSpan(0, tensors.Samples));
        }
        return ((float)weights.Value, (float)weights.StandardError);
    }

    public void Dispose()
    {
        _full.Dispose();
        _last?.Dispose();
        _runOptions.Dispose();
    }

    /// <summary>Tensors over the first samples of the buffers.</summary>
    private sealed class Tensors(ImportanceSampler owner, int samples) : IDisposable
    {
        public int Samples => samples;

        public OrtValue[] Inputs { get; } =
        [
            Over(owner._features, 1, owner.FeatureCount),
            Over(owner._noise, samples, owner._latents),
            OrtValue.CreateTensorValueFromMemory(new long[] { samples, 1 }, [2]),
            .. owner.ConditionCount == 0 ? Array.Empty<OrtValue>() : [Over(owner._condition, 1, owner.ConditionCount)],
        ];

        public OrtValue[] Outputs { get; } = [Over(owner._logWeights, samples, 1)];

        public void Dispose()
        {
            foreach (var value in Inputs.Concat(Outputs))
                value.Dispose();
        }

        private static OrtValue Over(AlignedBuffer buffer, int rows, int width)
            => OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, buffer.First(rows * width), [rows, width]);
    }
}
