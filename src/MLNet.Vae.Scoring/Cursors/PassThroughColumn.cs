using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Cursors;

/// <summary>An input column's values for the rows of a block, kept until the consumer has come that far.</summary>
internal abstract class PassThroughColumn
{
    /// <summary>The <see cref="ValueGetter{TValue}"/> that serves the kept values.</summary>
    public abstract Delegate Getter { get; }

    /// <summary>Keeps the value of the source's current row at <paramref name="row"/> of the block.</summary>
    public abstract void Keep(int row);

    /// <summary>
    /// Room for <paramref name="capacity"/> rows; <paramref name="currentRow"/> gives the one to serve and throws where there is none.
    /// </summary>
    public static PassThroughColumn Create(DataViewRow source, DataViewSchema.Column column, int capacity, Func<int> currentRow)
    {
        var (kind, value) = column.Type is VectorDataViewType vector
            ? (typeof(KeptVectors<>), vector.ItemType.RawType)
            : (typeof(KeptScalars<>), column.Type.RawType);
        var type = kind.MakeGenericType(value);
        const BindingFlags Constructor = BindingFlags.Public | BindingFlags.Instance | BindingFlags.DoNotWrapExceptions;
        return (PassThroughColumn)Activator.CreateInstance(type, Constructor, null, [source, column, capacity, currentRow], null)!;
    }

    private sealed class KeptScalars<T> : PassThroughColumn
    {
        // Text is an immutable slice; an object may be reused by its source, so it leaves the slot before the next one comes.
        private static readonly bool IsObject = !typeof(T).IsValueType;

        private readonly ValueGetter<T> _source;
        private readonly T[] _kept;

        public KeptScalars(DataViewRow source, DataViewSchema.Column column, int capacity, Func<int> currentRow)
        {
            _source = source.GetGetter<T>(column);
            _kept = new T[capacity];
            Getter = (ValueGetter<T>)((ref T value) => value = _kept[currentRow()]);
        }

        public override Delegate Getter { get; }

        public override void Keep(int row)
        {
            if (IsObject)
            {
                _kept[row] = default!;
            }

            _source(ref _kept[row]);
        }
    }

    public sealed class KeptVectors<T> : PassThroughColumn
    {
        private readonly ValueGetter<VBuffer<T>> _source;
        private readonly VBuffer<T>[] _kept;
        private int _latest;

        public KeptVectors(DataViewRow source, DataViewSchema.Column column, int capacity, Func<int> currentRow)
        {
            _source = source.GetGetter<VBuffer<T>>(column);
            _kept = new VBuffer<T>[capacity];
            Getter = (ValueGetter<VBuffer<T>>)((ref VBuffer<T> value) => _kept[currentRow()].CopyTo(ref value));
        }

        public override Delegate Getter { get; }

        /// <summary>The value kept last.</summary>
        public ref readonly VBuffer<T> Latest => ref _kept[_latest];

        public override void Keep(int row)
        {
            _source(ref _kept[row]);
            _latest = row;
        }
    }
}
