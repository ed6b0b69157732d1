using MLNet.Vae.Groups;
using MLNet.Vae.Modules;
using static TorchSharp.torch;

namespace MLNet.Vae.Data;

/// <summary>Reads a source once: rows into memory while they fit the limit, statistics throughout.</summary>
/// <param name="source">Of the rows.</param>
/// <param name="options">Of the fit.</param>
/// <param name="seed">Of the fit.</param>
/// <param name="device">Where the rows go.</param>
/// <param name="isHashed">Whether <see cref="TrainingRows.Hash"/> is wanted.</param>
internal sealed class TrainingRowsLoader(
    IFeatureSource source, VaeModelOptions options, int seed, Device device, bool isHashed = false)
{
    // Where no rows are held out, epochs are judged by some that are trained on: a tenth, as is held out by default, within bounds.
    private const int LeastSampleRows = 1024, SampleRows = 4096, SampleShare = 10;

    // Of the memory limit, what a streamed set may use for rows held out and for the shuffle pool, and any set for rows to look at; the
    // rest is left to blocks and batches.
    private const double HeldOutShare = 0.25, PoolShare = 0.5, LookedAtShare = 0.0625;

    private readonly TrainingGroup _group = TrainingGroup.Of(options.Training.Group);
    private readonly RowLayout _layout = source.Layout;
    private readonly int _width = source.Layout.Width;
    private readonly ColumnStatistics _statistics = new(source.Layout.Width, source.Layout.Mask is not null);
    private readonly RowsHash? _hash = isHashed ? new(source.Layout.Width, isOfRanks: options.Training.Group is not null) : null;
    private readonly InputStatistics? _input = InputStatistics.For(source.Layout, options);
    private readonly RowSample _lookedAt = new(
        source.Layout.Width,
        Math.Min(SampleRows, RowsIn(LookedAtShare, source.Layout, options)),
        Seeds.Of(seed, RandomStream.LookedAt)
    );
    private IHeldOutRows? _streamed;
    private (long Count, long First) _withoutValues;

    // Where there is a target, features may stand for a category: which they do is known once all rows are.
    private readonly FirstOfCategory? _firsts = source.Layout.Target > 0 ? new(source.Layout.Features) : null;

    private long RowBytes => _width * (long)sizeof(float);

    public TrainingRows Load()
    {
        // Native memory, which goes when it is told to: the collector may keep arrays that nobody needs until the set has been in memory
        // twice.
        var blocks = new Queue<Tensor>();
        try
        {
            var rows = Load(blocks);
            rows.Hash = _hash?.Of(_group);
            return rows;
        }
        finally
        {
            foreach (var block in blocks)
                block.Dispose();
            _streamed?.Dispose();
        }
    }

    private TrainingRows Load(Queue<Tensor> blocks)
    {
        _group.Agree("width of a row", FormattableString.Invariant($"{_width} values"));
        _group.Together("reading its rows", () => Read(blocks));
        // How many there are here: what follows is of the rows of all ranks.
        var own = _statistics.Rows;
        MergeWithoutValues(own);
        _statistics.Merge(_group);
        _input?.Merge(_group);
        if (_statistics.Rows < 2)
            throw source.TooFewRows(_statistics.Rows);
        if (_statistics.FirstWithoutValues is >= 0 and var slot)
            throw source.NoValues(slot, _statistics.Rows);
        if (_statistics.AllRowsEqual)
            throw source.AllRowsEqual(_statistics.Rows);
        _streamed?.Complete();
        TrainingRows rows = _streamed is null ? InMemory(blocks, own) : Streamed(_streamed);
        rows.Join(_group);
        return rows;
    }

    private void Read(Queue<Tensor> blocks)
    {
        foreach (var block in source.Read())
        {
            if (_layout.Mask is not null)
                CountWithoutValues(block, _statistics.Rows);
            _statistics.Add(block);
            _input?.Add(block);
            _hash?.Add(block);
            _lookedAt.Add(block);
            for (var i = 0; _firsts is not null && i < block.Rows; i++)
                _firsts.Take(Category(block.Values.Span.Slice(i * _width, _width)));
            if (_streamed is null && _statistics.Rows * RowBytes > options.Training.MemoryLimit)
            {
                _streamed = Streaming();
                while (blocks.TryDequeue(out var kept))
                {
                    using (kept)
                        _streamed.Add(kept.Values());
                }
            }
            if (_streamed is null)
                blocks.Enqueue(Copy(block));
            else
                _streamed.Add(block.Values.Span);
        }
    }

    private void CountWithoutValues(FeatureBlock block, long first)
    {
        for (var i = 0; i < block.Rows; i++)
        {
            if (block.Values.Span.Slice(i * _width, _layout.Features).ContainsAnyExcept(float.NaN))
                continue;
            _withoutValues = (_withoutValues.Count + 1, _withoutValues.Count == 0 ? first + i : _withoutValues.First);
        }
    }

    private void MergeWithoutValues(long own)
    {
        var (rows, counts, firsts) = (_group.Each(own), _group.Each(_withoutValues.Count), _group.Each(_withoutValues.First));
        var rank = Math.Max(0, Array.FindIndex(counts, count => count > 0));
        _withoutValues = (counts.Sum(), rows.Take(rank).Sum() + firsts[rank]);
    }

    private bool HasCategories => _firsts is not null && source.FeaturesAreOneHot;

    private ReadOnlySpan<float> Category(ReadOnlySpan<float> row) => row[.._layout.Features];

    private IHeldOutRows Streaming()
    {
        // A batch, and what is gathered for it, is one array.
        var mostRows = Array.MaxLength / _width;
        if (options.Training.BatchSize > mostRows)
        {
            OptionFaults.Throw(
                [
                    OptionFaults.Expected(
                        $"{nameof(VaeTrainingOptions)}.{nameof(VaeTrainingOptions.BatchSize)}",
                        options.Training.BatchSize,
                        FormattableString.Invariant($"at most {mostRows} for rows of {_width} values beyond MemoryLimit")
                    ),
                ]
            );
        }
        var (fraction, most) = (options.Training.ValidationFraction, RowsIn(HeldOutShare));
        return options.Training.ValidationSplit == VaeValidationSplit.Last
            ? new LastRows(_width, fraction, options.Training.ValidationGap, most)
            : new HeldOutRows(_width, fraction, seed, most, HasCategories ? _layout.Features : 0);
    }

    private StreamedRows Streamed(IHeldOutRows heldOut)
    {
        var far = Far();
        var (scaling, inputScaling) = RowScaling.Of(_statistics, _input, far, options, _layout);
        return new(
            source,
            heldOut.Split,
            RowsIn(PoolShare),
            _layout,
            _statistics,
            scaling,
            inputScaling,
            heldOut.ToTensor(device),
            LookedAt(SampleRows, heldOut.Numbers.Count),
            device
        )
        {
            HeldOutNumbers = heldOut.Numbers,
            HoldOutKnownCodes = heldOut.Split.Firsts is not null,
            FarColumns = far,
            RowsWithoutValues = _withoutValues,
        };
    }

    /// <param name="blocks">The rows.</param>
    /// <param name="count">How many: none or one only as a rank of a group.</param>
    private InMemoryRows InMemory(Queue<Tensor> blocks, long count)
    {
        var fraction = options.Training.ValidationFraction;
        var first = HasCategories ? new FirstOfCategory(_layout.Features) : null;
        var free = first is null ? count : count - _firsts!.Count;
        var heldOutCount = fraction == 0 || free == 0 || count < 2
            ? 0
            : Math.Clamp((long)Math.Round(fraction * count), 1, Math.Min(free, count - 1));
        RowSplit? last = options.Training.ValidationSplit == VaeValidationSplit.Last && count >= 2
            ? RowSplit.Last(fraction, count, count, options.Training.ValidationGap)
            : null;
        using var trainedOn = empty(count - heldOutCount - (last?.Gap ?? 0), _width);
        using var heldOut = empty(heldOutCount, _width);
        var random = new Random(seed);
        var heldOutNumbers = new List<long>();
        long seen = 0, freeSeen = 0, trained = 0, held = 0;
        while (blocks.TryDequeue(out var block))
        {
            using var _ = block;
            var values = block.Values();
            var blockRows = (int)block.size(0);
            var toTrain = Next(trainedOn, trained, blockRows);
            var toHold = Next(heldOut, held, blockRows);
            var (heldBefore, trainedBefore) = (held, trained);
            for (var i = 0; i < blockRows; i++)
            {
                var row = values.Slice(i * _width, _width);
                // Selection sampling (Knuth, TAOCP 2, 3.4.2, algorithm S): exactly as many as wanted, each row as likely.
                var isFree = first?.Take(Category(row)) is not true;
                var isHeld = last?.IsHeldOut(seen)
                    ?? (isFree && random.NextDouble() * (free - freeSeen++) < heldOutCount - held);
                if (isHeld)
                {
                    heldOutNumbers.Add(seen);
                    row.CopyTo(toHold[((int)(held++ - heldBefore) * _width)..]);
                }
                else if (last?.IsTrainedOn(seen) is not false)
                {
                    row.CopyTo(toTrain[((int)(trained++ - trainedBefore) * _width)..]);
                }
                seen++;
            }
        }
        var (far, rows) = (Far(), Moved(trainedOn));
        var (scaling, inputScaling) = RowScaling.Of(_statistics, _input, far, options, _layout);
        return new(
            _layout,
            _statistics,
            scaling,
            inputScaling,
            rows,
            Moved(heldOut),
            LookedAt((int)Math.Clamp(count / SampleShare, LeastSampleRows, SampleRows), heldOutCount),
            device,
            Seeds.OfRank(seed, _group.Rank)
        )
        {
            HeldOutNumbers = heldOutNumbers,
            HoldOutKnownCodes = HasCategories,
            FarColumns = far,
            RowsWithoutValues = _withoutValues,
        };
    }

    /// <summary>The memory of as many of the next rows as there are, up to <paramref name="count"/>.</summary>
    private static Span<float> Next(Tensor rows, long from, long count)
    {
        if (from == rows.size(0))
            return [];
        using var next = rows.narrow(0, from, Math.Min(count, rows.size(0) - from));
        return next.Values();
    }

    private Tensor Copy(FeatureBlock block)
    {
        var copy = empty(block.Rows, _width);
        block.Values.Span.CopyTo(copy.Values());
        return copy;
    }

    private Tensor Moved(Tensor rows) => rows.to(device).DetachFromDisposeScope();

    /// <summary>Rows to judge an epoch by where none are held out.</summary>
    private Tensor LookedAt(int rows, long heldOut)
    {
        if (heldOut > 0)
            return zeros(0, _width, device: device);
        var values = _lookedAt.Drawn(rows).SelectMany(row => row).ToArray();
        return tensor(values, [values.Length / _width, _width], device: device);
    }

    private IReadOnlyList<FarColumn> Far() =>
        FarColumns.Of(
            _statistics,
            _lookedAt.OfAll(_group),
            [.. Enumerable.Range(0, _width).Select(slot => options.NormalizationOf(slot, _layout))]
        );

    private int RowsIn(double share) => RowsIn(share, _layout, options);

    private static int RowsIn(double share, RowLayout layout, VaeModelOptions options) =>
        (int)Math.Clamp(options.Training.MemoryLimit * share / (layout.Width * (double)sizeof(float)), 1, Array.MaxLength / layout.Width);
}
