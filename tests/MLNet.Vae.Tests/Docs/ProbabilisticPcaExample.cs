using MLNet.Vae.Modules;
using MLNet.Vae.Tests.Initialization;
using MLNet.Vae.Tests.Kit;
using MLNet.Vae.Tests.Training;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Tests.Docs;

public sealed class ProbabilisticPcaExample
{
    [Fact]
    public void Runs_as_it_stands()
    {
        var mlContext = new MLContext(seed: 1);
        var rows = Trainer.FactorRows(count: 400, features: 10, factors: 3, noise: 0.3, seed: 1);
        var data = SampleData.Features(mlContext, rows, width: 10);

        var options = new VaeOptions
        {
            Architecture = VaeArchitecture.Linear,
            Latent = VaeLatent.Gaussian(3),
            ScoreColumnName = "Score",
            Training = new() { Initialization = VaeInitialization.ProbabilisticPca, Epochs = 0, ValidationFraction = 0 },
        };
        using var pca = mlContext.Transforms.VaeEmbed(options).Fit(data);
        var logLikelihood = pca.Model.Info.Training!.Best.Elbo;
        var embedded = pca.Transform(data);
        mlContext.Model.Save(pca, data.Schema, "pca.zip");

        try
        {
            ViewAssert.SameRows(embedded, mlContext.Model.Load("pca.zip", out _).Transform(data), _ => true);
        }
        finally
        {
            File.Delete("pca.zip");
        }
        var standardised = Standardised(rows);
        Assert.Equal(new ProbabilisticPca(standardised, 3).LogLikelihood, logLikelihood, 1e-4);
        var embedding = embedded.GetColumn<float[]>("Embedding").ToArray();
        Assert.All(Enumerable.Range(0, 3), l => Assert.Equal(0, embedding.Average(z => z[l]), 1e-4));
    }

    private static float[][] Standardised(float[][] rows)
    {
        var mean = Enumerable.Range(0, 10).Select(j => rows.Average(row => (double)row[j])).ToArray();
        var deviation = Enumerable.Range(0, 10).Select(j => Math.Sqrt(rows.Average(row => Math.Pow(row[j] - mean[j], 2)))).ToArray();
        return [.. rows.Select(row => row.Select((value, j) => (float)((value - mean[j]) / deviation[j])).ToArray())];
    }
}
