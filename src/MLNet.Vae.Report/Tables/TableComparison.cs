using Microsoft.ML;

namespace MLNet.Vae.Reporting;

/// <summary>All that is measured of three views.</summary>
internal static class TableComparison
{
    public static VaeTableQuality Of(IDataView real, IDataView heldOut, IDataView synthetic, VaeTableReportOptions options)
    {
        var columns = new TableColumns(real.Schema, heldOut.Schema, synthetic.Schema, options);
        // Each view its own stream, so that equal views are not cut in the same way.
        TableValues Read(string view, IDataView data, int stream) =>
            TableReader.Read(view, data, columns.All, options.MaximumRows, unchecked((3 * options.Seed) + stream));
        var tables = new Tables(
            columns.All,
            Read(TableColumns.Real, real, 0),
            Read(TableColumns.HeldOut, heldOut, 1),
            Read(TableColumns.Synthetic, synthetic, 2)
        );
        return new()
        {
            Real = Sample(tables.Real),
            HeldOut = Sample(tables.HeldOut),
            Synthetic = Sample(tables.Synthetic),
            SetAside = columns.SetAside,
            Columns = [.. columns.All.Select((_, place) => ColumnComparison.Of(tables, place))],
            // Of a label that will not do it is told before anything takes time.
            Utility = columns.Label is { } label ? Utility.Of(tables, label, options.Seed) : null,
            Associations = AssociationComparison.Of(tables, options.Seed),
            Detection = Detection.Of(tables, options.Seed),
            Privacy = Privacy.Of(tables, real),
        };
    }

    private static VaeTableSample Sample(TableValues table) => new() { Rows = table.Selection.Total, RowsRead = table.Rows };
}
