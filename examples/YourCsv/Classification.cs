using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae;

namespace YourCsv;

/// <summary>Boosted trees on the features and on their embedding.</summary>
internal sealed class Classification(MLContext mlContext, FeaturePipeline features)
{
    private const double TestFraction = 0.25;

    private readonly DataOperationsCatalog.TrainTestData _data
        = mlContext.Data.TrainTestSplit(features.Load(mlContext), TestFraction);

    public (ITransformer Model, ClassAccuracy Accuracy) OnFeatures()
        => FitAndTest("the columns", FeaturePipeline.Features, features.Build(mlContext));

    public (ITransformer Model, ClassAccuracy Accuracy) OnEmbedding(int latentDimension, IProgress<VaeTrainingProgress> progress)
        => FitAndTest("VaeEmbed's embedding", "Embedding", features.Build(mlContext).Append(mlContext.Transforms.VaeEmbed(new VaeOptions
        {
            InputColumnName = FeaturePipeline.Features,
            OutputColumnName = "Embedding",
            Latent = VaeLatent.Gaussian(latentDimension),
            Training = new() { Progress = progress },
        })));

    private (ITransformer Model, ClassAccuracy Accuracy) FitAndTest(
        string name,
        string column,
        IEstimator<ITransformer> featuresOrEmbedding
    )
    {
        var pipeline = featuresOrEmbedding
            .Append(mlContext.Transforms.Conversion.MapValueToKey(FeaturePipeline.Label))
            .Append(mlContext.MulticlassClassification.Trainers.OneVersusAll(
                mlContext.BinaryClassification.Trainers.FastTree(FeaturePipeline.Label, column)))
            .Append(mlContext.Transforms.Conversion.MapKeyToValue("PredictedLabel"));
        var watch = Stopwatch.StartNew();
        var model = pipeline.Fit(_data.TrainSet);
        var elapsed = watch.Elapsed;
        var scored = model.Transform(_data.TestSet);
        var metrics = mlContext.MulticlassClassification.Evaluate(scored);
        var count = ((VectorDataViewType)scored.Schema[column].Type).Size;
        return (model, new(name, count, metrics.MicroAccuracy, metrics.MacroAccuracy, elapsed));
    }
}
