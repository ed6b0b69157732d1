using MLNet.Vae.Tests.Likelihoods;
using MLNet.Vae.Tests.Missing;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Tests.Docs;

/// <summary>The lines shown in the documentation.</summary>
public sealed class MissingValuesExample
{
    [Fact]
    public void What_is_missing_is_filled_in()
    {
        var mlContext = new MLContext(seed: 1);
        var rows = MissingCells.Hidden(
            MixedTable.Rows(300), new VaeOptions { MissingValues = VaeMissingValues.Observed, Likelihood = MixedTable.Likelihood }
                .MaskOf(MixedTable.Width)!, 0.3);
        var data = MixedTable.View(mlContext, rows);

        var options = new VaeOptions
        {
            MissingValues = VaeMissingValues.Observed,
            Corruption = VaeCorruption.Masking(0.3),
            Likelihood = VaeLikelihood.Mixed(
                ("Size", 1, VaeLikelihood.Gaussian),
                ("Readings", 1, VaeLikelihood.GaussianPerRow),
                ("Sold", 1, VaeLikelihood.Bernoulli),
                ("Colour", 4, VaeLikelihood.Categorical)),
            ReconstructionColumnName = "Imputed",
            ScoreColumnName = "Score",
            ContributionsColumnName = "Contributions",
        };
        using var transformer = mlContext.Transforms.VaeEmbed(options).Fit(data);   // NaN in Features is missing

        var scored = transformer.Transform(data);
        foreach (var (row, shares) in rows.Zip(scored.GetColumn<float[]>("Contributions")))
            Assert.All(row.Zip(shares), pair => Assert.Equal(0, float.IsNaN(pair.First) ? pair.Second : 0));
        Assert.All(scored.GetColumn<float[]>("Imputed").SelectMany(row => row), value => Assert.True(float.IsFinite(value)));
    }
}
