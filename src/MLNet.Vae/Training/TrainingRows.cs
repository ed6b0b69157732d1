using MLNet.Vae.Data;
using MLNet.Vae.Networks;
using static TorchSharp.torch;

namespace MLNet.Vae.Training;

/// <summary>The rows of a fit, split into those trained on and those held out. Rows come in the user's units.</summary>
internal abstract class TrainingRows(ColumnStatistics statistics, FeatureScaling scaling, Tensor heldOut, Tensor sample, Device device) : IDisposable
{
    private readonly Tensor _offset = tensor(scaling.Offset, device: device);
    private readonly Tensor _scale = tensor(scaling.Scale, device: device);

    public ColumnStatistics Statistics { get; } = statistics;

    public FeatureScaling Scaling { get; } = scaling;

    public int FeatureCount => Scaling.FeatureCount;

    public Device Device { get; } = device;

    /// <summary>Rows trained on.</summary>
    public abstract long Count { get; }

    /// <summary>Rows held out, <c>[rows, features]</c>; none: <c>[0, features]</c>.</summary>
    public Tensor HeldOut { get; } = heldOut;

    /// <summary>What an epoch is judged by: the rows held out or, where there are none, the first few that are trained on.</summary>
    public Tensor Judged => HeldOut.size(0) > 0 ? HeldOut : sample;

    /// <summary>One epoch of shuffled batches, <c>[rows, features]</c>. A batch lives until the next is asked for.</summary>
    public abstract IEnumerable<Tensor> Batches(int batchSize, int epoch);

    /// <summary>(x − offset) / scale.</summary>
    public Tensor Normalise(Tensor rows) => (rows - _offset) / _scale;

    public virtual void Dispose()
    {
        HeldOut.Dispose();
        sample.Dispose();
        _offset.Dispose();
        _scale.Dispose();
    }
}
