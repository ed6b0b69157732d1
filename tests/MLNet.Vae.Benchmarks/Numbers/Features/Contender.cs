using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Data;

namespace MLNet.Vae.Benchmarks.Numbers.Features;

/// <summary>Features of the training rows and of the test rows, made without labels.</summary>
/// <param name="Name">What they are.</param>
/// <param name="Rows">Of the training, <c>[rows][features]</c>.</param>
/// <param name="TestRows">Of the test.</param>
/// <param name="Seconds">To make them.</param>
internal sealed record Contender(string Name, float[][] Rows, float[][] TestRows, double Seconds)
{
    private const string Made = "Made";

    /// <summary>The features themselves, scaled as the library does.</summary>
    public static Contender Scaled(string name, FeatureData data, VaeNormalization normalization)
    {
        var clock = Stopwatch.StartNew();
        var statistics = new ColumnStatistics(data.Rows[0].Length);
        statistics.Add(new(data.Rows.SelectMany(row => row).ToArray(), data.Rows.Length));
        var scaling = statistics.Scaling(_ => normalization, isReconstructed: _ => false);
        return new(name, Of(data.Rows), Of(data.TestRows), clock.Elapsed.TotalSeconds);

        float[][] Of(float[][] rows)
            => Array.ConvertAll(rows, row => row.Select((value, j) => (value - scaling.Offset[j]) / scaling.Scale[j]).ToArray());
    }

    /// <summary>ML.NET's principal components.</summary>
    public static Contender Principal(string name, Contender of, int rank)
        => Transformed(name, of.Rows, of.TestRows, (mlContext, training) =>
            mlContext.Transforms.ProjectToPrincipalComponents(Made, nameof(LabelledRow.Features), rank: rank, seed: 1).Fit(training));

    /// <summary>A model's embedding.</summary>
    public static Contender Embedded(string name, FeatureData data, VaeOptions options, int threads)
        => Transformed(name, data.Rows, data.TestRows, (mlContext, training) =>
        {
            var transformer = mlContext.Transforms.VaeEmbed(options with
            {
                InputColumnName = nameof(LabelledRow.Features),
                OutputColumnName = Made,
                Training = options.Training with { Seed = 1, Threads = threads },
            }).Fit(training);
            Trained.Sound(transformer.Model.Info.Training!);
            return transformer;
        });

    /// <summary>These after those of another.</summary>
    public Contender Beside(string name, Contender other) => new(
        name,
        [.. other.Rows.Zip(Rows, (first, second) => (float[])[.. first, .. second])],
        [.. other.TestRows.Zip(TestRows, (first, second) => (float[])[.. first, .. second])],
        Seconds);

    private static Contender Transformed(
        string name, float[][] rows, float[][] testRows, Func<MLContext, IDataView, ITransformer> fit)
    {
        var mlContext = new MLContext(1);
        var (training, test) = (LabelledRow.View(mlContext, rows, null), LabelledRow.View(mlContext, testRows, null));
        var clock = Stopwatch.StartNew();
        var transformer = fit(mlContext, training);
        float[][] made = [.. transformer.Transform(training).GetColumn<float[]>(Made)];
        var seconds = clock.Elapsed.TotalSeconds;
        float[][] madeOfTest = [.. transformer.Transform(test).GetColumn<float[]>(Made)];
        (transformer as IDisposable)?.Dispose();
        return new(name, made, madeOfTest, seconds);
    }
}
