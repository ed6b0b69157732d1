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

    [Fact]
    public void Pictures_conditions_and_categories_are_presets_too()
    {
        Assert.Equal(VaeArchitecture.Convolutional(4, 5, 3), VaeOptions.ConvolutionalVae(4, 5, 3, 2).Architecture);
        Assert.Equal(
            new VaeCondition { ColumnName = "Kind", LearnedPrior = true },
            VaeOptions.ConditionalVae(2, "Kind", learnedPrior: true).Condition
        );
        Assert.Equal("Context", VaeOptions.CategoryEmbedding("Kind", "Context", 2).TargetColumnName);
    }
}
