using MLNet.Vae.Modules;
using MLNet.Vae.Tests.Kit;
using MLNet.Vae.Tests.Training;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Tests.Docs;

/// <summary>The lines shown in the documentation.</summary>
public sealed class AnomaliesExample
{
    private const int Features = 7;

    [Fact]
    public void Runs_as_it_stands()
    {
        var mlContext = new MLContext(seed: 1);
        var rows = Rows(480);
        var (usual, unusual) = (rows[400..460], rows[460..].ConvertAll(Disturbed));
        var normal = SampleData.Features(mlContext, rows[..400], Features);
        var batch = SampleData.Features(mlContext, usual.Concat(unusual), Features);

        var options = new VaeAnomalyOptions
        {
            Contamination = 0.05,
            Likelihood = VaeLikelihood.Mixed(("Readings", 4, VaeLikelihood.Gaussian), ("Machine", 3, VaeLikelihood.Categorical)),
            ScoreKind = VaeScoreKind.NegativeLogLikelihood,
            Training = new() { Epochs = 60, LearningRate = 0.005, Seed = 1 },
        };
        using var detector = mlContext.AnomalyDetection.Trainers.Vae(options).Fit(normal);
        mlContext.Model.Save(detector, normal.Schema, "detector.zip");

        var scored = mlContext.Model.Load("detector.zip", out _).Transform(batch);
        var pValues = scored.GetColumn<float>("PValue").ToArray();
        var reported = VaeFalseDiscoveryRate.Control(pValues, rate: 0.1);

        File.Delete("detector.zip");
        Assert.Equal(detector.Transform(batch).GetColumn<float>("PValue"), pValues);
        Assert.True(reported.Skip(usual.Count).Count(report => report) > 15);
        Assert.True(reported.Take(usual.Count).Count(report => report) < 8);
    }

    private static List<float[]> Rows(int count)
    {
        var readings = Trainer.FactorRows(count, features: 4, factors: 2, noise: 0.2, seed: 1);
        return [.. readings.Select((row, i) => row.Concat(Enumerable.Range(0, 3).Select(machine => i % 3 == machine ? 1f : 0)).ToArray())];
    }

    /// <summary>Readings that go against each other, of a machine that training has not seen.</summary>
    private static float[] Disturbed(float[] row) => [row[0] + 4, row[1] - 4, row[2] + 4, row[3] - 4, 0, 0, 0];
}
