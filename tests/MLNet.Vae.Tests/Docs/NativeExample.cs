using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Tests.Estimators;

namespace MLNet.Vae.Tests.Docs;

/// <summary>The lines shown in the documentation.</summary>
public sealed class NativeExample
{
    [Fact]
    public void Arrays_are_scored_as_views_are()
    {
        var mlContext = new MLContext(seed: 1);
        var data = FactorRows.View(mlContext, 300);
        var trainer = mlContext.AnomalyDetection.Trainers.Vae(new VaeAnomalyOptions
        {
            Architecture = VaeArchitecture.Mlp(16),
            Latent = VaeLatent.Gaussian(2),
            Contamination = 0.02,
            Training = new() { Epochs = 10, Seed = 1 },
        });
        using var detector = trainer.Fit(data);
        var expected = detector.Transform(data);
        float[][] table = [.. data.GetColumn<float[]>("Features")];
        using var file = File.Create("scorer.onnx");
        detector.Model.ExportOnnx(VaeGraph.Scorer, file);
        file.Dispose();

        try
        {
            using var scorer = VaeModel.Load("scorer.onnx").CreateScorer(new() { Threads = 1 });
            var (count, features) = (table.Length, scorer.Model.Info.FeatureCount);
            float[] rows = [.. table.SelectMany(row => row)];                 // [count, features], one row after the other
            var scores = new float[count];
            scorer.Score(rows, scores);
            for (var row = 0; row < count; row++)
            {
                if (scorer.PredictedLabel(scores[row]))
                    Console.WriteLine($"row {row}: score {scores[row]}, p-value {scorer.PValue(scores[row])}");
            }

            var embedding = new float[count * scorer.Model.Info.LatentDimension];
            scorer.Encode(rows, embedding);
            var contributions = new float[count * features];
            scorer.Contributions(rows, scores, contributions);                // each feature's share, in the same run
            var reconstruction = new float[count * features];
            scorer.Reconstruct(rows, reconstruction);

            using var generator = VaeGenerator.From("scorer.onnx");
            var samples = generator.Sample(count: 100, seed: 1).Rows;         // 100 arrays of as many values as there are features
            var decoded = generator.Decode(generator.Encode(table)).Rows;

            Assert.Equal(expected.GetColumn<bool>("PredictedLabel"), scores.Select(scorer.PredictedLabel));
            Assert.Equal((100, count), (samples.Count, decoded.Count));
            foreach (var (with, without) in expected.GetColumn<float>("Score").Zip(scores))
                Assert.Equal(with, without, 1e-4f * Math.Max(1, Math.Abs(with)));
            Assert.Equal(embedding.Length, expected.GetColumn<float>("Score").Count() * 2);
            Assert.All(reconstruction, value => Assert.True(float.IsFinite(value)));
        }
        finally
        {
            File.Delete("scorer.onnx");
        }
    }
}
