using System.Collections.Concurrent;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Columns;
using MLNet.Vae.Runtime;

namespace MLNet.Vae.Cursors;

/// <summary>One pass over rows, by one cursor or by a set of them: which row is which, and what was warned of. Thread-safe.</summary>
/// <param name="source">Where rows are found again whose cursors do not count them; <see langword="null"/>: positions are rows.</param>
internal sealed class RowPass(IDataView? source = null)
{
    private readonly ConcurrentDictionary<(InputRole, RowState), bool> _warned = new();

    /// <summary>Whether it is the first time that this is asked for an input and a state of a row.</summary>
    public bool IsFirstWarning(InputRole role, RowState state) => _warned.TryAdd((role, state), true);

    /// <summary>
    /// What finds the number of the current row in the data, counted from 0 in the order of the data itself. A cursor of a set, or in
    /// another order, counts its own rows, so that the number is that of the row's id in a pass of its own.
    /// </summary>
    /// <returns>Gives null where the data has no such row any more.</returns>
    public Func<long?> NumberOf(DataViewRow row)
    {
        var position = row.Position;
        if (source is null)
        {
            return () => position;
        }
        DataViewRowId id = default;
        row.GetIdGetter()(ref id);
        return () => Find(source, id);
    }

    private static long? Find(IDataView source, DataViewRowId id)
    {
        using var cursor = source.GetRowCursor([]);
        var getter = cursor.GetIdGetter();
        DataViewRowId found = default;
        while (cursor.MoveNext())
        {
            getter(ref found);
            if (found.Equals(id))
            {
                return cursor.Position;
            }
        }
        return null;
    }
}
