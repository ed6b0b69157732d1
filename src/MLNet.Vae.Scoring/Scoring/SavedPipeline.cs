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

    /// <summary>Vector columns come straight from ONNX; score and label by way of <see cref="DetectionMapping"/>.</summary>
    public static ITransformer Create(VaeModel model)
    {
        var mlContext = new MLContext();
        var columns = model.Info.Columns;
        var data = Empty(mlContext, columns.Features, model.Info.FeatureCount);
        string[] vectors = [.. PipelineColumns.Vectors(model.Info).Select(vector => vector.Column)];

        using var graph = new MemoryStream(model.ToPipelineOnnx(), writable: false);
        if (!PipelineColumns.NeedDetection(columns))
        {
            return mlContext.Transforms.ApplyOnnxModel(vectors, [columns.Features], graph).Fit(data);
        }

        IEstimator<ITransformer> chain = mlContext.Transforms
            .ApplyOnnxModel([.. vectors, PipelineColumns.Detection], [columns.Features], graph)
            .Append(mlContext.Transforms.CustomMapping(new DetectionMapping().GetMapping(), DetectionMapping.Contract));
        chain = CopyTo(columns.Score, DetectionMapping.ScoreColumn);
        chain = CopyTo(columns.PredictedLabel, DetectionMapping.LabelColumn);
        return chain
            .Append(mlContext.Transforms.DropColumns(PipelineColumns.Detection, DetectionMapping.ScoreColumn, DetectionMapping.LabelColumn))
            .Fit(data);

        IEstimator<ITransformer> CopyTo(string? column, string source)
            => column is null ? chain : chain.Append(mlContext.Transforms.CopyColumns(column, source));
    }

    // The chain is fitted to no rows: none of its parts learns anything, but each checks the schema.
    private static IDataView Empty(MLContext mlContext, string column, int width)
    {
        var schema = SchemaDefinition.Create(typeof(FeaturesRow));
        schema[0].ColumnName = column;
        schema[0].ColumnType = new VectorDataViewType(NumberDataViewType.Single, width);
        return mlContext.Data.LoadFromEnumerable(Array.Empty<FeaturesRow>(), schema);
    }

    internal sealed class FeaturesRow
    {
        public float[] Features { get; set; } = [];
    }
}
