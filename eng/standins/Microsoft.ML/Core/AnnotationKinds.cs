namespace Microsoft.ML.Data;

/// <summary>Annotations by name.</summary>
internal static class AnnotationKinds
{
    public const string SlotNames = "SlotNames";
    public const string KeyValues = "KeyValues";
    public const string IsNormalized = "IsNormalized";
    public const string CategoricalSlotRanges = "CategoricalSlotRanges";
    public const string TrainingLabelValues = "TrainingLabelValues";
    public const string ScoreColumnSetId = "ScoreColumnSetId";
    public const string ScoreColumnKind = "ScoreColumnKind";
    public const string ScoreValueKind = "ScoreValueKind";

    private static readonly KeyDataViewType _setIdType = new(typeof(uint), int.MaxValue);

    public static DataViewSchema.Annotations Of(Action<DataViewSchema.Annotations.Builder> fill)
    {
        var builder = new DataViewSchema.Annotations.Builder();
        fill(builder);
        return builder.ToAnnotations();
    }

    public static void AddVector<TValue>(this DataViewSchema.Annotations.Builder builder, string kind, PrimitiveDataViewType itemType, TValue[] values)
        => builder.Add(kind, new VectorDataViewType(itemType, values.Length),
            (ref VBuffer<TValue> destination) => VBuffer<TValue>.Copy(values, 0, ref destination, values.Length));

    public static void AddSlotNames(this DataViewSchema.Annotations.Builder builder, IEnumerable<string> names)
    {
        var all = names.Select((name, slot) => (Slot: slot, Name: name.AsMemory())).ToArray();
        var given = all.Where(item => !item.Name.IsEmpty).ToArray();
        if (given.Length > all.Length / 2)
            given = all;
        var vector = new VBuffer<ReadOnlyMemory<char>>(all.Length, given.Length, [.. given.Select(item => item.Name)], [.. given.Select(item => item.Slot)]);
        builder.Add(SlotNames, new VectorDataViewType(TextDataViewType.Instance, all.Length), (ref VBuffer<ReadOnlyMemory<char>> value) => vector.CopyTo(ref value));
    }

    /// <summary>The annotations of a score column and what is scored by it.</summary>
    public static void AddScore(this DataViewSchema.Annotations.Builder builder, uint setId, string columnKind, string valueKind)
    {
        builder.AddPrimitiveValue(ScoreColumnSetId, _setIdType, setId);
        builder.AddPrimitiveValue(ScoreColumnKind, TextDataViewType.Instance, columnKind.AsMemory());
        builder.AddPrimitiveValue(ScoreValueKind, TextDataViewType.Instance, valueKind.AsMemory());
    }

    public static string[] SlotNamesOrNull(this DataViewSchema.Column column)
    {
        if (!column.HasSlotNames())
            return null;
        VBuffer<ReadOnlyMemory<char>> names = default;
        column.GetSlotNames(ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }

    /// <summary>One more than the largest set identity in the schema.</summary>
    public static uint NextScoreSet(this DataViewSchema schema)
    {
        uint largest = 0;
        foreach (var column in schema)
        {
            if (column.Annotations.Schema.GetColumnOrNull(ScoreColumnSetId)?.Type is not KeyDataViewType { RawType: { } raw } || raw != typeof(uint))
                continue;
            uint value = 0;
            column.Annotations.GetValue(ScoreColumnSetId, ref value);
            largest = Math.Max(largest, value);
        }
        return largest + 1;
    }

    public static IEnumerable<SchemaShape.Column> ScoreShape() =>
    [
        SchemaShape.ShapeOf(ScoreColumnSetId, _setIdType), SchemaShape.ShapeOf(ScoreColumnKind, TextDataViewType.Instance), SchemaShape.ShapeOf(ScoreValueKind, TextDataViewType.Instance),
    ];
}
