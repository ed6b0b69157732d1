namespace MLNet.Vae.Reporting;

/// <summary>Trees that are to tell rows of two tables apart.</summary>
internal static class Detection
{
    public static VaeTableDetection? Of(Tables tables, int seed)
    {
        var rows = tables.SharedRows;
        if (rows < VaeTableDetection.MinimumRows)
            return null;
        var synthetic = Area(tables.Columns, tables.HeldOut, tables.Synthetic, rows, seed);
        var control = Area(tables.Columns, tables.HeldOut, tables.Real, rows, seed);
        return new()
        {
            Rows = rows,
            Area = synthetic.Area,
            StandardError = Math.Sqrt(synthetic.Variance),
            ControlArea = control.Area,
            ControlStandardError = Math.Sqrt(control.Variance),
        };
    }

    private static RocArea Area(IReadOnlyList<TableColumn> columns, TableValues table, TableValues other, int rows, int seed)
    {
        bool IsOther(TableRow row) => ReferenceEquals(row.Table, other);
        TableRow[] Part(int from, int to) => [.. TableRow.Of(table, from, to), .. TableRow.Of(other, from, to)];
        var training = Part(0, rows / 2);
        var tested = Part(rows / 2, rows);
        var trees = new BoostedTrees(new(columns, without: null, training), training, IsOther, seed);
        return RocArea.Of(trees.Of(tested), [.. tested.Select(IsOther)]);
    }
}
