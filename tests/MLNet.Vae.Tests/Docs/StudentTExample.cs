using MLNet.Vae.Tests.Kit;
using MLNet.Vae.Tests.Training;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Tests.Docs;

/// <summary>The lines shown in the documentation.</summary>
public sealed class StudentTExample
{
    private const int Width = 6;

    [Fact]
    public void Rows_with_wild_values_are_learned_and_told()
    {
        var mlContext = new MLContext(seed: 1);
        var rows = Rows(400);
        var data = SampleData.Features(mlContext, rows, Width);

        var options = new VaeOptions
        {
            Likelihood = VaeLikelihood.StudentT(),
            Latent = VaeLatent.Gaussian(2),
            ReconstructionColumnName = "Expected",
            ScoreColumnName = "Score",
        };
        var transformer = mlContext.Transforms.VaeEmbed(options).Fit(data);

        using (transformer)
        {
            var scores = transformer.Transform(data).GetColumn<float>("Score").Zip(rows).ToList();
            var wild = scores.Where(row => row.Second.Max() > 15).ToList();
            // At least 15 deviations away, a value costs more than all of an ordinary row does.
            Assert.True(wild.Min(row => row.First) > scores.Except(wild).Max(row => row.First));
        }
    }

    private static float[][] Rows(int count)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            var z = Trainer.Normal(random);
            return Enumerable.Range(0, Width)
                .Select(j => (float)(z + 0.3 * Trainer.Normal(random) + (i % 50 == 0 && j == 2 ? 30 : 0)))
                .ToArray();
        })];
    }
}
