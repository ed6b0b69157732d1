using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using MLNet.Vae.Onnx;

namespace MLNet.Vae.Scoring;

/// <summary>A transformer as a chain of stock ML.NET transformers: what is written to a model.zip.</summary>
internal static class SavedPipeline
{
    public static void Save(IExceptionContext context, VaeModel model, ModelSaveContext destination)
    {
        var pipeline = OnnxRuntimeErrors.Translate(context, () => Create(model));
        try
        {
            ((ICanSaveModel)pipeline).Save(destination);
        }
        finally
        {
            (pipeline as IDisposable)?.Dispose();
        }
    }

    /// <summary>Vector columns come straight from ONNX, keys by way of a stock mapping, score and label by way of <see cref="DetectionMapping"/>.</summary>
    public static ITransformer Create(VaeModel model)
    {
        var mlContext = new MLContext();
        var columns = model.Info.Columns;
        var data = Empty(mlContext, columns.Features, model.Info.FeatureCount);
        string[] outputs = [.. PipelineColumns.Vectors(model.Info).Select(vector => vector.Column)];
        var needsDetection = PipelineColumns.NeedDetection(columns);
        if (needsDetection)
        {
            outputs = [.. outputs, PipelineColumns.Detection];
        }

        using var graph = new MemoryStream(model.ToPipelineOnnx(), writable: false);
        var onnx = mlContext.Transforms.ApplyOnnxModel(outputs, [columns.Features], graph);
        if (columns.Codes is null && !needsDetection)
        {
            return onnx.Fit(data);
        }

        IEstimator<ITransformer> chain = onnx;
        var temporary = new List<string>();
        if (columns.Codes is { } codes)
        {
            chain = chain.Append(mlContext.Transforms.Conversion.MapValueToKey(
                codes, PipelineColumns.CodeNumbers, addKeyValueAnnotationsAsText: true, keyData: CodeNumbers(mlContext, model.Info.CodebookSize)));
            temporary.Add(PipelineColumns.CodeNumbers);
        }

        if (needsDetection)
        {
            chain = chain.Append(mlContext.Transforms.CustomMapping(new DetectionMapping().GetMapping(), DetectionMapping.Contract));
            CopyTo(columns.Score, DetectionMapping.ScoreColumn);
            CopyTo(columns.PredictedLabel, DetectionMapping.LabelColumn);
            temporary.AddRange([PipelineColumns.Detection, DetectionMapping.ScoreColumn, DetectionMapping.LabelColumn]);
        }

        return chain.Append(mlContext.Transforms.DropColumns([.. temporary])).Fit(data);

        void CopyTo(string? column, string source)
        {
            if (column is not null)
            {
                chain = chain.Append(mlContext.Transforms.CopyColumns(column, source));
            }
        }
    }

    /// <summary>The numbers of a codebook's entries in order: the keys that they become count from 1.</summary>
    private static IDataView CodeNumbers(MLContext mlContext, int count)
        => mlContext.Data.LoadFromEnumerable(Enumerable.Range(0, count).Select(number => new NumberRow { Number = number }));

    // The chain is fitted to no rows: none of its parts learns anything, but each checks the schema.
    private static IDataView Empty(MLContext mlContext, string column, int width)
    {
        var schema = SchemaDefinition.Create(typeof(FeaturesRow));
        schema[0].ColumnName = column;
        schema[0].ColumnType = new VectorDataViewType(NumberDataViewType.Single, width);
        return mlContext.Data.LoadFromEnumerable(Array.Empty<FeaturesRow>(), schema);
    }

    internal sealed class NumberRow
    {
        public float Number { get; set; }
    }

    internal sealed class FeaturesRow
    {
        public float[] Features { get; set; } = [];
    }
}
