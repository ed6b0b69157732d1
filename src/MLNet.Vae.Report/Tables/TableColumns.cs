using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Reporting;

/// <summary>The columns that a report of a table compares, all of them checked.</summary>
internal sealed class TableColumns
{
    public const string Real = "real", HeldOut = "held-out", Synthetic = "synthetic";

    private const string ColumnNames = nameof(VaeTableReportOptions.ColumnNames);
    private const string LabelColumnName = nameof(VaeTableReportOptions.LabelColumnName);

    private readonly (string View, DataViewSchema Schema)[] _views;
    private readonly List<string> _faults;
    private readonly List<string> _setAside = [];

    public TableColumns(DataViewSchema real, DataViewSchema heldOut, DataViewSchema synthetic, VaeTableReportOptions options)
    {
        _views = [(Real, real), (HeldOut, heldOut), (Synthetic, synthetic)];
        _faults = [.. options.Faults()];
        var isOutOfRange = _faults.Count > 0;
        var all = options.ColumnNames is null ? Shared() : [.. options.ColumnNames.Distinct().Where(name => Has(ColumnNames, name))];
        if (options.LabelColumnName is { } label && Has(LabelColumnName, label, IsLabel))
        {
            if (!all.Contains(label))
                all.Add(label);
            Label = all.IndexOf(label);
        }

        if (_faults.Count == 0 && all.Count == 0)
            _faults.Add(TableMessages.NoColumns(real, heldOut, synthetic));
        if (_faults.Count > 0)
        {
            var message = ReportMessages.Faults([.. _faults.Distinct()]);
            throw isOutOfRange ? new ArgumentException(message) : new InvalidOperationException(message);
        }

        All = [.. all.Select(name => new TableColumn(name, real[name].Type is NumberDataViewType))];
    }

    public IReadOnlyList<TableColumn> All { get; }

    /// <summary>Its place among them; <see langword="null"/>: none.</summary>
    public int? Label { get; }

    /// <summary>Columns that are not compared, and why.</summary>
    public IReadOnlyList<string> SetAside => _setAside;

    private static bool IsCategory(DataViewType type) => type is TextDataViewType or KeyDataViewType or BooleanDataViewType;

    private static bool IsComparable(DataViewType type) => IsCategory(type) || type is NumberDataViewType;

    // Keys of other counts are keys: they are compared by what they stand for.
    private static bool AreSame(DataViewType one, DataViewType other) =>
        one.Equals(other) || (one is KeyDataViewType && other is KeyDataViewType);

    private static string? IsLabel(string name, DataViewType type) => IsCategory(type) ? null : TableMessages.NotALabel(name, type);

    private List<string> Shared()
    {
        var shared = new List<string>();
        var names = _views.SelectMany(view => view.Schema).Where(column => !column.IsHidden).Select(column => column.Name).Distinct();
        foreach (var name in names)
        {
            var views = _views.Where(view => view.Schema.GetColumnOrNull(name) is not null).ToList();
            if (views.Count < _views.Length)
                _setAside.Add(TableMessages.NotShared(name, views.Select(view => view.View)));
            else if (views.Find(view => !IsComparable(view.Schema[name].Type)) is { Schema: { } schema })
                _setAside.Add(TableMessages.SetAside(name, schema[name].Type));
            else if (IsOfOneType(name))
                shared.Add(name);
        }

        return shared;
    }

    private bool Has(string option, string name) =>
        Has(option, name, (_, type) => IsComparable(type) ? null : TableMessages.NotComparable(option, name, type));

    private bool Has(string option, string name, Func<string, DataViewType, string?> fault)
    {
        if (Array.Find(_views, view => view.Schema.GetColumnOrNull(name) is null) is { Schema: { } lacking } view)
            _faults.Add(TableMessages.Missing(option, name, view.View, lacking));
        else if (fault(name, _views[0].Schema[name].Type) is { } text)
            _faults.Add(text);
        else
            return IsOfOneType(name);
        return false;
    }

    private bool IsOfOneType(string name)
    {
        var expected = _views[0].Schema[name].Type;
        if (Array.Find(_views, view => !AreSame(expected, view.Schema[name].Type)) is not { Schema: { } other } view)
            return true;
        _faults.Add(TableMessages.OtherType(name, view.View, expected, other[name].Type));
        return false;
    }
}
