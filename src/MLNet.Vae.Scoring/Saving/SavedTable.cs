using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Cells;
using MLNet.Vae.Cursors;
using MLNet.Vae.Graphs;
using MLNet.Vae.Tables;

namespace MLNet.Vae.Saving;

/// <summary>A model of a table as a chain of stock ML.NET transformers, from the columns of the table on.</summary>
internal static class SavedTable
{
    private const string Prefix = "vae.column.";

    /// <summary>Whether stock transformers can read the columns: there is no time among them, and each key has names.</summary>
    public static bool CanRead(VaeModelInfo info) => info.Table is { } table && TableGraph.Fault(table) is null
        && !table.Modelled.Any(column => column.Type == CellType.Key && HasNumbersForNames(column));

    /// <summary>Of a key without names its numbers stand for these, and no stock transformer makes text of them.</summary>
    private static bool HasNumbersForNames(VaeTableColumn column)
        => column.Fields[0].Categories!.All(name => uint.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out _));

    /// <param name="model">Of a table.</param>
    /// <param name="temporary">A folder for what ML.NET writes on the way, which the transformer reads as long as it lives.</param>
    public static ITransformer Create(VaeModel model, string temporary)
    {
        var (mlContext, info) = (new MLContext { TempFilePath = temporary }, model.Info);
        var columns = info.Table!.Modelled;
        var steps = new List<ITransformer>();
        var schema = Schema(columns);
        var (inputs, between) = (new List<string>(), new List<string> { TableNames.Features });
        foreach (var column in columns)
        {
            if (Converted(mlContext, column) is { } conversion)
            {
                Add(conversion);
                between.Add(Prefix + column.Name);
                inputs.Add(Prefix + column.Name);
            }
            else
            {
                inputs.Add(column.Name);
            }
        }
        using (var front = new MemoryStream(TableForm.Features(info, inputs), writable: false))
            Add(mlContext.Transforms.ApplyOnnxModel([TableNames.Features], [.. inputs], front));
        var scored = SavedPipeline.Create(model, temporary);
        steps.Add(scored);
        schema = scored.GetOutputSchema(schema);
        if (info.Table.ContributionsColumn is { } contributions && info.Columns.Contributions == TableNames.Contributions)
        {
            between.Add(TableNames.Contributions);
            using var sums = new MemoryStream(TableForm.Contributions(info, contributions), writable: false);
            Add(mlContext.Transforms.ApplyOnnxModel([contributions], [TableNames.Contributions], sums));
        }
        Add(mlContext.Transforms.DropColumns([.. between]));
        return new TransformerChain<ITransformer>([.. steps]);

        void Add(IEstimator<ITransformer> step)
        {
            var fitted = step.Fit(new NoRows(schema));
            steps.Add(fitted);
            schema = fitted.GetOutputSchema(schema);
        }
    }

    /// <summary>What makes a column text or float32; <see langword="null"/>: it is that already.</summary>
    private static IEstimator<ITransformer>? Converted(MLContext mlContext, VaeTableColumn column) => column.Type switch
    {
        CellType.Text or nameof(Single) or "Vector<Single>" => null,
        CellType.Key => mlContext.Transforms.Conversion.MapKeyToValue(Prefix + column.Name, column.Name),
        _ => mlContext.Transforms.Conversion.ConvertType(Prefix + column.Name, column.Name, DataKind.Single),
    };

    private static DataViewSchema Schema(IEnumerable<VaeTableColumn> columns)
    {
        var schema = new DataViewSchema.Builder();
        foreach (var column in columns)
        {
            schema.AddColumn(
                column.Name,
                CellGetter.TypeOf(column),
                column.Type == CellType.Key ? Columns.OutputAnnotations.OfKeys(column.Fields[0].Categories!) : null);
        }
        return schema.ToSchema();
    }
}
