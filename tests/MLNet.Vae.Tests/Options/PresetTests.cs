using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Tests.Estimators;

namespace MLNet.Vae.Tests.Options;

/// <summary>Every preset is a valid combination, and nothing but one.</summary>
public class PresetTests
{
    public static TheoryData<string, VaeOptions> Presets { get; } = new()
    {
        { "linear autoencoder", VaeOptions.LinearAutoencoder(2) },
        { "autoencoder", VaeOptions.Autoencoder(2, 8, 4) },
        { "squared-error VAE", VaeOptions.SquaredErrorVae(2, 4) },
        { "sparse autoencoder", VaeOptions.SparseAutoencoder(12) },
        { "denoising autoencoder", VaeOptions.DenoisingAutoencoder(2, VaeCorruption.Masking(0.3)) },
        { "features", VaeOptions.Features(2) },
        { "β-VAE", VaeOptions.BetaVae(2, 4) },
        { "importance-weighted autoencoder", VaeOptions.ImportanceWeightedAutoencoder(2, 5) },
        { "Gaussian-mixture VAE", VaeOptions.GaussianMixtureVae(2, 2) },
        { "vector-quantised VAE", VaeOptions.VectorQuantizedVae(8, 2, 2) },
        { "hierarchical VAE", VaeOptions.HierarchicalVae(3, 2) },
        { "probabilistic PCA", VaeOptions.ProbabilisticPca(2) },
    };

    [Theory]
    [MemberData(nameof(Presets))]
    public void Trains_and_embeds(string name, VaeOptions preset)
    {
        var mlContext = new MLContext(seed: 1);
        var data = FactorRows.View(mlContext, 60);
        using var transformer = mlContext
            .Transforms.VaeEmbed(preset with { Training = preset.Training with { Epochs = preset.Training.Epochs ?? 2 } })
            .Fit(data);

        var embeddings = transformer.Transform(data).GetColumn<float[]>("Embedding").ToList();

        Assert.True(embeddings.Count == 60 && embeddings.All(e => e.All(float.IsFinite)), name);
    }

    [Theory]
    [MemberData(nameof(Presets))]
    public void Detects(string name, VaeOptions preset)
    {
        var mlContext = new MLContext(seed: 1);
        var data = FactorRows.View(mlContext, 60);
        var options = VaeAnomalyOptions.Of(preset) with { ReconstructionColumnName = "Reconstruction" };
        Assert.Equal(
            (preset.Architecture, preset.Latent, preset.Likelihood, preset.Objective, preset.Corruption, preset.Normalization),
            (options.Architecture, options.Latent, options.Likelihood, options.Objective, options.Corruption, options.Normalization));
        var training = preset.Training with { Epochs = preset.Training.Epochs ?? 2 };
        using var detector = mlContext.AnomalyDetection.Trainers.Vae(options with { Training = training }).Fit(data);
        var scored = detector.Transform(data);
        Assert.True(scored.GetColumn<float>("Score").All(float.IsFinite), name);
        Assert.All(scored.GetColumn<float[]>("Reconstruction"), row => Assert.Equal(FactorRows.Features, row.Length));
    }

    [Fact]
    public void A_detector_has_no_target() => Assert.StartsWith(
        "TargetColumnName is 'Context': a detector scores rows against their own features",
        Assert.Throws<ArgumentException>(() => VaeAnomalyOptions.Of(VaeOptions.CategoryEmbedding(2, "Kind", "Context"))).Message);

    [Fact]
    public void Pictures_conditions_and_categories_are_presets_too()
    {
        Assert.Equal(VaeArchitecture.Convolutional(4, 5, 3), VaeOptions.ConvolutionalVae(2, 4, 5, 3).Architecture);
        Assert.Equal(
            new VaeCondition { ColumnName = "Kind", LearnedPrior = true },
            VaeOptions.ConditionalVae(2, "Kind", learnedPrior: true).Condition
        );
        Assert.Equal("Context", VaeOptions.CategoryEmbedding(2, "Kind", "Context").TargetColumnName);
    }
}
