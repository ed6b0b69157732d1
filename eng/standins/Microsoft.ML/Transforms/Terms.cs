using System.Globalization;

namespace Microsoft.ML.Data;

/// <summary>Distinct values, each with its number; missing values have none.</summary>
internal abstract class Terms
{
    public abstract int Count { get; }

    public static Terms Collect(IDataView data, DataViewSchema.Column column, int most, bool sorted)
        => (Terms)Generic.Call(Collect<int>, column.Type.RawType, data, column, most, sorted);

    public static Terms Read(BinaryReader reader, PrimitiveDataViewType type) => (Terms)Generic.Call(Read<int>, type.RawType, reader);

    public abstract ValueGetter<uint> Getter(DataViewRow row, DataViewSchema.Column column);
    public abstract void AddKeyValues(DataViewSchema.Annotations.Builder builder, bool asText);
    public abstract void Write(BinaryWriter writer);

    private static Terms<TValue> Collect<TValue>(IDataView data, DataViewSchema.Column column, int most, bool sorted)
    {
        var seen = new HashSet<TValue>(Terms<TValue>.Equality);
        var found = new List<TValue>();
        foreach (var value in data.GetColumn<TValue>(column).Where(value => !Terms<TValue>.IsMissing(value)))
        {
            if (found.Count < most && seen.Add(value))
                found.Add(value);
        }
        if (sorted)
            found.Sort(Terms<TValue>.Order);
        return new Terms<TValue>([.. found]);
    }

    private static Terms<TValue> Read<TValue>(BinaryReader reader)
        => new([.. Enumerable.Range(0, reader.ReadInt32()).Select(_ => SchemaCodec.ReadItem<TValue>(reader))]);
}

internal sealed class Terms<TValue> : Terms
{
    private readonly TValue[] _values;
    private readonly Dictionary<TValue, uint> _keyOf = new(Equality);

    public Terms(TValue[] values)
    {
        _values = values;
        foreach (var value in values)
            _keyOf.Add(value, (uint)_keyOf.Count + 1);
    }

    public static IEqualityComparer<TValue> Equality { get; } = new TextComparer() as IEqualityComparer<TValue> ?? EqualityComparer<TValue>.Default;
    public static IComparer<TValue> Order { get; } = new TextComparer() as IComparer<TValue> ?? Comparer<TValue>.Default;

    public override int Count => _values.Length;

    public static bool IsMissing(TValue value) => value switch
    {
        ReadOnlyMemory<char> text => text.IsEmpty,
        float number => float.IsNaN(number),
        double number => double.IsNaN(number),
        _ => false,
    };

    public override ValueGetter<uint> Getter(DataViewRow row, DataViewSchema.Column column)
    {
        var get = row.GetGetter<TValue>(column);
        TValue value = default;
        return (ref uint key) =>
        {
            get(ref value);
            key = _keyOf.GetValueOrDefault(value);
        };
    }

    public override void AddKeyValues(DataViewSchema.Annotations.Builder builder, bool asText)
    {
        if (Count == 0)
            return;
        if (asText && typeof(TValue) != typeof(ReadOnlyMemory<char>))
            builder.AddVector(AnnotationKinds.KeyValues, TextDataViewType.Instance, _values.Select(v => Convert.ToString(v, CultureInfo.InvariantCulture).AsMemory()).ToArray());
        else
            builder.AddVector(AnnotationKinds.KeyValues, PrimitiveTypes.Of(typeof(TValue)), _values);
    }

    public override void Write(BinaryWriter writer)
    {
        writer.Write(Count);
        foreach (var value in _values)
            SchemaCodec.WriteItem(writer, value);
    }

    private sealed class TextComparer : IEqualityComparer<ReadOnlyMemory<char>>, IComparer<ReadOnlyMemory<char>>
    {
        public bool Equals(ReadOnlyMemory<char> x, ReadOnlyMemory<char> y) => x.Span.SequenceEqual(y.Span);

        public int GetHashCode(ReadOnlyMemory<char> obj) => string.GetHashCode(obj.Span);

        public int Compare(ReadOnlyMemory<char> x, ReadOnlyMemory<char> y) => x.Span.SequenceCompareTo(y.Span);
    }
}
