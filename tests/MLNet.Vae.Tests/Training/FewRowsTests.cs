using Microsoft.ML;
using MLNet.Vae.Tests.Estimators;
using MLNet.Vae.Tests.Kit;

namespace MLNet.Vae.Tests.Training;

/// <summary>Of few rows few are held out, and each is judged by many draws: every latent variable can be.</summary>
public class FewRowsTests
{
    public static TheoryData<string> Latents() => [.. All.Keys];

    private static readonly Dictionary<string, VaeLatent> All = new()
    {
        ["gaussian"] = VaeLatent.Gaussian(2),
        ["deterministic"] = VaeLatent.Deterministic(2),
        ["mixture"] = VaeLatent.GaussianMixture(2, 3),
        ["codebook"] = VaeLatent.VectorQuantized(8, 2),
        ["ladder"] = VaeLatent.Hierarchical(3, 2),
    };

    [Theory]
    [MemberData(nameof(Latents))]
    public void A_model_of_sixty_rows_is_judged_on_those_held_out(string latent)
    {
        var mlContext = new MLContext(seed: 1);
        using var transformer = mlContext.Transforms.VaeEmbed(TinyVae.Options with
        {
            Latent = All[latent],
            Training = new() { Epochs = 2, Seed = 1, Threads = 1 },
        }).Fit(FactorRows.View(mlContext, 60));
        Assert.True(transformer.History().ValidationRows > 0);
        Assert.True(double.IsFinite(transformer.History().FinalValidationElbo!.Value));
    }

    [Fact]
    public void So_is_a_classifier_of_few_labels()
    {
        var mlContext = new MLContext(seed: 1);
        var data = SampleData.View(mlContext, [.. SampleData.Rows(90).Where(row => row.Kind < 5)]);
        using var transformer = mlContext.MulticlassClassification.Trainers.VaeSemiSupervised(new VaeSemiSupervisedOptions
        {
            LabelColumnName = nameof(SampleData.Row.Kind),
            Architecture = VaeArchitecture.Mlp(8),
            Latent = VaeLatent.SemiSupervised(2),
            Training = new() { Epochs = 2, Seed = 1, Threads = 1 },
        }).Fit(data);
        Assert.True(transformer.History().ValidationRows > 0);
        Assert.True(double.IsFinite(transformer.History().FinalValidationElbo!.Value));
    }
}
