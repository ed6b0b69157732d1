using MLNet.Vae.Measures;
using MLNet.Vae.Reporting;

namespace MLNet.Vae.Tests.Report.Tables;

/// <summary>Small tables written by hand.</summary>
internal static class TableHand
{
    public const double Missing = double.NaN;

    public static TableColumn Number(string name) => new(name, isNumber: true);

    public static TableColumn Category(string name) => new(name, isNumber: false);

    /// <param name="values"><c>[columns][rows]</c>.</param>
    public static TableValues Of(params double[][] values) => new(
        TableColumns.Real,
        RowSelection.Of(values[0].Length, values[0].Length, seed: 0),
        values,
        new UniformStream(0).Order(values[0].Length)
    );
}
