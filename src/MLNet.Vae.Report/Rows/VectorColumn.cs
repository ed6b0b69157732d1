using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Reporting;

/// <summary>Reads a vector column of known size.</summary>
internal sealed class VectorColumn<T>(DataViewRow row, string column)
{
    private readonly ValueGetter<VBuffer<T>> _getter = row.GetGetter<VBuffer<T>>(row.Schema[column]);
    private VBuffer<T> _value;

    public T[] Values { get; } = new T[((VectorDataViewType)row.Schema[column].Type).Size];

    /// <summary>Takes the current row's values.</summary>
    public void Read()
    {
        _getter(ref _value);
        _value.CopyTo(Values);
    }

    public static VectorColumn<T>? Of(DataViewRow row, string? column) => column is null ? null : new(row, column);
}
