using MLNet.Vae.Latents;

namespace MLNet.Vae.Tests.Latents;

/// <summary>What follows from the kind of a latent variable.</summary>
public class LatentDescriptorTests
{
    private static readonly VaeModelInfo _info = new()
    {
        FeatureCount = 2,
        LatentDimension = 1200,
        LevelDimensions = [1000, 200],
        ComponentCount = 3,
        CodeCount = 1,
        CodebookSize = 4096,
        ClassCount = 7,
        Architecture = "linear",
        Likelihood = "gaussian",
        Normalization = "none",
        Columns = new() { Features = "Features" },
    };

    public static TheoryData<VaeLatentKind, string, string, string, string> Kinds => new()
    {
        {
            VaeLatentKind.Gaussian, "log σ, KL, density, prior", "mean 1200, log_sigma 1200",
            "Gaussian, 1,200 dimensions", "1,200 dimensions"
        },
        { VaeLatentKind.Deterministic, "", "mean 1200", "deterministic, 1,200 dimensions", "1,200 dimensions" },
        {
            VaeLatentKind.GaussianMixture, "log σ, KL, density, prior, components", "mean 1200, log_sigma 1200, component 3",
            "Gaussian, 1,200 dimensions; prior of 3 components", "1,200 dimensions, 3 components"
        },
        { VaeLatentKind.VectorQuantized, "prior, codes", "mean 1200, codes 1", "1 code of a codebook of 4,096", "1 code of 4,096" },
        {
            VaeLatentKind.Hierarchical, "log σ, KL, density, prior", "mean 1200, log_sigma 1200",
            "hierarchical, 1,000 + 200 dimensions from the data up", "1,000 + 200 dimensions in 2 levels"
        },
        {
            VaeLatentKind.SemiSupervised, "KL, prior, classes", "mean 1200, class_probabilities 7, class 1",
            "7 classes and 1,193 dimensions", "7 classes and 1,193 dimensions"
        },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Each_kind_has_what_its_mathematics_gives_it(VaeLatentKind kind, string has, string outputs, string words, string sizes)
    {
        var latent = LatentDescriptor.Of(kind);
        (bool Has, string Name)[] flags =
        [
            (latent.HasLogSigma, "log σ"), (latent.HasKl, "KL"), (latent.HasDensity, "density"), (latent.HasPrior, "prior"),
            (latent.HasComponents, "components"), (latent.HasCodes, "codes"),
            (latent.HasClasses, "classes"),
        ];

        Assert.Equal(has, string.Join(", ", flags.Where(flag => flag.Has).Select(flag => flag.Name)));
        Assert.Equal(outputs, string.Join(", ", latent.Outputs(_info).Select(output => $"{output.Tensor} {output.Width}")));
        Assert.Equal(words, latent.Describe(_info));
        Assert.Equal(sizes, latent.DescribeSizes(_info));
    }

    [Fact]
    public void Every_kind_has_a_descriptor()
        => Assert.All(Enum.GetValues<VaeLatentKind>(), kind => Assert.Single(Kinds, row => kind == row.Data.Item1));

    [Fact]
    public void Only_a_Gaussian_that_is_not_learned_from_the_condition_has_a_standard_normal_prior()
    {
        var standard = Enum.GetValues<VaeLatentKind>().Where(kind => LatentDescriptor.Of(kind).IsStandardNormal(_info));
        Assert.Equal([VaeLatentKind.Gaussian], standard);
        Assert.False(LatentDescriptor.Of(VaeLatentKind.Gaussian).IsStandardNormal(_info with { LearnedPrior = true }));
    }
}
