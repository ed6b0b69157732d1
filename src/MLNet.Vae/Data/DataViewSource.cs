using Microsoft.ML;
using MLNet.Vae.Columns;
using MLNet.Vae.Likelihoods;
using MLNet.Vae.Missing;
using MLNet.Vae.Modules;

namespace MLNet.Vae.Data;

/// <summary>
/// Reads the columns that a model is trained on in blocks; the only place where training meets an <see cref="IDataView"/>.
/// </summary>
internal sealed class DataViewSource : IFeatureSource
{
    // 1 MiB of floats: long enough to make a block's overhead vanish, short enough to stay in the cache.
    private const int BlockValues = 1 << 18;

    // Which of too many anomalies are kept is the same in every pass.
    private const int AnomalySeed = 1;

    private readonly IDataView _view;
    private readonly TrainingInputs _inputs;
    private readonly IReadOnlyList<SlotCheck> _checks;
    private readonly Action _throwIfCancelled;
    private readonly double _labelledShare;
    private float[] _filled = [];

    /// <param name="view">The rows.</param>
    /// <param name="inputs">The columns to read.</param>
    /// <param name="checks">What the likelihood asks of what is reconstructed.</param>
    /// <param name="throwIfCancelled">Called with every row; throws where the pass is to stop.</param>
    /// <param name="labelledShare">That rows with a label are to have of all, by coming several times; 0: once.</param>
    public DataViewSource(IDataView view, TrainingInputs inputs, IReadOnlyList<SlotCheck> checks, Action throwIfCancelled,
        double labelledShare = 0)
    {
        (_view, _inputs, _checks, _throwIfCancelled, _labelledShare) = (view, inputs, checks, throwIfCancelled, labelledShare);
        Layout = inputs.Layout;
        FeaturesAreOneHot = true;
    }

    /// <summary>Most rows that <see cref="KnownAnomalies"/> has, drawn at random where there are more.</summary>
    public const int MostKnownAnomalies = 1_024;

    public RowLayout Layout { get; }

    /// <summary>Rows that are known to be anomalies and are left out of what <see cref="Read"/> gives; of its last whole pass.</summary>
    public IReadOnlyList<float[]> KnownAnomalies { get; private set; } = [];

    /// <summary>What the likelihood can have of what is reconstructed; <see langword="null"/>: everything.</summary>
    public IReadOnlyList<FeatureSupport>? Supports => _checks.Count == 0
        ? null
        : [.. _checks.Select(check => check.Support).OfType<FeatureSupport>()];

    /// <summary>Whether each row read so far has a single 1 among its features and else 0; known only where there is a target.</summary>
    public bool FeaturesAreOneHot { get; private set; }

    /// <summary>Whether a row of its last whole pass has a label.</summary>
    public bool HasLabels { get; private set; }

    public IEnumerable<FeatureBlock> Read()
    {
        var capacity = Math.Max(1, BlockValues / Layout.Width);
        var block = new float[capacity * Layout.Width];
        InputColumn[] active = _inputs.KnownAnomaly is { } flag ? [.. _inputs.All, flag] : [.. _inputs.All];
        using var cursor = _view.GetRowCursor(active.Select(input => input.Column));
        var isAnomaly = KnownAnomaly(cursor);
        var anomalies = new RowSample(Layout.Width, MostKnownAnomalies, AnomalySeed);
        var readers = _inputs.All.Select(input => (Input: input, Values: ColumnValues.Of(cursor, input))).ToArray();
        var (rows, labelled, total) = (0, new List<float[]>(), 0L);
        while (cursor.MoveNext())
        {
            // With every row: one may take the source as long as another's whole block.
            _throwIfCancelled();
            var start = rows * Layout.Width;
            foreach (var (input, values) in readers)
            {
                var destination = block.AsSpan(start, input.Width);
                if (values.Read(destination) is var found && found != input.Width)
                {
                    throw input.Tokens > 0
                        ? DataErrors.TooLong(input, cursor.Position, found)
                        : DataErrors.WrongWidth(input.Name, cursor.Position, input.Width, found);
                }
                if (input.Role == InputRole.Label && float.IsNaN(destination[0]))
                    destination.Clear();
                Check(input, destination, cursor.Position);
                start += input.Width;
            }
            if (isAnomaly())
            {
                anomalies.Add(new FeatureBlock(block.AsMemory(rows * Layout.Width, Layout.Width), 1));
                continue;
            }
            total++;
            if (_inputs.Label is { Width: var classes } && block.AsSpan(rows * Layout.Width, Layout.Width)[^classes..].Contains(1f))
                labelled.Add(block.AsSpan(rows * Layout.Width, Layout.Width).ToArray());
            if (++rows == capacity)
            {
                yield return new(block, rows);
                rows = 0;
            }
        }
        HasLabels = labelled.Count > 0;
        foreach (var row in Again(labelled, total))
        {
            row.CopyTo(block, rows * Layout.Width);
            if (++rows == capacity)
            {
                yield return new(block, rows);
                rows = 0;
            }
        }
        KnownAnomalies = [.. anomalies.Rows.Select(row => row.Values)];
        if (rows > 0)
            yield return new(block.AsMemory(0, rows * Layout.Width), rows);
    }

    /// <summary>Whether the current row is known to be an anomaly; a missing value says no.</summary>
    private Func<bool> KnownAnomaly(DataViewRowCursor cursor)
    {
        if (_inputs.KnownAnomaly is not { } known)
            return () => false;
        var values = ColumnValues.Of(cursor, known);
        var value = new float[1];
        return () =>
        {
            values.Read(value);
            return value[0] is 0 or 1 or float.NaN ? value[0] == 1 : throw DataErrors.NotAFlag(known, cursor.Position, value[0]);
        };
    }

    /// <summary>
    /// One pass over rows whose features are a key, in the order in which they come: of a target that is a key the pair of the two, of one
    /// that is a vector a pair for each of its counts.
    /// </summary>
    public IEnumerable<Link> ReadLinks()
    {
        var (features, target) = (_inputs.Features, _inputs.Target!);
        using var cursor = _view.GetRowCursor([features.Column, target.Column]);
        var category = KeyIndex.Of(cursor, features);
        var link = target.Kind == VaeInputKind.Key ? KeyIndex.Of(cursor, target) : null;
        var counts = link is null ? ColumnValues.Of(cursor, target) : null;
        var vector = new float[counts is null ? 0 : target.Width];
        while (cursor.MoveNext())
        {
            _throwIfCancelled();
            var (row, from) = (checked((int)cursor.Position), Present(features, category()));
            if (link is not null)
            {
                yield return new(from, Present(target, link()), row);
                continue;
            }
            if (counts!.Read(vector) is var found && found != target.Width)
                throw DataErrors.WrongWidth(target.Name, row, target.Width, found);
            for (var slot = 0; slot < vector.Length; slot++)
            {
                var count = vector[slot];
                if (!float.IsFinite(count))
                    throw DataErrors.NotFinite(target, slot, row, count);
                if (count < 0 || count != MathF.Floor(count))
                    throw DataErrors.NotALink(target, slot, row, count);
                for (var i = 0; i < count; i++)
                    yield return new(from, slot, row);
            }
        }

        int Present(InputColumn input, int index)
            => index == KeyIndex.Missing ? throw DataErrors.NotFinite(input, 0, cursor.Position, float.NaN) : index;
    }

    /// <summary>The labelled rows as often again as makes them the share of all that is asked for.</summary>
    private IEnumerable<float[]> Again(List<float[]> labelled, long total)
    {
        var wanted = _labelledShare * (total - labelled.Count) / (1 - _labelledShare);
        var times = labelled.Count == 0 ? 0 : (int)Math.Max(0, Math.Ceiling(wanted / labelled.Count) - 1);
        return Enumerable.Repeat(labelled, times).SelectMany(rows => rows);
    }

    public Exception TooFewRows(long found) => DataErrors.TooFewRows(_inputs.Features.Name, found);

    public Exception AllRowsEqual(long rows) => DataErrors.AllRowsEqual(_inputs.Reconstructed.Name, rows);

    public Exception NoValues(int slot, long rows) => DataErrors.NoValues(_inputs.Features, slot, rows);

    public Exception RowsChanged(long expected, long found) => DataErrors.RowsChanged(_inputs.Features.Name, expected, found);

    private void Check(InputColumn input, ReadOnlySpan<float> row, long position)
    {
        var mask = input.Role == InputRole.Features ? _inputs.Mask : null;
        var other = FiniteValues.IndexOfFirstOther(row);
        if (other >= 0 && mask is not null)
        {
            if (mask.FirstInPart(row) is var (start, count, missing))
                throw DataErrors.MissingInPart(input, missing, position, start, count);
            other = MaskLayout.IndexOfInfinity(row);
        }
        if (other >= 0)
            throw DataErrors.NotFinite(input, other, position, row[other]);
        if (ReferenceEquals(input, _inputs.Reconstructed))
        {
            var filled = mask is null ? row : Filled(row);
            foreach (var check in _checks)
            {
                // What is missing is neither a category nor none.
                if (mask is not null && check is OneHotCheck && float.IsNaN(row[check.Start]))
                    continue;
                if (check.Fault(filled, input, position) is { } fault)
                    throw fault;
            }
        }
        if (FeaturesAreOneHot && _inputs.Target is not null && input.Role == InputRole.Features)
            FeaturesAreOneHot = IsOneHot(row);
    }

    /// <summary>The row with 0 in place of what is missing; the next one takes its place.</summary>
    private ReadOnlySpan<float> Filled(ReadOnlySpan<float> row)
    {
        if (_filled.Length != row.Length)
            _filled = new float[row.Length];
        MaskLayout.Fill(row, _filled);
        return _filled;
    }

    private static bool IsOneHot(ReadOnlySpan<float> row) => row.IndexOf(1f) is >= 0 and var one
        && !row[..one].ContainsAnyExcept(0f) && !row[(one + 1)..].ContainsAnyExcept(0f);
}
