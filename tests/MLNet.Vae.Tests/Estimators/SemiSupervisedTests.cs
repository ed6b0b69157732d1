using MLNet.Vae.Interop;
using MLNet.Vae.Tests.Kit;
using MLNet.Vae.Tests.Saving;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Tests.Estimators;

/// <summary>A classifier of few labels as an ML.NET component.</summary>
public sealed class SemiSupervisedTests
{
    private static readonly VaeSemiSupervisedOptions Tiny = new()
    {
        Architecture = VaeArchitecture.Mlp(16),
        Latent = VaeLatent.SemiSupervised(2),
        Likelihood = VaeLikelihood.Bernoulli,
        Training = new() { Epochs = 2, BatchSize = 64, Seed = 1, Threads = 1, ValidationFraction = 0 },
    };

    private readonly MLContext _mlContext = new(seed: 1);

    /// <summary>Six labels of each of three kinds: what rows are like says the rest.</summary>
    [Fact]
    public void Rows_without_labels_help_to_tell_classes_apart()
    {
        var rows = SemiSupervisedRows.Create(1_500, labelledPerClass: 6);
        var train = SemiSupervisedRows.View(_mlContext, rows);
        var known = SemiSupervisedRows.View(_mlContext, rows.Where(row => row.Label < SemiSupervisedRows.Classes));
        var test = SemiSupervisedRows.View(_mlContext, SemiSupervisedRows.Create(600, 0, seed: 2));
        using var transformer = _mlContext.MulticlassClassification.Trainers.VaeSemiSupervised(Tiny with
        {
            Training = Tiny.Training with { Epochs = 40, LearningRate = 0.005 },
        }).Fit(train);

        var scored = transformer.Transform(test);
        var metrics = _mlContext.MulticlassClassification.Evaluate(scored, nameof(SemiSupervisedRows.Row.Kind));
        Assert.Equal(SemiSupervisedRows.Classes, metrics.ConfusionMatrix.NumberOfClasses);

        var learner = _mlContext.MulticlassClassification.Trainers.LbfgsMaximumEntropy().Fit(known);
        var alone = _mlContext.MulticlassClassification.Evaluate(learner.Transform(test), nameof(SemiSupervisedRows.Row.Kind));
        Assert.True(metrics.MicroAccuracy > 0.93, $"{metrics.MicroAccuracy}; {alone.MicroAccuracy} by the labelled rows alone");
        Assert.True(metrics.MicroAccuracy > alone.MicroAccuracy, $"{metrics.MicroAccuracy}, {alone.MicroAccuracy}");

        var probabilities = scored.GetColumn<float[]>("Score").ToArray();
        Assert.All(probabilities, row => Assert.Equal(1, row.Sum(), 1e-4));
        Assert.Equal(
            probabilities.Select(row => (uint)Array.IndexOf(row, row.Max()) + 1), scored.GetColumn<uint>("PredictedLabel"));
    }

    [Fact]
    public void Columns_are_those_of_a_multiclass_trainer()
    {
        var data = SemiSupervisedRows.View(_mlContext, SemiSupervisedRows.Create(200, 5));
        var estimator = _mlContext.MulticlassClassification.Trainers.VaeSemiSupervised(Tiny);
        using var transformer = estimator.Fit(data);
        var info = transformer.Model.Info;
        Assert.Equal((VaeLatentKind.SemiSupervised, 3, 5), (info.LatentKind, info.ClassCount, info.LatentDimension));
        Assert.Equal(0, info.ConditionCount);
        Assert.Equal(SemiSupervisedRows.Names, info.ClassNames);

        var stock = _mlContext.MulticlassClassification.Trainers.LbfgsMaximumEntropy("Kind").Fit(data).GetOutputSchema(data.Schema);
        var own = transformer.GetOutputSchema(data.Schema);
        foreach (var column in new[] { "Score", "PredictedLabel" })
        {
            Assert.Equal(stock[column].Type, own[column].Type);
            foreach (var annotation in new[] { "SlotNames", "KeyValues", "ScoreColumnKind", "ScoreValueKind" })
                Assert.Equal(Text(stock[column], annotation), Text(own[column], annotation));
        }
        SchemaAssert.SameShape(estimator.GetOutputSchema(MLNetInternals.Shape(data.Schema)), MLNetInternals.Shape(own));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_saved_pipeline_predicts_the_same(bool named)
    {
        var rows = SemiSupervisedRows.Create(200, 5);
        var data = named ? SemiSupervisedRows.View(_mlContext, rows) : _mlContext.Data.LoadFromEnumerable(rows);
        using var transformer = _mlContext.MulticlassClassification.Trainers
            .VaeSemiSupervised(Tiny with { EmbeddingColumnName = "Embedding" }).Fit(data);
        // Labels are read in training only.
        var unlabelled = _mlContext.Transforms.DropColumns("Label").Fit(data).Transform(data);
        var loaded = SavedModel.RoundTrip(transformer, unlabelled.Schema);

        var (expected, actual) = (transformer.Transform(unlabelled), loaded.Transform(unlabelled));
        SchemaAssert.Same(expected.Schema, actual.Schema, "Score", "PredictedLabel");
        ViewAssert.SameRows(expected, actual, _ => true);
        using var again = VaeTransformer.From(_mlContext, loaded);
        SchemaAssert.Same(expected.Schema, again.GetOutputSchema(unlabelled.Schema));
        ViewAssert.SameRows(expected, again.Transform(unlabelled), _ => true);
        using var generator = VaeGenerator.From(again);
        Assert.All(generator.Sample(9, 1).Latents, z => Assert.Equal([1f], z[2..].Where(value => value != 0)));
    }

    [Fact]
    public void Labelled_rows_come_as_often_as_makes_them_their_share()
    {
        var data = SemiSupervisedRows.View(_mlContext, SemiSupervisedRows.Create(600, 5));
        long Rows(double share) => _mlContext.MulticlassClassification.Trainers
            .VaeSemiSupervised(Tiny with { Latent = new SemiSupervisedLatent { Dimension = 2, LabelledShare = share } })
            .Fit(data).Model.Info.Training!.TrainingRows;
        Assert.Equal(600, Rows(0));
        // 15 labelled, 585 not: 65 wanted, so five times.
        Assert.Equal(600 + (4 * 15), Rows(0.1));
    }

    [Fact]
    public void What_it_cannot_train_on_is_told_of()
    {
        var none = SemiSupervisedRows.View(_mlContext, SemiSupervisedRows.Create(50, 0));
        Assert.Equal(
            "The label column 'Label' is missing in all of 50 rows: expected some rows of each class with a label. Give labels, or train "
            + "without them (Transforms.VaeEmbed).",
            Assert.Throws<InvalidOperationException>(
                () => _mlContext.MulticlassClassification.Trainers.VaeSemiSupervised(Tiny).Fit(none)).Message);
        Assert.Contains(
            "The label column \"Number\" must be a key",
            Assert.Throws<ArgumentOutOfRangeException>(() => _mlContext.MulticlassClassification.Trainers
                .VaeSemiSupervised(Tiny with { LabelColumnName = "Number" })
                .Fit(_mlContext.Transforms.Conversion.ConvertType("Number", "Features").Fit(none).Transform(none))).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "Latent SemiSupervised needs labels; train it with MulticlassClassification.Trainers.VaeSemiSupervised, or choose another",
            Assert.Throws<ArgumentException>(
                () => _mlContext.Transforms.VaeEmbed(new VaeOptions { Latent = VaeLatent.SemiSupervised(2) })).Message,
            StringComparison.Ordinal);
        var faults = Assert.Throws<ArgumentException>(() => _mlContext.MulticlassClassification.Trainers.VaeSemiSupervised(Tiny with
        {
            Latent = VaeLatent.Gaussian(2),
            LabelColumnName = "Features",
            Condition = new() { ColumnName = "Kind" },
            Objective = new() { Samples = 2 },
        })).Message;
        Assert.Contains("Latent must be VaeLatent.SemiSupervised, which has a class, but is Gaussian", faults, StringComparison.Ordinal);
        Assert.Contains("LabelColumnName must be another column than FeatureColumnName", faults, StringComparison.Ordinal);
        Assert.Contains("Condition must be null", faults, StringComparison.Ordinal);
        Assert.Contains("Objective must have one sample a row", faults, StringComparison.Ordinal);
    }

    private static string Text(DataViewSchema.Column column, string annotation)
    {
        var type = column.Annotations.Schema.GetColumnOrNull(annotation)?.Type;
        if (type is null)
            return "none";
        if (type is TextDataViewType)
        {
            ReadOnlyMemory<char> text = default;
            column.Annotations.GetValue(annotation, ref text);
            return text.ToString();
        }
        VBuffer<ReadOnlyMemory<char>> texts = default;
        column.Annotations.GetValue(annotation, ref texts);
        return string.Join(' ', texts.DenseValues());
    }
}
