using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;
using System.Numerics;

namespace MLNet.Vae.Cells;

/// <summary>Getters of a column in which what is missing is filled in, and what is there is passed on as it is.</summary>
internal static class FilledColumn
{
    /// <summary>Whether a column can be filled: it has cells of one value, or is a vector of floating point numbers.</summary>
    public static bool CanFill(DataViewType type)
        => type is not VectorDataViewType vector || vector.ItemType.RawType == typeof(float) || vector.ItemType.RawType == typeof(double);

    /// <param name="row">The current row.</param>
    /// <param name="column">Of its schema.</param>
    /// <param name="isMissing">Whether the current cell is to be filled.</param>
    /// <param name="filled">Gives what it is filled with, in the type of the column.</param>
    public static Delegate Of(DataViewRow row, DataViewSchema.Column column, Func<bool> isMissing, Delegate filled)
        => (Delegate)Generic(nameof(Scalar), column.Type.RawType).Invoke(null, [row, column, isMissing, filled])!;

    /// <param name="row">The current row.</param>
    /// <param name="column">Of its schema, a vector.</param>
    /// <param name="isMissing">Whether a slot is to be filled.</param>
    /// <param name="filled">What each slot is filled with.</param>
    public static Delegate Of(DataViewRow row, DataViewSchema.Column column, Func<int, bool> isMissing, Func<ReadOnlyMemory<float>> filled)
        => ((VectorDataViewType)column.Type).ItemType.RawType == typeof(double)
            ? Vector<double>(row, column, isMissing, filled)
            : Vector<float>(row, column, isMissing, filled);

    private static MethodInfo Generic(string name, Type type)
        => typeof(FilledColumn).GetMethod(name, BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(type);

    private static ValueGetter<T> Scalar<T>(DataViewRow row, DataViewSchema.Column column, Func<bool> isMissing, Delegate filled)
    {
        var (observed, other) = (row.GetGetter<T>(column), (ValueGetter<T>)filled);
        return (ref T value) =>
        {
            if (isMissing())
                other(ref value);
            else
                observed(ref value);
        };
    }

    private static ValueGetter<VBuffer<T>> Vector<T>(
        DataViewRow row, DataViewSchema.Column column, Func<int, bool> isMissing, Func<ReadOnlyMemory<float>> filled)
        where T : struct, INumber<T>
    {
        var observed = row.GetGetter<VBuffer<T>>(column);
        VBuffer<T> source = default;
        return (ref VBuffer<T> value) =>
        {
            observed(ref source);
            var editor = VBufferEditor.Create(ref value, source.Length);
            source.CopyTo(editor.Values);
            for (var slot = 0; slot < editor.Values.Length; slot++)
            {
                if (isMissing(slot))
                    editor.Values[slot] = T.CreateSaturating(filled().Span[slot]);
            }
            value = editor.Commit();
        };
    }
}
