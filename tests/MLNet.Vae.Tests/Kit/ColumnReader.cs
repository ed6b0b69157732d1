using System.Globalization;
using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Tests.Kit;

/// <summary>Where getters come from: a row, or a column's annotations.</summary>
internal interface IGetters
{
    ValueGetter<T> Get<T>(DataViewSchema.Column column);
}

/// <summary>Reads a column of any type.</summary>
internal abstract class ColumnReader
{
    // ML.NET's own tests ask for this agreement of a loaded model.
    private const double FloatTolerance = 1e-6;

    /// <summary>The current value as text that two equal values share and two others do not.</summary>
    public abstract string ReadText();

    /// <summary>Whether the current values agree: floats to 1e-6 of the larger of 1 and their magnitude, the rest exactly.</summary>
    public abstract bool Agrees(ColumnReader other);

    public static ColumnReader Create(DataViewSchema.Column column, IGetters getters)
    {
        var (kind, value) = column.Type is VectorDataViewType vector
            ? (typeof(VectorReader<>), vector.ItemType.RawType)
            : (typeof(ScalarReader<>), column.Type.RawType);
        var type = kind.MakeGenericType(value);
        const BindingFlags Constructor = BindingFlags.Public | BindingFlags.Instance | BindingFlags.DoNotWrapExceptions;
        return (ColumnReader)Activator.CreateInstance(type, Constructor, null, [column, getters], null)!;
    }

    public static ColumnReader Create(DataViewSchema.Column column, DataViewRow row) => Create(column, new RowGetters(row));

    private static bool Equal<T>(T left, T right) => (left, right) switch
    {
        (float a, float b) => Near(a, b),
        (double a, double b) => Near(a, b),
        (ReadOnlyMemory<char> a, ReadOnlyMemory<char> b) => a.Span.SequenceEqual(b.Span),
        _ => EqualityComparer<T>.Default.Equals(left, right),
    };

    private static bool Near(double a, double b)
        => a.Equals(b) || Math.Abs(a - b) <= FloatTolerance * Math.Max(1, Math.Max(Math.Abs(a), Math.Abs(b)));

    private static string Text<T>(T value) => string.Create(CultureInfo.InvariantCulture, $"{value:R}");

    private static string Text(object? value) => value switch
    {
        float number => Text<float>(number),
        double number => Text<double>(number),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    private sealed class RowGetters(DataViewRow row) : IGetters
    {
        public ValueGetter<T> Get<T>(DataViewSchema.Column column) => row.GetGetter<T>(column);
    }

    private sealed class ScalarReader<T>(DataViewSchema.Column column, IGetters getters) : ColumnReader
    {
        private readonly ValueGetter<T> _getter = getters.Get<T>(column);
        private T _value = default!;

        public override string ReadText()
        {
            _getter(ref _value);
            return Text((object?)_value);
        }

        public override bool Agrees(ColumnReader other)
        {
            var same = (ScalarReader<T>)other;
            _getter(ref _value);
            same._getter(ref same._value);
            return Equal(_value, same._value);
        }
    }

    private sealed class VectorReader<T>(DataViewSchema.Column column, IGetters getters) : ColumnReader
    {
        private readonly ValueGetter<VBuffer<T>> _getter = getters.Get<VBuffer<T>>(column);
        private VBuffer<T> _value;

        public override string ReadText()
        {
            _getter(ref _value);
            return $"[{string.Join(", ", _value.DenseValues().Select(item => Text((object?)item)))}]";
        }

        public override bool Agrees(ColumnReader other)
        {
            var same = (VectorReader<T>)other;
            _getter(ref _value);
            same._getter(ref same._value);
            return _value.Length == same._value.Length
                && _value.DenseValues().Zip(same._value.DenseValues()).All(pair => Equal(pair.First, pair.Second));
        }
    }
}
