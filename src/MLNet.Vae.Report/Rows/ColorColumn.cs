using System.Globalization;
using System.Numerics;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Columns;

namespace MLNet.Vae.Reporting;

/// <summary>Reads one column to colour by, row after row.</summary>
internal abstract class ColorColumn
{
    /// <summary>Takes the current row's value.</summary>
    public abstract void Read();

    public abstract ColorValues Finish();

    public static bool CanRead(DataViewType type)
        => type is KeyDataViewType or TextDataViewType or BooleanDataViewType or NumberDataViewType;

    /// <param name="row">Where the column is active.</param>
    /// <param name="column">Of a type that can be read.</param>
    public static ColorColumn Of(DataViewRow row, DataViewSchema.Column column)
    {
        var type = column.Type.RawType;
        return column.Type switch
        {
            KeyDataViewType when type == typeof(byte) => new Keys<byte>(row, column),
            KeyDataViewType when type == typeof(ushort) => new Keys<ushort>(row, column),
            KeyDataViewType when type == typeof(uint) => new Keys<uint>(row, column),
            KeyDataViewType => new Keys<ulong>(row, column),
            TextDataViewType => new Texts(row, column),
            BooleanDataViewType => new Booleans(row, column),
            _ when type == typeof(float) => new Numbers<float>(row, column),
            _ when type == typeof(double) => new Numbers<double>(row, column),
            _ when type == typeof(sbyte) => new Numbers<sbyte>(row, column),
            _ when type == typeof(byte) => new Numbers<byte>(row, column),
            _ when type == typeof(short) => new Numbers<short>(row, column),
            _ when type == typeof(ushort) => new Numbers<ushort>(row, column),
            _ when type == typeof(int) => new Numbers<int>(row, column),
            _ when type == typeof(uint) => new Numbers<uint>(row, column),
            _ when type == typeof(long) => new Numbers<long>(row, column),
            _ => new Numbers<ulong>(row, column),
        };
    }

    private sealed class Numbers<T>(DataViewRow row, DataViewSchema.Column column) : ColorColumn where T : INumber<T>
    {
        private readonly ValueGetter<T> _getter = row.GetGetter<T>(column);
        private readonly List<float> _values = [];
        private T _value = T.Zero;

        public override void Read()
        {
            _getter(ref _value);
            _values.Add(float.CreateSaturating(_value));
        }

        public override ColorValues Finish() => ColorValues.OfNumbers(column.Name, [.. _values]);
    }

    private sealed class Keys<T>(DataViewRow row, DataViewSchema.Column column) : ColorColumn where T : struct, IBinaryInteger<T>
    {
        private readonly ValueGetter<T> _getter = row.GetGetter<T>(column);
        private readonly ulong _count = ((KeyDataViewType)column.Type).Count;
        private readonly List<ulong> _values = [];
        private T _value;

        public override void Read()
        {
            _getter(ref _value);
            var key = ulong.CreateTruncating(_value);
            _values.Add(key <= _count ? key : 0);
        }

        // A key counts from 1, and 0 is a missing one.
        public override ColorValues Finish()
        {
            var names = _count <= ColumnChecks.MaximumKeyCount ? KeyNames.Of(column, (int)_count) : null;
            string Name(ulong key) => names?[(int)key - 1] ?? key.ToString(CultureInfo.InvariantCulture);
            return _count <= ColorValues.MaximumCategories
                ? ColorValues.OfPlaces(
                    column.Name,
                    [.. Enumerable.Range(1, (int)_count).Select(key => Name((ulong)key))],
                    [.. _values.Select(key => (int)key - 1)]
                )
                : ColorValues.OfNames(column.Name, [.. _values.Select(key => key == 0 ? null : Name(key))]);
        }
    }

    private sealed class Texts(DataViewRow row, DataViewSchema.Column column) : ColorColumn
    {
        private readonly ValueGetter<ReadOnlyMemory<char>> _getter = row.GetGetter<ReadOnlyMemory<char>>(column);
        private readonly Dictionary<string, string> _known = [];
        private readonly List<string?> _values = [];
        private ReadOnlyMemory<char> _value;

        public override void Read()
        {
            _getter(ref _value);
            var text = _value.ToString();
            if (!_known.TryGetValue(text, out var shared))
                _known.Add(text, shared = text);
            _values.Add(shared);
        }

        public override ColorValues Finish() => ColorValues.OfNames(column.Name, _values);
    }

    private sealed class Booleans(DataViewRow row, DataViewSchema.Column column) : ColorColumn
    {
        private readonly ValueGetter<bool> _getter = row.GetGetter<bool>(column);
        private readonly List<int> _values = [];
        private bool _value;

        public override void Read()
        {
            _getter(ref _value);
            _values.Add(_value ? 1 : 0);
        }

        public override ColorValues Finish() => ColorValues.OfPlaces(column.Name, ["false", "true"], [.. _values]);
    }
}
