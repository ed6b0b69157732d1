using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>A function of each slot of a Single column, by numbers learned for that slot.</summary>
internal static class Slots
{
    /// <summary>Mean, minimum and maximum of each slot, missing values left out.</summary>
    public static (float[] Mean, float[] Minimum, float[] Maximum) Statistics(IDataView data, DataViewSchema.Column column)
    {
        var size = column.Type is VectorDataViewType vector ? vector.Size : 1;
        var (sum, count) = (new double[size], new long[size]);
        var (minimum, maximum) = (new float[size], new float[size]);
        Array.Fill(minimum, float.PositiveInfinity);
        Array.Fill(maximum, float.NegativeInfinity);
        var row = new float[size];
        using var cursor = data.Open(column);
        var read = cursor.SingleReader(column);
        while (cursor.MoveNext())
        {
            read(row);
            for (var i = 0; i < size; i++)
            {
                if (float.IsNaN(row[i]))
                    continue;
                sum[i] += row[i];
                count[i]++;
                minimum[i] = Math.Min(minimum[i], row[i]);
                maximum[i] = Math.Max(maximum[i], row[i]);
            }
        }
        return ([.. sum.Zip(count, (s, n) => n == 0 ? 0f : (float)(s / n))], minimum, maximum);
    }

    public static void Check(IExceptionContext context, SchemaShape.Column column)
    {
        if (column.Kind == SchemaShape.Column.VectorKind.VariableVector || column.ItemType != NumberDataViewType.Single)
            throw context.ExceptColumn("inputSchema", "input", column.Name, "vector or scalar of Single", column.GetTypeString());
    }

    public static RowMapping Map(IExceptionContext context, DataViewSchema schema, string output, string input, bool normalized, int size, Func<int, float, float> function)
    {
        var source = schema.Find(context, "input", input);
        if (source.Type.GetItemType() != NumberDataViewType.Single || (source.Type is VectorDataViewType vector ? vector.Size : 1) != size)
            throw context.ExceptColumn("inputSchema", "input", input, size == 1 ? "Single" : $"Vector<Single, {size}>", source.Type.ToString());
        var annotations = AnnotationKinds.Of(builder =>
        {
            builder.Add(source.Annotations, kind => kind == AnnotationKinds.SlotNames || (kind == AnnotationKinds.IsNormalized && !normalized));
            if (normalized)
                builder.AddPrimitiveValue(AnnotationKinds.IsNormalized, BooleanDataViewType.Instance, true);
        });
        return new ColumnMapping([new(new(output, source.Type, annotations), [source.Index], row => Getter(row, source, size, function))]);
    }

    private static Delegate Getter(DataViewRow row, DataViewSchema.Column source, int size, Func<int, float, float> function)
    {
        var read = row.SingleReader(source);
        var values = new float[size];
        if (source.Type is not VectorDataViewType)
        {
            return (ValueGetter<float>)((ref float value) =>
            {
                read(values);
                value = function(0, values[0]);
            });
        }
        return (ValueGetter<VBuffer<float>>)((ref VBuffer<float> value) =>
        {
            read(values);
            var editor = VBufferEditor.Create(ref value, size);
            for (var i = 0; i < size; i++)
                editor.Values[i] = function(i, values[i]);
            value = editor.Commit();
        });
    }
}
