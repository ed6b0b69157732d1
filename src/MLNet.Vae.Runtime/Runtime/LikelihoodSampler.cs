using Microsoft.ML.OnnxRuntime;
using MLNet.Vae.Noise;
using MLNet.Vae.Onnx;

namespace MLNet.Vae.Runtime;

/// <summary>
/// Estimates ln p(x) of one row after the other, in runs of its samples. A run holds one row only, so that a row's value has the same bits
/// whichever rows are read beside it. Not thread-safe.
/// </summary>
internal sealed class LikelihoodSampler : IDisposable
{
    // Values that a run takes through the widest known layer, 1 MiB as 32-bit floats: long enough to make a run's overhead vanish, short
    // enough to stay in the cache.
    private const int RunValues = 1 << 18;
    private const int MinimumRun = 16, MaximumRun = 1024;

    private readonly ScoringSessions _sessions;
    private readonly ICodeProposal _proposal;
    private readonly int _samples;
    private readonly int _latents;
    private readonly AlignedBuffer _features;
    private readonly AlignedBuffer _condition;
    private readonly AlignedBuffer _drawn;
    private readonly AlignedBuffer _logWeights;
    private readonly BoundRun _full;
    private readonly BoundRun? _last;
    private readonly int _fullSamples;

    /// <param name="sessions">Run the model.</param>
    /// <param name="info">The model's sizes.</param>
    /// <param name="samples">S, of each row.</param>
    /// <param name="proposal">What codes are drawn from.</param>
    public LikelihoodSampler(ScoringSessions sessions, VaeModelInfo info, int samples, ICodeProposal proposal)
    {
        _sessions = sessions;
        _proposal = proposal;
        _samples = samples;
        _latents = info.LatentDimension;
        _fullSamples = Math.Min(samples, Math.Clamp(RunValues / Math.Max(info.FeatureCount, _latents), MinimumRun, MaximumRun));
        _features = new AlignedBuffer(1, info.FeatureCount);
        _condition = new AlignedBuffer(1, info.ConditionCount);
        _drawn = new AlignedBuffer(_fullSamples, _latents);
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
    /// <param name="row">Its id, which its codes depend on.</param>
    public (float LogLikelihood, float StandardError) Estimate(RowId row)
    {
        var weights = new LogMeanWeight();
        for (var first = 0; first < _samples; first += _fullSamples)
        {
            var samples = Math.Min(_fullSamples, _samples - first);
            _proposal.Draw(_drawn.Rows(samples), _latents, row, first, Condition);
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
        _proposal.Graph,
        [
            (TensorNames.Features, _features.Tensor(1)),
            (_proposal.Input, _drawn.Tensor(samples)),
            (TensorNames.Repeats, OrtValue.CreateTensorValueFromMemory(new long[] { samples, 1 }, [2])),
            .. conditional ? [(TensorNames.Condition, _condition.Tensor(1))] : Array.Empty<(string, OrtValue)>(),
        ],
        [(_proposal.Output, _logWeights.Tensor(samples))]);
}
