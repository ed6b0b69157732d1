using MLNet.Vae.Graphs;
using MLNet.Vae.Groups;
using static TorchSharp.torch;

namespace MLNet.Vae.Data;

/// <summary>
/// The rows of a fit, split into those trained on and those held out. Rows come in the user's units, laid out as <see cref="Layout"/> says.
/// </summary>
internal abstract class TrainingRows(
    RowLayout layout,
    ColumnStatistics statistics,
    FeatureScaling scaling,
    InputScaling? inputScaling,
    Tensor heldOut,
    Tensor sample,
    Device device
) : IDisposable
{
    private readonly Scaler _scaler = new(scaling, device);
    private readonly InputReading? _input = inputScaling is null ? null : new(inputScaling, device);
    private readonly TargetBounds? _bounds;
    private long[] _counts = [];
    private long _heldOut;
    private readonly InputMask? _mask = layout.Mask is null ? null : new(layout.Mask, device);

    public RowLayout Layout { get; } = layout;

    public ColumnStatistics Statistics { get; } = statistics;

    /// <summary>Of whole rows: of what is reconstructed as the likelihood sees it.</summary>
    public FeatureScaling Scaling { get; } = scaling;

    /// <summary>How the encoder reads the features; <see langword="null"/>: as <see cref="Scaling"/> says.</summary>
    public InputScaling? InputScaling { get; } = inputScaling;

    public Device Device { get; } = device;

    /// <summary>
    /// XxHash128 of the values of all rows, in hexadecimal: the same for the same rows in the same order. <see langword="null"/>: nobody
    /// needs to tell them from others.
    /// </summary>
    public string? Hash { get; set; }

    /// <summary>Rows trained on.</summary>
    public abstract long Count { get; }

    /// <summary>Those of the other ranks, where the fit is one rank of a group.</summary>
    public TrainingGroup Group { get; private set; } = TrainingGroup.Alone;

    /// <summary>Rows trained on, of all ranks.</summary>
    public long CountOfAll => Group.IsAlone ? Count : _counts.Sum();

    /// <summary>Rows held out, of all ranks.</summary>
    public long HeldOutOfAll => Group.IsAlone ? HeldOut.size(0) : _heldOut;

    /// <summary>Of the rank with the most rows: a rank with fewer has no rows left in the last steps of an epoch.</summary>
    public long LargestCount => Group.IsAlone ? Count : _counts.Max();

    /// <summary>Rows held out, <c>[rows, width]</c>; none: <c>[0, width]</c>.</summary>
    public Tensor HeldOut { get; } = heldOut;

    /// <summary>The numbers of the rows held out, counted from 0, in the order of <see cref="HeldOut"/>.</summary>
    public IReadOnlyList<long> HeldOutNumbers { get; init; } = [];

    /// <summary>The rows trained on, <c>[rows, width]</c>; <see langword="null"/>: they are not in memory.</summary>
    public virtual Tensor? RowsInMemory => null;

    /// <summary>Columns of which few rows have the spread.</summary>
    public IReadOnlyList<FarColumn> FarColumns
    {
        get;
        init
        {
            field = value;
            _bounds = TargetBounds.Of(value, Layout, Device);
        }
    } = [];

    /// <summary>Rows all of whose features are missing, and the first of them, counted from 0.</summary>
    public (long Count, long First) RowsWithoutValues { get; init; }

    /// <summary>How the encoder's mask is laid over a batch; <see langword="null"/>: no value may be missing.</summary>
    public InputMask? Mask => _mask;

    /// <summary>What an epoch is judged by: the rows held out or, where there are none, some drawn from those trained on.</summary>
    public Tensor Judged => HeldOutOfAll > 0 ? HeldOut : sample;

    /// <summary>One epoch of shuffled batches, <c>[rows, width]</c>. A batch lives until the next is asked for.</summary>
    public abstract IEnumerable<Tensor> Batches(int batchSize, int epoch);

    /// <summary>
    /// The same, as many on every rank of a group, with <see langword="null"/> where this one has no rows left; says whether it is the
    /// last.
    /// </summary>
    public IEnumerable<(Tensor? Rows, bool IsLast)> Steps(int batchSize, int epoch)
    {
        var (steps, step) = ((LargestCount + batchSize - 1) / batchSize, 0L);
        foreach (var batch in Batches(batchSize, epoch))
            yield return (batch, ++step == steps);
        while (step < steps)
            yield return (null, ++step == steps);
    }

    /// <summary>Counts the rows of all ranks. Every rank calls it.</summary>
    /// <param name="group">The ranks.</param>
    public void Join(TrainingGroup group)
    {
        Group = group;
        (_counts, _heldOut) = (group.Each(Count), group.Each(HeldOut.size(0)).Sum());
    }

    /// <summary>Values that a row takes where a model is judged: what is read of it, or more where the decoder gives more.</summary>
    public virtual long ValuesPerRow => Layout.Width * (long)(Layout.Tokens + 1);

    /// <summary>Of the KL of its code, what a row bears: less than 1 where the code stands for several rows.</summary>
    public virtual double KlShare => 1;

    /// <summary>
    /// Whether the features of a row held out are a category that rows trained on have: its code is known, so that the row is judged by
    /// ln p(y | z) alone and not by what the code took to learn.
    /// </summary>
    public bool HoldOutKnownCodes { get; init; }

    /// <summary>(x − offset) / scale within the limit, taken apart.</summary>
    public virtual TrainingBatch Batch(Tensor rows)
    {
        var normalised = _scaler.Of(rows);
        var features = Layout.Width == Layout.Features ? normalised : normalised.narrow(1, 0, Layout.Features);
        var target = Layout.Target == 0 ? features : normalised.narrow(1, Layout.Features, Layout.Target);
        var batch = new TrainingBatch(
            _input?.Of(rows.narrow(1, 0, Layout.Features)) ?? features,
            _bounds?.Of(target) ?? target,
            Layout.Condition == 0 ? null : normalised.narrow(1, Layout.Features + Layout.Target, Layout.Condition));
        return _mask?.Of(batch, rows.narrow(1, 0, Layout.Features)) ?? batch;
    }

    /// <summary>The number, counted from 0, of one of the rows of <see cref="RowsInMemory"/>, which have kept their order.</summary>
    public long TrainedOnNumber(long index) =>
        HeldOutNumbers.Aggregate(index, (number, heldOut) => heldOut <= number ? number + 1 : number);

    /// <summary>What the encoder reads of features in the user's units, <c>[features]</c>.</summary>
    public float[] Input(ReadOnlySpan<float> features)
    {
        var scaling = InputScaling?.Scaling ?? Scaling;
        var input = new float[Layout.Features];
        for (var j = 0; j < input.Length; j++)
        {
            var value = Data.InputScaling.Transformed(features[j], InputScaling?.Log1p[j] ?? false);
            input[j] = scaling.Scaled(j, value);
        }
        return input;
    }

    public virtual void Dispose()
    {
        HeldOut.Dispose();
        sample.Dispose();
        _scaler.Dispose();
        _input?.Dispose();
        _bounds?.Dispose();
        _mask?.Dispose();
    }
}
