using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;
using MLNet.Vae.Graphs;
using MLNet.Vae.Noise;
using MLNet.Vae.Onnx;

namespace MLNet.Vae.Runtime;

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

    private readonly ScoringSessions _sessions;
    private readonly CounterNumbers _normals;
    private readonly int _samples;
    private readonly int _latents;
    private readonly AlignedBuffer _features;
    private readonly AlignedBuffer _condition;
    private readonly AlignedBuffer _noise;
    private readonly AlignedBuffer _logWeights;
    private readonly BoundRun _full;
    private readonly BoundRun? _last;
    private readonly int _fullSamples;

    /// <param name="sessions">Run the model.</param>
    /// <param name="info">The model's sizes.</param>
    /// <param name="samples">S, of each row.</param>
    /// <param name="seed">Of their noise.</param>
    public ImportanceSampler(ScoringSessions sessions, VaeModelInfo info, int samples, int seed)
    {
        _sessions = sessions;
        _normals = new CounterNumbers(seed);
        _samples = samples;
        _latents = info.LatentDimension;
        _fullSamples = Math.Min(samples, Math.Clamp(RunValues / Math.Max(info.FeatureCount, _latents), MinimumRun, MaximumRun));
        _features = new AlignedBuffer(1, info.FeatureCount);
        _condition = new AlignedBuffer(1, info.ConditionCount);
        _noise = new AlignedBuffer(_fullSamples, _latents);
        _logWeights = new AlignedBuffer(_fullSamples, 1);
        var conditional = info.ConditionCount > 0;
        _full = Bind(_fullSamples, conditional);
        _last = samples % _fullSamples == 0 ? null : Bind(samples % _fullSamples, conditional);
    }

    /// <summary>Where the features of a row go.</summary>
    public Span<float> Features => _features.Row(0);

    /// <summary>Where the condition of a row goes; empty where there is none.</summary>
    public Span<float> Condition => _condition.Row(0);

    /// <summary>ln p(x) of the row in <see cref="Features"/>, given its <see cref="Condition"/>, and its standard error, nats.</summary>
    /// <param name="row">Its id, which its noise depends on.</param>
    public (float LogLikelihood, float StandardError) Estimate(DataViewRowId row)
    {
        var weights = new LogMeanWeight();
        for (var first = 0; first < _samples; first += _fullSamples)
        {
            var samples = Math.Min(_fullSamples, _samples - first);
            _normals.Fill(_noise.Rows(samples), _latents, row, first);
            _sessions.Run(samples == _fullSamples ? _full : _last!);
            weights.Add(_logWeights.Rows(samples));
        }
        return ((float)weights.Value, (float)weights.StandardError);
    }

    public void Dispose()
    {
        _full.Dispose();
        _last?.Dispose();
    }

    private BoundRun Bind(int samples, bool conditional) => new(
        GraphInterface.Importance,
        [
            (TensorNames.Features, _features.Tensor(1)),
            (TensorNames.Noise, _noise.Tensor(samples)),
            (TensorNames.Repeats, OrtValue.CreateTensorValueFromMemory(new long[] { samples, 1 }, [2])),
            .. conditional ? [(TensorNames.Condition, _condition.Tensor(1))] : Array.Empty<(string, OrtValue)>(),
        ],
        [(TensorNames.LogWeight, _logWeights.Tensor(samples))]);
}
