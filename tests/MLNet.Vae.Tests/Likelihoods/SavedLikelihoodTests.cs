using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Tests.Estimators;
using MLNet.Vae.Tests.Kit;

namespace MLNet.Vae.Tests.Likelihoods;

/// <summary>What is saved is what was trained, whatever the likelihood.</summary>
public sealed class SavedLikelihoodTests
{
    private const int Width = 4;

    private readonly MLContext _mlContext = new(seed: 1);

    public static TheoryData<VaeLikelihood> Likelihoods =>
        [VaeLikelihood.StudentT(), VaeLikelihood.StudentT(4), VaeLikelihood.Poisson, VaeLikelihood.NegativeBinomial];

    [Theory]
    [MemberData(nameof(Likelihoods))]
    public void A_saved_model_gives_the_same_columns_and_contributions_that_sum_to_the_score(VaeLikelihood likelihood)
    {
        var options = TinyVae.Options with
        {
            Likelihood = likelihood,
            ReconstructionColumnName = "Again",
            ScoreColumnName = "Score",
            ContributionsColumnName = "Contributions",
        };
        var random = new Random(1);
        float[][] rows =
        [
            .. Enumerable.Range(0, 100).Select(_ => Enumerable.Range(0, Width).Select(_ => (float)random.Next(12)).ToArray()),
        ];
        var data = SampleData.Features(_mlContext, rows, Width);
        using var directory = new TemporaryDirectory();
        var path = directory.File("model.zip");
        using var transformer = _mlContext.Transforms.VaeEmbed(options).Fit(data);
        _mlContext.Model.Save(transformer, data.Schema, path);

        using var loaded = VaeTransformer.From(_mlContext, path);

        var (before, after) = (transformer.Transform(data), loaded.Transform(data));
        foreach (var column in (string[])["Embedding", "Again", "Contributions"])
            Assert.Equal(before.GetColumn<float[]>(column), after.GetColumn<float[]>(column));
        var stock = _mlContext.Model.Load(path, out _).Transform(data);
        foreach (var column in (string[])["Embedding", "Again", "Contributions"])
            Assert.Equal(before.GetColumn<float[]>(column), stock.GetColumn<float[]>(column), Near);
        var scores = before.GetColumn<float>("Score").ToArray();
        Assert.Equal(scores, after.GetColumn<float>("Score"));
        Assert.All(
            before.GetColumn<float[]>("Contributions").Zip(scores),
            row => Assert.Equal(row.First.Sum(term => (double)term), row.Second, 1e-5 * row.First.Sum(Math.Abs))
        );
    }

    private static bool Near(float[] one, float[] other) =>
        one.Zip(other).All(pair => Math.Abs(pair.First - pair.Second) <= 1e-5 * Math.Max(1, Math.Abs(pair.First)));
}
