using MLNet.Vae.Latents;
using MLNet.Vae.Modules;
using MLNet.Vae.Objectives;
using MLNet.Vae.Training;
using static TorchSharp.torch;

namespace MLNet.Vae.Tests.Latents;

/// <summary>What levels of Gaussians are, as training sees them.</summary>
public sealed class HierarchicalVariableTests
{
    private const int Features = 6, Rows = 9;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void One_level_is_a_Gaussian_latent_variable(bool linear)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var architecture = linear ? VaeArchitecture.Linear : VaeArchitecture.Mlp(7);
        using var gaussian = new Model(architecture, VaeLatent.Gaussian(3));
        using var hierarchical = new Model(architecture, VaeLatent.Hierarchical(3));
        Assert.Equal(gaussian.Parameters.Values.ToArray(), hierarchical.Parameters.Values.ToArray());
        foreach (var samples in new[] { 1, 4 })
        {
            var noise = randn([samples * Rows, 3]);
            var (expected, found) = (gaussian.Terms(noise, samples), hierarchical.Terms(noise, samples));

            Assert.Equal(expected.Reconstruction.ToArray(), found.Reconstruction.ToArray());
            Assert.Equal(expected.Mean.ToArray(), found.Mean.ToArray());
            Assert.Equal(expected.LogRatio!.ToArray(), found.LogRatio!.ToArray());
            AssertNear(expected.Kl.ToArray(), found.Kl.ToArray(), 1e-6);
            var objective = new TrainingObjective(new() { Samples = samples }, Features);
            Assert.Equal(objective.Loss(expected).item<float>(), objective.Loss(found).item<float>(), 1e-4);
        }
    }

    [Fact]
    public void The_divergence_is_the_mean_of_the_ratio_of_densities()
    {
        const int samples = 20_000;
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var model = new Model(VaeArchitecture.Mlp(7), VaeLatent.Hierarchical(3, 2, 1) with { HiddenSize = 5 });
        model.Parameters.Values.mul_(2);

        var terms = model.Terms(randn([samples * Rows, 6], generator: model.Random), samples);

        // Both average over the same samples of the levels above, so what is left is the sampling of a level itself.
        var ratio = terms.LogRatio!.view(samples, Rows);
        var mean = ratio.sum(0L) / samples;
        var error = ((ratio - mean).Squared().sum(0L) / samples).ToArray().Select(variance => Math.Sqrt(variance / samples)).ToArray();
        var (kl, found) = (terms.Kl.sum(1L).ToArray(), (-ratio.sum(0L)).ToArray());
        for (var row = 0; row < Rows; row++)
            Assert.InRange(found[row] / samples - kl[row], -4.5 * error[row], 4.5 * error[row]);
    }

    [Fact]
    public void Levels_below_the_top_start_with_estimates_that_outweigh_their_priors()
    {
        using var model = new Model(VaeArchitecture.Mlp(64), VaeLatent.Hierarchical(8, 8, 8) with { HiddenSize = 64 });
        var levels = ((HierarchicalPosterior)model.Module.Latent.Export()).Levels;

        // Means are uniform in ±1/√64 times the size of the start, whose largest of 512 comes close to the bound.
        Assert.Equal([6, 6, 1], levels.Select(level => (int)Math.Ceiling(8 * level.Mean.Weight.Max(Math.Abs))));
        Assert.Equal([-1, -1, 0], levels.Select(level => level.LogSigma.Bias.Distinct().Single()));
        Assert.Equal([0, 0, null], levels.Select(level => level.Prior?.LogSigma.Bias.Distinct().Single()));
    }

    [Fact]
    public void Several_samples_give_the_mean_of_their_divergences()
    {
        const int samples = 3;
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var model = new Model(VaeArchitecture.Mlp(7), VaeLatent.Hierarchical(3, 2));
        var noise = randn([samples * Rows, 5], generator: model.Random);

        var together = model.Terms(noise, samples);
        var alone = Enumerable.Range(0, samples).Select(s => model.Terms(noise.narrow(0, s * Rows, Rows), 1)).ToArray();

        var mean = Enumerable.Range(0, Rows * 5).Select(i => alone.Average(t => t.Kl.ToArray()[i])).ToArray();
        AssertNear(mean, together.Kl.ToArray(), 1e-5);
        AssertNear([.. alone.SelectMany(t => t.LogRatio!.ToArray())], together.LogRatio!.ToArray(), 1e-5);
        AssertNear([.. alone.SelectMany(t => t.Reconstruction.ToArray())], together.Reconstruction.ToArray(), 1e-5);
        Assert.Equal(alone[0].Mean.ToArray(), together.Mean.ToArray());
    }

    [Fact]
    public void The_embedding_does_not_depend_on_the_noise()
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var model = new Model(VaeArchitecture.Mlp(7), VaeLatent.Hierarchical(3, 2));
        Assert.Equal(model.Terms(ones(Rows, 5), 1).Mean.ToArray(), model.Terms(zeros(Rows, 5), 1).Mean.ToArray());
    }

    [Fact]
    public void The_divergence_of_each_level_is_the_sum_over_its_dimensions()
    {
        using var model = new Model(VaeArchitecture.Mlp(7), VaeLatent.Hierarchical(3, 2, 1));
        Assert.Equal([6, 9, 6], model.Module.Latent.KlPerLevel([1, 2, 3, 4, 5, 6]));
        Assert.Equal([3, 2, 1], model.Module.Latent.Export().LevelDimensions);
        using var gaussian = new Model(VaeArchitecture.Mlp(7), VaeLatent.Gaussian(3));
        Assert.Null(gaussian.Module.Latent.KlPerLevel([1, 2, 3]));
    }

    [Theory]
    [InlineData(
        new double[] { 1, 1, 0.05, 0.04, 0.02 },
        2,
        "Of 3 levels, these have collapsed: 2 (KL 0.090 nats per row), 3 (KL 0.020 nats per row). "
            + "Their posterior is their prior, and they say nothing of their own about a row. Raise WarmUpEpochs or FreeBits, or leave "
            + "levels out."
    )]
    [InlineData(new double[] { 1, 1, 0.05, 0.06, 0.2 }, 2, null)]
    [InlineData(
        new double[] { 0, 0, 0, 0, 0 },
        0,
        "No latent dimension is active: the posterior has collapsed onto the prior and the embedding says nothing about a row. "
            + "Lower Beta, or train for longer."
    )]
    public void A_collapsed_level_is_named(double[] klPerDimension, int activeUnits, string? warning)
    {
        using var model = new Model(VaeArchitecture.Mlp(7), VaeLatent.Hierarchical(2, 2, 1));
        Assert.Equal(warning, model.Module.Latent.Warning(new()
        {
            Epoch = 1,
            Reconstruction = 0,
            Kl = klPerDimension.Sum(),
            KlPerDimension = klPerDimension,
            ActiveUnits = activeUnits,
            LearningRate = 1,
            RowsPerSecond = 1,
        }));
    }

    private static void AssertNear(float[] expected, float[] found, double tolerance)
    {
        Assert.Equal(expected.Length, found.Length);
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], found[i], tolerance * Math.Max(1, Math.Abs(expected[i])));
    }

    private sealed class Model : IDisposable
    {
        private readonly Tensor _x;

        public Model(VaeArchitecture architecture, VaeLatent latent)
        {
            Module = new VaeModule(new(Features), new VaeOptions { Architecture = architecture, Latent = latent }, Parameters, Random);
            _x = rand([Rows, Features], generator: Random).DetachFromDisposeScope();
        }

        public ParameterVector Parameters { get; } = new(CPU);

        public Generator Random { get; } = new(11);

        public VaeModule Module { get; }

        public BoundTerms Terms(Tensor noise, int samples) => Module.Terms(new(_x), noise, samples, densities: true);

        public void Dispose()
        {
            _x.Dispose();
            Random.Dispose();
            Parameters.Dispose();
        }
    }
}
