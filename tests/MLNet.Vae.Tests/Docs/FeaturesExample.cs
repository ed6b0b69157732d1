using MLNet.Vae.Tests.Estimators;
using MLNet.Vae.Tests.Training;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Tests.Docs;

/// <summary>The lines shown in the documentation.</summary>
public sealed class FeaturesExample
{
    private const int Width = 12;

    [Fact]
    public void Runs_as_it_stands()
    {
        var mlContext = new MLContext(seed: 1);
        var rows = Trainer.FactorRows(count: 600, Width, factors: 3, noise: 0.1, seed: 1);
        var all = View(mlContext, rows);
        var labelled = View(mlContext, rows[..60]);

        var pipeline = mlContext.Transforms.VaeEmbed(VaeOptions.Features(dimension: 4) with { OutputColumnName = "Learned" })
            .Append(mlContext.Transforms.Concatenate("Both", "Features", "Learned"));
        var features = pipeline.Fit(all);
        var learner = mlContext.BinaryClassification.Trainers.LbfgsLogisticRegression("Label", "Learned");
        var model = features.Append(learner.Fit(features.Transform(labelled)));

        var metrics = mlContext.BinaryClassification.Evaluate(model.Transform(View(mlContext, rows[60..])));
        Assert.InRange(metrics.Accuracy, 0.85, 1);
    }

    [Fact]
    public void The_log_names_the_range_that_columns_share()
    {
        var mlContext = new MLContext(seed: 1);
        var log = new ContextLog(mlContext);
        var random = new Random(1);
        float[][] rows = [.. Enumerable.Range(0, 100).Select(_ => Enumerable.Range(0, Width).Select(_ => random.Next(3) / 2f).ToArray())];
        var options = VaeOptions.Features(2) with { Training = new() { Epochs = 1 } };
        mlContext.Transforms.VaeEmbed(options).Fit(View(mlContext, rows)).Dispose();
        Assert.Contains(log.Training, message => message.Contains("12 values of a row share the range 0 to 1", StringComparison.Ordinal));
    }

    private static IDataView View(MLContext mlContext, float[][] rows)
    {
        var schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, Width);
        return mlContext.Data.LoadFromEnumerable(rows.Select(row => new Row { Features = row, Label = row[0] > 0 }), schema);
    }

    private sealed class Row
    {
        public float[] Features { get; init; } = [];

        public bool Label { get; init; }
    }
}
