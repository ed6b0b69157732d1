using Microsoft.ML;
using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.FastTree;
using Microsoft.ML.Transforms;

namespace MLNet.Vae.Benchmarks.Numbers.Features;

/// <summary>
/// A learner of ML.NET with its defaults but one thread, with which it gives the same each time, for two classes and for more.
/// </summary>
/// <param name="Name">Of the learner.</param>
/// <param name="Binary">For two classes, with a Boolean label.</param>
/// <param name="Multiclass">For more, with a key.</param>
internal sealed record FeatureLearner(
    string Name,
    Func<MLContext, int, IEstimator<ITransformer>> Binary,
    Func<MLContext, int, IEstimator<ITransformer>> Multiclass)
{
    /// <summary>Of fewer rows a leaf of ten, FastTree's default, would be most of a class.</summary>
    private const int FewRows = 500, FewRowsInLeaf = 2, RowsInLeaf = 10;

    private const string Key = "Key";

    public static IReadOnlyList<FeatureLearner> All { get; } =
    [
        new(
            "SDCA",
            (mlContext, _) => mlContext.BinaryClassification.Trainers.SdcaLogisticRegression(
                new SdcaLogisticRegressionBinaryTrainer.Options { LabelColumnName = nameof(LabelledRow.IsSecond), NumberOfThreads = 1 }),
            (mlContext, _) => mlContext.MulticlassClassification.Trainers.SdcaMaximumEntropy(
                new SdcaMaximumEntropyMulticlassTrainer.Options { LabelColumnName = Key, NumberOfThreads = 1 })),
        new(
            "LBFGS",
            (mlContext, _) => mlContext.BinaryClassification.Trainers.LbfgsLogisticRegression(nameof(LabelledRow.IsSecond)),
            (mlContext, _) => mlContext.MulticlassClassification.Trainers.LbfgsMaximumEntropy(Key)),
        new(
            "FastTree",
            (mlContext, rows) => Tree(mlContext, rows, nameof(LabelledRow.IsSecond)),
            (mlContext, rows) => mlContext.MulticlassClassification.Trainers.OneVersusAll(Tree(mlContext, rows, Key), Key)),
    ];

    /// <returns>Area under the curve for two classes, accuracy for more; of test rows, 0 to 1.</returns>
    public double Score(float[][] rows, int[] labels, float[][] testRows, int[] testLabels, int classes)
    {
        var mlContext = new MLContext(1);
        var (training, test) = (LabelledRow.View(mlContext, rows, labels), LabelledRow.View(mlContext, testRows, testLabels));
        if (classes == 2)
        {
            var scored = Binary(mlContext, rows.Length).Fit(training).Transform(test);
            return mlContext.BinaryClassification.EvaluateNonCalibrated(scored, nameof(LabelledRow.IsSecond)).AreaUnderRocCurve;
        }
        var key = mlContext.Transforms.Conversion
            .MapValueToKey(Key, nameof(LabelledRow.Class), keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue)
            .Fit(test);
        var predicted = Multiclass(mlContext, rows.Length).Fit(key.Transform(training)).Transform(key.Transform(test));
        return mlContext.MulticlassClassification.Evaluate(predicted, Key).MicroAccuracy;
    }

    private static FastTreeBinaryTrainer Tree(MLContext mlContext, int rows, string label)
        => mlContext.BinaryClassification.Trainers.FastTree(new FastTreeBinaryTrainer.Options
        {
            LabelColumnName = label,
            FeatureColumnName = nameof(LabelledRow.Features),
            MinimumExampleCountPerLeaf = rows < FewRows ? FewRowsInLeaf : RowsInLeaf,
            NumberOfThreads = 1,
        });
}
