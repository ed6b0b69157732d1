using System.Diagnostics;
using Microsoft.ML;
using MLNet.Vae;

namespace FileFragments;

/// <summary>Tells the kind of the file a fragment is from, by boosted trees over the histogram itself or over its embedding.</summary>
internal static class KindRecognition
{
    public static IEstimator<ITransformer> OnHistogram(MLContext mlContext)
        => mlContext.Transforms.Conversion.MapValueToKey("Label", "Kind")
            .Append(mlContext.MulticlassClassification.Trainers.OneVersusAll(
                mlContext.BinaryClassification.Trainers.FastTree("Label", "Features")))
            .Append(mlContext.Transforms.Conversion.MapKeyToValue("PredictedLabel"));

    public static IEstimator<ITransformer> OnEmbedding(MLContext mlContext, int dimensions, IProgress<VaeTrainingProgress> progress)
        => mlContext.Transforms.Conversion.MapValueToKey("Label", "Kind")
            .Append(mlContext.Transforms.VaeEmbed(new VaeOptions
            {
                InputColumnName = "Features",
                OutputColumnName = "Embedding",
                Latent = VaeLatent.Gaussian(dimensions),
                Normalization = VaeNormalization.None,
                Training = new() { Progress = progress },
            }))
            .Append(mlContext.MulticlassClassification.Trainers.OneVersusAll(
                mlContext.BinaryClassification.Trainers.FastTree("Label", "Embedding")))
            .Append(mlContext.Transforms.Conversion.MapKeyToValue("PredictedLabel"));

    public static (ITransformer Model, KindAccuracy Accuracy) FitAndTest(MLContext mlContext, string features,
        IEstimator<ITransformer> pipeline, IDataView train, IDataView test)
    {
        var watch = Stopwatch.StartNew();
        var model = pipeline.Fit(train);
        var elapsed = watch.Elapsed;
        var embedding = Vae(model)?.Model.Info;
        var embeddingTime = embedding?.Training?.Elapsed ?? TimeSpan.Zero;
        var metrics = mlContext.MulticlassClassification.Evaluate(model.Transform(test));
        return (model, new(features, embedding?.LatentDimension ?? ByteHistogram.Bins,
            metrics.MicroAccuracy, metrics.MacroAccuracy, embeddingTime, elapsed - embeddingTime));
    }

    /// <summary>The autoencoder inside a pipeline.</summary>
    public static VaeTransformer? Vae(ITransformer model) =>
        (model as IEnumerable<ITransformer>)?.OfType<VaeTransformer>().SingleOrDefault();
}
