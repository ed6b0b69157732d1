using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Tests.Kit;

/// <summary>Equality of the rows of two views.</summary>
internal static class ViewAssert
{
    /// <summary>Same rows in the same order, as far as the selected columns go.</summary>
    public static void SameRows(IDataView expected, IDataView actual, Func<int, bool> selects)
    {
        var columns = expected.Schema.Where(column => selects(column.Index)).ToArray();
        var otherColumns = actual.Schema.Where(column => selects(column.Index)).ToArray();
        using var cursor = expected.GetRowCursor(columns);
        using var other = actual.GetRowCursor(otherColumns);
        Assert.Same(expected.Schema, cursor.Schema);
        Assert.Same(actual.Schema, other.Schema);
        foreach (var column in expected.Schema)
        {
            Assert.Equal(selects(column.Index), cursor.IsColumnActive(column));
        }

        var readers = columns.Select(column => ColumnReader.Create(column, cursor)).ToArray();
        var otherReaders = otherColumns.Select(column => ColumnReader.Create(column, other)).ToArray();
        while (cursor.MoveNext())
        {
            Assert.True(other.MoveNext(), $"row {cursor.Position} is missing");
            Assert.Equal(cursor.Position, other.Position);
            for (var i = 0; i < columns.Length; i++)
            {
                Assert.True(
                    readers[i].Agrees(otherReaders[i]),
                    $"row {cursor.Position}, {columns[i].Name}: {readers[i].ReadText()} and {otherReaders[i].ReadText()}");
            }
        }

        Assert.False(other.MoveNext(), "there are rows too many");
        Assert.Equal(-1, cursor.Position);
    }

    /// <summary>Row ids of a view, in order.</summary>
    public static List<DataViewRowId> Ids(IDataView view)
    {
        using var cursor = view.GetRowCursor(view.Schema);
        var getter = cursor.GetIdGetter();
        var ids = new List<DataViewRowId>();
        while (cursor.MoveNext())
        {
            DataViewRowId id = default;
            getter(ref id);
            ids.Add(id);
        }

        return ids;
    }

    public static void DistinctIds(IDataView view)
    {
        var ids = Ids(view);
        Assert.Equal(ids.Count, ids.Distinct().Count());
    }

    public static void SameIds(IDataView expected, IDataView actual) => Assert.Equal(Ids(expected), Ids(actual));
}
