using MathNet.Numerics.Distributions;
using MLNet.Vae.Tests.Kit;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Tests.Docs;

/// <summary>The lines shown in the documentation.</summary>
public sealed class CountsExample
{
    private const int Width = 6;

    [Fact]
    public void Counts_are_expected_as_often_as_they_come()
    {
        var mlContext = new MLContext(seed: 1);
        var rows = Rows(600);
        var data = SampleData.Features(mlContext, rows, Width);

        var counts = new VaeOptions
        {
            Likelihood = VaeLikelihood.Poisson,
            Latent = VaeLatent.Gaussian(2),
            ReconstructionColumnName = "Expected",
        };
        var transformer = mlContext.Transforms.VaeEmbed(counts).Fit(data);

        using (transformer)
        {
            var expected = transformer.Transform(data).GetColumn<float[]>("Expected").ToList();
            for (var kind = 0; kind < 2; kind++)
            {
                for (var j = 0; j < Width; j++)
                    Assert.InRange(expected.Where((_, i) => i % 2 == kind).Average(row => row[j]) / Rate(kind, j), 0.8, 1.25);
            }
        }
    }

    [Fact]
    public void Counts_that_vary_more_than_a_Poisson_are_told_apart_from_it()
    {
        var mlContext = new MLContext(seed: 1);
        var random = new Random(2);
        var rows = Rows(600);
        foreach (var row in rows)
        {
            for (var j = 0; j < Width; j++)
                row[j] = Poisson.Sample(random, Math.Max(1e-9, row[j] * Gamma.Sample(random, 1, 1)));
        }
        var data = SampleData.Features(mlContext, rows, Width);
        var counts = new VaeOptions { Likelihood = VaeLikelihood.Poisson, Latent = VaeLatent.Gaussian(2) };

        var spread = counts with { Likelihood = VaeLikelihood.NegativeBinomial };
        var transformer = mlContext.Transforms.VaeEmbed(spread).Fit(data);

        using (transformer)
        using (var plain = mlContext.Transforms.VaeEmbed(counts).Fit(data))
            Assert.True(transformer.Model.Info.Training!.Best.Elbo > plain.Model.Info.Training!.Best.Elbo + 1);
    }

    /// <summary>Two kinds of visitors, who go to different places.</summary>
    private static float[][] Rows(int count)
    {
        var random = new Random(1);
        return
        [
            .. Enumerable.Range(0, count)
                .Select(i => Enumerable.Range(0, Width).Select(j => (float)Poisson.Sample(random, Rate(i % 2, j))).ToArray()),
        ];
    }

    private static double Rate(int kind, int place) => kind == 0 ? 2 + (4 * place) : 22 - (4 * place);
}
