using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Cells;

namespace MLNet.Vae.Reporting;

/// <summary>Reads the column that says which rows are anomalies. One per cursor.</summary>
internal sealed class AnomalyLabel
{
    /// <summary>What a column of labels can be, as messages say it.</summary>
    public const string Expected = "a Boolean, true for an anomaly, or a number, 1 for an anomaly and 0 for none";

    private readonly Func<double> _value;
    private readonly string _option;
    private readonly string _column;

    /// <param name="row">Where the column is active.</param>
    /// <param name="column">Of a type that can be read.</param>
    /// <param name="option">The option that names it, for messages.</param>
    public AnomalyLabel(DataViewRow row, DataViewSchema.Column column, string option)
    {
        (_option, _column) = (option, column.Name);
        _value = column.Type is BooleanDataViewType ? Flag(row.GetGetter<bool>(column)) : CellReader.Number(row, column);
    }

    public static bool CanRead(DataViewType type) => type is BooleanDataViewType or NumberDataViewType;

    /// <param name="number">Of the current row in the data, for messages.</param>
    /// <returns><see langword="null"/>: the row has no label, which is NaN.</returns>
    /// <exception cref="InvalidOperationException">It is another number than 0 and 1.</exception>
    public bool? Read(long number) => _value() switch
    {
        1 => true,
        0 => false,
        double.NaN => null,
        var other => throw new InvalidOperationException(ReportMessages.NoLabelValue(_option, _column, number, other)),
    };

    private static Func<double> Flag(ValueGetter<bool> getter) => () =>
    {
        var value = false;
        getter(ref value);
        return value ? 1 : 0;
    };
}
