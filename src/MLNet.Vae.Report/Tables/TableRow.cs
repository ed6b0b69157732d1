namespace MLNet.Vae.Reporting;

/// <summary>One row of a table.</summary>
internal readonly record struct TableRow(TableValues Table, int Row)
{
    /// <summary>Those of a table's random order from one place up to another.</summary>
    public static IEnumerable<TableRow> Of(TableValues table, int from, int to) =>
        table.Order.Skip(from).Take(to - from).Select(row => new TableRow(table, row));
}
