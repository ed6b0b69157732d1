using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>
/// The cursors of one set as one, in the order of their batches. The real one reads them by threads ahead of its caller, and so hides their exceptions
/// in one of its own; the threads are left out here.
/// </summary>
internal sealed class MergedCursor : CountingCursor
{
    private readonly DataViewRowCursor[] _inputs;
    private readonly List<int> _waiting;
    private int _current = -1;

    private MergedCursor(DataViewRowCursor[] inputs)
        : base(inputs[0].Schema)
    {
        _inputs = inputs;
        _waiting = [.. Enumerable.Range(0, inputs.Length)];
    }

    /// <summary>How many cursors a view asks its source for.</summary>
    public static int Width => Math.Max(2, Environment.ProcessorCount - 1);

    public static DataViewRowCursor Over(DataViewRowCursor[] inputs, bool always) => inputs.Length > 1 || always ? new MergedCursor(inputs) : inputs[0];

    public override bool IsColumnActive(DataViewSchema.Column column) => _inputs[0].IsColumnActive(column);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        Contracts.CheckParam(IsColumnActive(column), nameof(column), "requested column not active.");
        Contracts.Check(null, typeof(TValue) == column.Type.RawType, $"Invalid TValue: '{typeof(TValue)}', expected type: '{column.Type.RawType}'.");
        return Any(_inputs.Select(input => Guarded(() => input.GetGetter<TValue>(column))).ToArray());
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() => Any(_inputs.Select(input => input.GetIdGetter()).ToArray());

    protected override bool Advance()
    {
        if (_current < 0)
        {
            foreach (var i in _waiting.ToArray())
                Move(i, _ => true);
        }
        else
        {
            var batch = _inputs[_current].Batch;
            if (Move(_current, next => next == batch))
                return true;
        }
        _current = _waiting.Count > 0 ? _waiting.MinBy(i => _inputs[i].Batch) : 0;
        return _waiting.Count > 0;
    }

    protected override void Dispose(bool disposing)
    {
        foreach (var input in _inputs)
            input.Dispose();
        base.Dispose(disposing);
    }

    // True if the input goes on with a batch of that kind; one that has no more rows waits no longer.
    private bool Move(int i, Func<long, bool> stays)
    {
        if (Guarded(_inputs[i].MoveNext))
            return stays(_inputs[i].Batch);
        _waiting.Remove(i);
        return false;
    }

    private ValueGetter<TValue> Any<TValue>(ValueGetter<TValue>[] getters) => (ref TValue value) =>
    {
        CheckAtRow();
        try
        {
            getters[_current](ref value);
        }
        catch (Exception e)
        {
            throw Hidden(e);
        }
    };

    private TResult Guarded<TResult>(Func<TResult> action)
    {
        try
        {
            return action();
        }
        catch (Exception e)
        {
            throw Hidden(e);
        }
    }

    // A single cursor is split before it is merged, and each of the two wraps what it meets.
    private Exception Hidden(Exception e) => Wrap(_inputs.Length == 1 ? Wrap(e) : e);

    private static Exception Wrap(Exception e) => Contracts.Except(null, "Splitter/consolidator worker encountered exception while consuming source data", e);
}
