using MLNet.Vae.Graphs;
using static TorchSharp.torch;

namespace MLNet.Vae.Data;

/// <summary>The rows of a fit, split into those trained on and those held out. Rows come in the user's units, laid out as <see cref="Layout"/> says.</summary>
internal abstract class TrainingRows(
    RowLayout layout, ColumnStatistics statistics, FeatureScaling scaling, Tensor heldOut, Tensor sample, Device device) : IDisposable
{
    private readonly Tensor _offset = tensor(scaling.Offset, device: device);
    private readonly Tensor _scale = tensor(scaling.Scale, device: device);

    public RowLayout Layout { get; } = layout;

    public ColumnStatistics Statistics { get; } = statistics;

    /// <summary>Of whole rows.</summary>
    public FeatureScaling Scaling { get; } = scaling;

    public Device Device { get; } = device;

    /// <summary>Rows trained on.</summary>
    public abstract long Count { get; }

    /// <summary>Rows held out, <c>[rows, width]</c>; none: <c>[0, width]</c>.</summary>
    public Tensor HeldOut { get; } = heldOut;

    /// <summary>What an epoch is judged by: the rows held out or, where there are none, the first few that are trained on.</summary>
    public Tensor Judged => HeldOut.size(0) > 0 ? HeldOut : sample;

    /// <summary>One epoch of shuffled batches, <c>[rows, width]</c>. A batch lives until the next is asked for.</summary>
    public abstract IEnumerable<Tensor> Batches(int batchSize, int epoch);

    /// <summary>(x − offset) / scale, taken apart.</summary>
    public TrainingBatch Batch(Tensor rows)
    {
        var normalised = (rows - _offset) / _scale;
        if (Layout.Width == Layout.Features)
            return new(normalised);
        var features = normalised.narrow(1, 0, Layout.Features);
        return new(
            features,
            Layout.Target == 0 ? features : normalised.narrow(1, Layout.Features, Layout.Target),
            Layout.Condition == 0 ? null : normalised.narrow(1, Layout.Features + Layout.Target, Layout.Condition));
    }

    public virtual void Dispose()
    {
        HeldOut.Dispose();
        sample.Dispose();
        _offset.Dispose();
        _scale.Dispose();
    }
}
