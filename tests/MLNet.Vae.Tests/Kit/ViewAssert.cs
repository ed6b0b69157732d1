using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Modules;

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

    /// <summary>The rows that a mapper makes of a source's are those of the view.</summary>
    public static void SameRows(IDataView expected, IDataView source, IRowToRowMapper mapper)
    {
        using var cursor = expected.GetRowCursor(expected.Schema);
        using var input = source.GetRowCursor(source.Schema);
        using var row = mapper.GetRow(input, mapper.OutputSchema);
        var readers = expected
            .Schema.Select(column =>
                (column.Name, Cursor: ColumnReader.Create(column, cursor), Row: ColumnReader.Create(mapper.OutputSchema[column.Index], row))
            )
            .ToArray();
        while (cursor.MoveNext())
        {
            Assert.True(input.MoveNext(), $"row {cursor.Position} is missing");
            Assert.Equal(input.Position, row.Position);
            foreach (var (name, left, right) in readers)
            {
                Assert.True(left.Agrees(right), $"row {cursor.Position}, {name}: {left.ReadText()} and, mapped, {right.ReadText()}");
            }
        }
    }

    /// <summary>A cursor that was asked for no column has the rows and refuses every getter.</summary>
    public static void NoneActive(IDataView view)
    {
        using var cursor = view.GetRowCursor([]);
        foreach (var column in view.Schema)
        {
            Refusal.Expect(() => ColumnReader.Create(column, cursor), $"a getter of the inactive column {column.Name}");
        }

        var rows = 0L;
        while (cursor.MoveNext())
        {
            Assert.Equal(rows++, cursor.Position);
        }

        Assert.Equal(Ids(view).Count, rows);
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
