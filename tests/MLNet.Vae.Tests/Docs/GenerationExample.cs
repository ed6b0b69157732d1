using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Tests.Estimators;

namespace MLNet.Vae.Tests.Docs;

/// <summary>The lines shown in the documentation.</summary>
public sealed class GenerationExample
{
    [Fact]
    public void Samples_are_like_the_data()
    {
        var mlContext = new MLContext(seed: 1);
        var data = FactorRows.View(mlContext, 500);
        var detector = mlContext.AnomalyDetection.Trainers.Vae(new VaeAnomalyOptions
        {
            Architecture = VaeArchitecture.Mlp(32),
            Latent = VaeLatent.Gaussian(2),
            Contamination = 0.02,
            Training = new() { Epochs = 40, LearningRate = 0.01, Seed = 1 },
        });
        using var model = detector.Fit(data);
        mlContext.Model.Save(model, data.Schema, "model.zip");
        float[][] rows = [.. data.GetColumn<float[]>("Features")];
        var (row, other) = (rows[0], rows[1]);

        try
        {
            using var generator = VaeGenerator.From("model.zip");
            var samples = generator.Sample(count: 100, seed: 1);
            var likeIt = generator.SampleNear(row, scale: 1, count: 5, seed: 1);
            var between = generator.Interpolate(row, other, steps: 7);
            var codes = generator.Encode(rows);
            var noisy = generator.Decode(codes, draw: VaeDraw.Random, seed: 1);
            var scored = model.Transform(samples.ToDataView(mlContext));
            foreach (var value in samples.Rows[0])
                Console.Write($"{value:F2} ");

            Assert.Equal((100, 5, 7, 500), (samples.Count, likeIt.Count, between.Count, noisy.Count));
            Assert.InRange(scored.GetColumn<bool>("PredictedLabel").Count(anomalous => anomalous), 0, 5);
            Assert.All(likeIt.Rows.Concat(between.Rows.Take(1)), near => Assert.True(Distance(near, row) < Distance(other, row)));
        }
        finally
        {
            File.Delete("model.zip");
        }
    }

    private static double Distance(float[] a, float[] b) => a.Zip(b, (x, y) => (double)(x - y) * (x - y)).Sum();
}
