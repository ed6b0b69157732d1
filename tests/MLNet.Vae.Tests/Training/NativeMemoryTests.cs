using MLNet.Vae.Data;
using MLNet.Vae.Tests.Kit;
using Microsoft.ML;
using TorchSharp;

namespace MLNet.Vae.Tests.Training;

/// <summary>The count of native tensors is one for the whole process: these tests run alone.</summary>
[CollectionDefinition(nameof(NativeMemoryTests), DisableParallelization = true)]
[Collection(nameof(NativeMemoryTests))]
public sealed class NativeMemoryTests
{
    private const int Fits = 50;

    [Fact]
    public void No_tensor_outlives_a_closed_form()
    {
        var rows = Trainer.FactorRows(count: 300, features: 100, factors: 3, noise: 0.5, seed: 1);
        var options = new VaeOptions
        {
            Architecture = VaeArchitecture.Linear,
            Training = new() { Initialization = VaeInitialization.ProbabilisticPca, Epochs = 1 },
        };
        Trainer.Train(rows, options);
        var before = torch.Tensor.TotalCount;

        for (var fit = 0; fit < Fits; fit++)
            Trainer.Train(rows, options);

        Assert.Equal(before, torch.Tensor.TotalCount);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void No_tensor_outlives_a_fit(bool streamed)
    {
        var rows = Trainer.FactorRows(count: streamed ? 3_000 : 300, features: 100, factors: 3, noise: 0.5, seed: 1);
        var options = new VaeOptions
        {
            Architecture = VaeArchitecture.Mlp(8) with { LayerNorm = true, Dropout = 0.1 },
            Training = new()
            {
                Epochs = 2,
                BatchSize = 64,
                MemoryLimit = VaeTrainingOptions.MinimumMemoryLimit,
            },
        };
        AssertNoneOutlives(rows, options);
    }

    [Theory]
    [InlineData(PixelLayout.Planar, 0)]
    [InlineData(PixelLayout.Interleaved, 4)]
    public void No_tensor_of_a_convolution_outlives_a_fit(PixelLayout layout, int hidden)
    {
        var rows = Trainer.FactorRows(count: 100, features: 5 * 7 * 2, factors: 3, noise: 0.5, seed: 1);
        AssertNoneOutlives(
            rows,
            new()
            {
                Architecture = VaeArchitecture.Convolutional(5, 7, 2, 2, 3) with { Layout = layout, HiddenSize = hidden },
                Training = new() { Epochs = 2, BatchSize = 64 },
            }
        );
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void No_tensor_of_series_outlives_a_fit(bool recurrent)
    {
        var rows = Trainer.FactorRows(count: 100, features: 7 * 2, factors: 3, noise: 0.5, seed: 1);
        AssertNoneOutlives(
            rows,
            new()
            {
                Architecture = recurrent
                    ? VaeArchitecture.Recurrent(7, 2, hiddenSize: 4, layers: 2)
                    : VaeArchitecture.Convolutional1D(7, 2, 5),
                Training = new() { Epochs = 2, BatchSize = 64 },
            }
        );
    }

    [Fact]
    public void No_tensor_of_links_outlives_a_fit()
    {
        var mlContext = new MLContext(seed: 1);
        var data = LinkedBooks.Pairs(mlContext, LinkedBooks.Create(1));
        var estimator = mlContext.Transforms.VaeEmbed(VaeOptions.LinkEmbedding(2, "Book", "Links") with
        {
            Likelihood = VaeLikelihood.Categorical with { Negatives = 20 },
            Training = new() { Epochs = 2, Seed = 1 },
        });
        estimator.Fit(data).Dispose();
        var before = torch.Tensor.TotalCount;

        for (var fit = 0; fit < Fits / 10; fit++)
            estimator.Fit(data).Dispose();

        Assert.Equal(before, torch.Tensor.TotalCount);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void No_tensor_of_a_mixture_outlives_a_fit(bool densities)
    {
        var rows = Trainer.FactorRows(count: 300, features: 20, factors: 3, noise: 0.5, seed: 1);
        AssertNoneOutlives(
            rows,
            new()
            {
                Architecture = VaeArchitecture.Mlp(8),
                Latent = VaeLatent.GaussianMixture(3, 4),
                Objective = new() { Samples = 2, ImportanceWeighted = densities },
                Training = new() { Epochs = 2, BatchSize = 64 },
            }
        );
    }

    [Fact]
    public void No_tensor_of_a_hierarchy_outlives_a_fit()
    {
        var rows = Trainer.FactorRows(count: 300, features: 20, factors: 3, noise: 0.5, seed: 1);
        AssertNoneOutlives(
            rows,
            new()
            {
                Architecture = VaeArchitecture.Mlp(8),
                Latent = VaeLatent.Hierarchical(3, 2),
                Objective = new() { Samples = 2, ImportanceWeighted = true },
                Training = new() { Epochs = 2, BatchSize = 64 },
            }
        );
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void No_tensor_of_a_codebook_outlives_a_fit(int codes)
    {
        var rows = Trainer.FactorRows(count: 300, features: 10, factors: 3, noise: 0.5, seed: 1);
        AssertNoneOutlives(
            rows,
            new()
            {
                Architecture = VaeArchitecture.Mlp(8),
                Latent = VaeLatent.VectorQuantized(16, 2, codes),
                Training = new() { Epochs = 2, BatchSize = 64 },
            }
        );
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void No_tensor_of_a_mixed_likelihood_outlives_a_fit(bool automatic)
    {
        var rows = Trainer.FactorRows(count: 300, features: 10, factors: 3, noise: 0.5, seed: 1);
        AssertNoneOutlives(
            rows,
            new()
            {
                Architecture = VaeArchitecture.Mlp(8) with { LayerNorm = automatic },
                Likelihood = VaeLikelihood.Mixed(
                    ("a", 2, VaeLikelihood.Gaussian),
                    ("b", 2, VaeLikelihood.GaussianPerFeature),
                    ("c", 2, VaeLikelihood.GaussianPerRow),
                    ("d", 2, VaeLikelihood.Categorical),
                    ("e", 2, VaeLikelihood.Bernoulli)
                ),
                Training = new() { Epochs = 2, BatchSize = 64 },
            }
        );
    }

    [Fact]
    public void No_tensor_of_heavy_tails_or_counts_outlives_a_fit()
    {
        float[][] rows =
        [
            .. Trainer
                .FactorRows(count: 300, features: 10, factors: 3, noise: 0.5, seed: 1)
                .Select(row => row.Select(x => MathF.Round(MathF.Abs(x))).ToArray()),
        ];
        AssertNoneOutlives(
            rows,
            new()
            {
                Architecture = VaeArchitecture.Mlp(8),
                Likelihood = VaeLikelihood.Mixed(
                    ("a", 2, VaeLikelihood.StudentT()),
                    ("b", 2, VaeLikelihood.StudentT(3)),
                    ("c", 2, VaeLikelihood.Poisson),
                    ("d", 4, VaeLikelihood.NegativeBinomial)
                ),
                Training = new() { Epochs = 2, BatchSize = 64 },
            }
        );
    }

    /// <summary>A target, a condition, its prior, several samples and the densities that their weights need.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void No_tensor_of_a_conditional_model_outlives_a_fit(bool learnedPrior)
    {
        var rows = Trainer.FactorRows(count: 200, features: 10, factors: 3, noise: 0.5, seed: 1);
        AssertNoneOutlives(
            rows,
            new()
            {
                Architecture = VaeArchitecture.Mlp(8),
                Condition = new() { ColumnName = "Condition", LearnedPrior = learnedPrior },
                Objective = new() { Samples = 3, ImportanceWeighted = true },
                Training = new() { Epochs = 2, BatchSize = 64 },
            },
            new(Features: 5, Target: 2, Condition: 3)
        );
    }

    [Theory]
    [InlineData("sparse, salt and pepper")]
    [InlineData("importance-weighted, masked")]
    [InlineData("free bits, Gaussian noise")]
    [InlineData("constrained")]
    [InlineData("capacity")]
    public void No_tensor_of_an_objective_or_a_corruption_outlives_a_fit(string kind)
    {
        var rows = Trainer.FactorRows(count: 200, features: 20, factors: 3, noise: 0.5, seed: 1);
        var options = new VaeOptions
        {
            Architecture = VaeArchitecture.Mlp(8),
            Training = new() { Epochs = 3, BatchSize = 64 },
        };
        AssertNoneOutlives(
            rows,
            kind switch
            {
                "sparse, salt and pepper" => options with
                {
                    Latent = VaeLatent.Deterministic(30) with
                    {
                        Activation = Activation.Sigmoid,
                        Sparsity = VaeSparsity.KlToTarget(0.1, 1),
                    },
                    Corruption = VaeCorruption.SaltAndPepper(0.2),
                },
                "importance-weighted, masked" => options with
                {
                    Objective = new() { ImportanceWeighted = true, Samples = 3 },
                    Corruption = VaeCorruption.Masking(0.2),
                },
                "free bits, Gaussian noise" => options with
                {
                    Objective = new() { FreeBits = 0.1, WarmUpEpochs = 1 },
                    Corruption = VaeCorruption.GaussianNoise(0.2),
                },
                "constrained" => options with { Objective = new() { KlTarget = 2 } },
                _ => options with { Objective = new() { Capacity = new(2, 2) } },
            }
        );
    }

    private static void AssertNoneOutlives(float[][] rows, VaeOptions options, RowLayout? layout = null)
    {
        Trainer.Train(rows, options, layout);
        var before = torch.Tensor.TotalCount;

        for (var fit = 0; fit < Fits; fit++)
            Trainer.Train(rows, options, layout);

        Assert.Equal(before, torch.Tensor.TotalCount);
    }
}
