using System.Globalization;
using MLNet.Vae.Generation;

namespace MLNet.Vae.Rows;

/// <summary>Reads the features column, and the condition of a model that has one.</summary>
internal sealed class VectorRowReader : RowReader
{
    private readonly string _features;
    private readonly bool _mayMiss;

    // Of a key with names.
    private readonly Dictionary<string, int> _places = [];

    public VectorRowReader(VaeModelInfo info) : base(info)
    {
        (_features, _mayMiss) = (info.Columns.Features, info.MissingValues == VaeMissingValues.Observed);
        for (var place = 0; info.FeatureKind == VaeInputKind.Key && place < info.FeatureNames?.Count; place++)
            _places.TryAdd(info.FeatureNames[place], place);
        Columns =
        [
            Served(_features, info.FeatureKind, info.FeatureCount, info.FeatureNames, _mayMiss),
            .. info.ConditionCount == 0 ? Array.Empty<VaeServedColumn>() :
                [Served(ConditionColumn, info.ConditionKind ?? VaeInputKind.Vector, info.ConditionCount, info.ConditionNames, false)],
        ];
    }

    public override IReadOnlyList<VaeServedColumn> Columns { get; }

    private string ConditionColumn => Info.Columns.Condition ?? "Condition";

    private protected override void ReadColumns<TRow>(TRow row, Span<float> features, Span<float> condition, RowFaults faults)
    {
        if (!row.TryGet(_features, out var value))
            faults.Add(_features, null, null, Expected(Columns[0]), "no such column");
        else
            ReadFeatures(value, features, faults);
        if (condition.IsEmpty)
            return;
        if (!row.TryGet(ConditionColumn, out value))
            faults.Add(ConditionColumn, null, null, Expected(Columns[1]), "no such column");
        else
            ReadCondition(value, condition, faults);
    }

    private protected override void Fault(int feature, string expected, string found, RowFaults faults) => faults.Add(
        _features, Columns[0].Type == VaeServedType.Vector ? feature : null, Info.FeatureNames?[feature], expected, found);

    private void ReadFeatures(RowValue value, Span<float> features, RowFaults faults)
    {
        if (Columns[0].Type == VaeServedType.Vector)
        {
            ReadVector(_features, value, Info.FeatureNames, _mayMiss, features, faults);
        }
        else if (Info.FeatureKind == VaeInputKind.Key)
        {
            features.Clear();
            if (Place(value, features.Length) is >= 0 and var place)
                features[place] = 1;
            else
                faults.Add(_features, null, null, "a category of training", value.Found);
        }
        else if (value.IsNull && _mayMiss)
        {
            features[0] = float.NaN;
        }
        else if (Columns[0].Type == VaeServedType.Boolean && value.Flag is { } flag)
        {
            features[0] = flag ? 1 : 0;
        }
        else if (Columns[0].Type == VaeServedType.Number && value.Number is { } number && float.IsFinite((float)number))
        {
            features[0] = (float)number;
        }
        else
        {
            faults.Add(_features, null, null, Expected(Columns[0]), value.Found);
        }
    }

    private void ReadCondition(RowValue value, Span<float> condition, RowFaults faults)
    {
        if (Columns[1].Type == VaeServedType.Vector)
        {
            ReadVector(ConditionColumn, value, Info.ConditionNames, mayMiss: false, condition, faults);
            return;
        }
        VaeConditionValue? given = value.Text is { } text ? text
            : value.Flag is { } flag ? flag
            : value.Number is { } number ? (float)number
            : null;
        if (given is not null && ConditionValues.Of(Info, given, out _) is { } values)
            values.CopyTo(condition);
        else
            faults.Add(ConditionColumn, null, null, Expected(Columns[1]), value.Found);
    }

    /// <summary>The place of a key, by its name or, where it has none, its number from 1; −1: there is no such key.</summary>
    private int Place(RowValue value, int count)
    {
        if (Info.FeatureNames is not null)
            return value.Text is { } text && _places.TryGetValue(text, out var place) ? place : -1;
        return value.Number is { } number && number >= 1 && number <= count && number == Math.Floor(number) ? (int)number - 1 : -1;
    }

    private static VaeServedColumn Served(
        string name, VaeInputKind kind, int count, IReadOnlyList<string>? names, bool isNullable) => kind switch
        {
            VaeInputKind.Boolean => new(name, VaeServedType.Boolean, null, isNullable),
            VaeInputKind.Scalar => new(name, VaeServedType.Number, null, isNullable),
            VaeInputKind.Key => new(name, names is null ? VaeServedType.Number : VaeServedType.Text, null, isNullable),
            _ => new(name, VaeServedType.Vector, count, isNullable),
        };

    private static string Expected(VaeServedColumn column) => column.Type switch
    {
        VaeServedType.Text => "a category of training",
        VaeServedType.Boolean => "true or false",
        VaeServedType.Vector => string.Create(CultureInfo.InvariantCulture, $"a vector of {column.Size:N0} numbers"),
        _ => "a finite number",
    };
}
