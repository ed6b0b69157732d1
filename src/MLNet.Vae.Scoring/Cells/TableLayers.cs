using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using MLNet.Vae.Columns;
using MLNet.Vae.Layers;
using MLNet.Vae.Tables;

namespace MLNet.Vae.Cells;

/// <summary>From the columns of a table to the features of a model, and from what the model says of features to columns.</summary>
internal static class TableLayers
{
    /// <summary>Adds the features of each row.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Columns are missing or of another type; the message says all of it.</exception>
    public static ColumnLayer Features(IExceptionContext context, DataViewSchema schema, VaeTableInfo info)
    {
        var columns = TableColumns.Of(context, schema, info);
        var added = new DataViewSchema.DetachedColumn(
            TableNames.Features,
            new VectorDataViewType(NumberDataViewType.Single, columns.Width),
            OutputAnnotations.OfSlots(TableNames.Of(info)));
        return new(context, schema, [added], columns.Columns.Select(column => column.Index), [], (row, _) =>
        {
            var reader = columns.Reader(row);
            return [(ValueGetter<VBuffer<float>>)((ref VBuffer<float> value) =>
            {
                var editor = VBufferEditor.Create(ref value, columns.Width);
                reader.Read(editor.Values);
                value = editor.Commit();
            })];
        });
    }

    /// <summary>Sums the contributions of features over the columns that they are of, and leaves out what is of features alone.</summary>
    /// <param name="context">Marks exceptions.</param>
    /// <param name="schema">What the model gives.</param>
    /// <param name="info">Of the table.</param>
    /// <param name="contributions">The column of the sums; <see langword="null"/>: none.</param>
    public static ColumnLayer Results(IExceptionContext context, DataViewSchema schema, VaeTableInfo info, string? contributions)
    {
        string[] left = [TableNames.Features, TableNames.Contributions, TableNames.Reconstruction];
        if (contributions is null)
            return new(context, schema, [], [], left, (_, _) => []);
        var source = schema[TableNames.Contributions];
        var modelled = info.Modelled;
        var owner = info.ColumnOfFeatures();
        var added = new DataViewSchema.DetachedColumn(
            contributions,
            new VectorDataViewType(NumberDataViewType.Single, modelled.Count),
            OutputAnnotations.OfSlots([.. modelled.Select(column => column.Name)]));
        return new(context, schema, [added], [source.Index], left, (row, _) =>
        {
            var getter = row.GetGetter<VBuffer<float>>(row.Schema[source.Index]);
            VBuffer<float> features = default;
            return [(ValueGetter<VBuffer<float>>)((ref VBuffer<float> value) =>
            {
                getter(ref features);
                var editor = VBufferEditor.Create(ref value, modelled.Count);
                editor.Values.Clear();
                foreach (var (slot, nats) in features.Items())
                    editor.Values[owner[slot]] += nats;
                value = editor.Commit();
            })];
        });
    }
}
