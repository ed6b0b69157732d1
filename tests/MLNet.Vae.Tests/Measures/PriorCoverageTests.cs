using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Architectures;
using MLNet.Vae.Graphs;
using MLNet.Vae.Latents;
using MLNet.Vae.Likelihoods;
using MLNet.Vae.Measures;
using MLNet.Vae.Modules;
using MLNet.Vae.Tests.Onnx;
using MLNet.Vae.Tests.Training;

namespace MLNet.Vae.Tests.Measures;

public class PriorCoverageTests
{
    private const int Seed = 1;

    /// <summary>
    /// One feature x ~ N(0, s²), posterior N(ax, σ²), decoder x̂ = z: a code z comes back as az, |1 − a| |z| / σ away. Held-out codes are
    /// N(0, (as)² + σ²), prior ones N(0, 1), so that of the latter 2Φ(1.96 √((as)² + σ²)) − 1 are near.
    /// </summary>
    [Theory]
    [InlineData(1.0, 0.95)]
    [InlineData(0.1729, 0.5849)]
    [InlineData(0.0625, 0.3759)]
    public void The_share_of_samples_that_stay_near_is_what_it_must_be(double variance, double expected)
    {
        const double a = 0.8, sigma = 0.25;
        var s = Math.Sqrt(variance - sigma * sigma) / a;
        var posterior = new GaussianPosterior(Dense(1), new([0], [(float)Math.Log(sigma)]), (-10, 4));
        using var generator = VaeGenerator.From(Model(Dense(a), posterior));

        var coverage = VaePriorCoverage.Measure(generator, Normals(100, s, 1), Normals(6_000, s, 2), 6_000, Seed);

        Assert.True(coverage.HasOwnPrior);
        Assert.Equal(expected, coverage.NearShare, 0.02);
        Assert.Equal(coverage.NearShare, coverage.Samples.Count(sample => sample.IsNear) / 6_000.0);
        Assert.All(coverage.Samples, sample =>
        {
            Assert.Equal(sample.Latent[0], sample.Row[0], 1e-5f);
            Assert.Equal((1 - a) * Math.Abs(sample.Latent[0]) / sigma, sample.LatentDistance, 1e-3 * (1 + sample.LatentDistance));
        });
    }

    [Fact]
    public void Without_a_prior_codes_are_drawn_from_a_normal_distribution_with_their_mean_and_covariance()
    {
        var random = new Random(3);
        float[][] rows = [.. Enumerable.Range(0, 4_000).Select(_ =>
        {
            var (u, v) = (Trainer.Normal(random), Trainer.Normal(random));
            return new[] { (float)(5 + 2 * u), (float)(-1 + u + 0.5 * v) };
        })];
        using var generator = VaeGenerator.From(Model([], new DeterministicPosterior(Identity(2), null), features: 2));

        var coverage = VaePriorCoverage.Measure(generator, rows, rows[..100], 4_000, Seed);

        Assert.False(coverage.HasOwnPrior);
        Assert.Equal((1, 0), (coverage.NearShare, coverage.NearLimit));
        Assert.Equal(5, coverage.Samples.Average(sample => sample.Latent[0]), 0.1);
        Assert.Equal(-1, coverage.Samples.Average(sample => sample.Latent[1]), 0.1);
        Assert.Equal(4, coverage.Samples.Average(sample => Math.Pow(sample.Latent[0] - 5, 2)), 0.2);
        Assert.Equal(1.25, coverage.Samples.Average(sample => Math.Pow(sample.Latent[1] + 1, 2)), 0.1);
        Assert.Equal(2, coverage.Samples.Average(sample => (sample.Latent[0] - 5) * (sample.Latent[1] + 1)), 0.15);
    }

    [Fact]
    public void Codes_on_a_line_are_drawn_on_that_line()
    {
        var codes = Enumerable.Range(0, 50).Select(i => new[] { i, 2f * i + 1, 3f }).ToArray();
        var normal = FittedNormal.To(codes);
        foreach (var noise in new float[][] { [0, 0, 0], [1, -2, 3], [-0.5f, 9, 1] })
        {
            var code = normal.Code(noise);
            Assert.Equal(2 * code[0] + 1, code[1], 1e-3f);
            Assert.Equal(3, code[2], 1e-6f);
        }
    }

    [Theory]
    [InlineData(null, 0)]
    [InlineData(new[] { 1f, 1f }, 0)]
    [InlineData(new[] { 30f, 2f }, 1)]
    public void The_nearest_training_row_is_found_in_the_units_of_the_model(float[]? scale, int nearest)
    {
        // In its own unit the second feature counts for more than it does beside the first.
        float[][] rows = [[0, 0], [10, 2], [20, 0], [30, 1]];
        Assert.Equal(nearest, new NearestRows(rows, scale, Seed).Nearest([[4, 1.9f]])[0].Row);
        Assert.Equal((3, 0), new NearestRows(rows, scale, Seed).Nearest([[30, 1]])[0]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_units_are_what_the_encoder_divides_features_by(bool scaled)
    {
        var network = new RandomNetwork { Scaled = scaled };
        var model = network.Model();
        Assert.True(VaeModel.TryRead(model.ToPipelineOnnx(), out var loaded));
        Assert.All([model, loaded], found => Assert.Equal(scaled ? network.Network().Scaling.Scale : null, found.FeatureScale()));
    }

    [Fact]
    public void Distances_are_Euclidean_in_units_of_the_scale()
    {
        var random = new Random(4);
        float[][] Rows(int count) =>
            [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, 21).Select(_ => random.NextSingle()).ToArray())];
        var (training, others) = (Rows(300), Rows(20));
        float[] scale = [.. Enumerable.Range(0, 21).Select(j => 0.5f + j)];

        foreach (var (row, found) in others.Zip(new NearestRows(training, scale, Seed).Nearest(others)))
        {
            var distances = training
                .Select(other => Math.Sqrt(row.Select((value, j) => Math.Pow(((double)value - other[j]) / scale[j], 2)).Sum()))
                .ToArray();
            Assert.Equal(distances.Min(), found.Distance, 1e-5);
            Assert.Equal(found.Distance, distances[found.Row], 1e-5);
        }
    }

    [Fact]
    public void Samples_between_clusters_are_far_from_training_rows()
    {
        // An autoencoder that copies, of two clusters at ±5: the fitted normal distribution lies mostly between and beyond them.
        float[][] rows = [.. Normals(400, 0.1, 5).Select((row, i) => new[] { row[0] + (i % 2 == 0 ? 5 : -5) })];
        using var generator = VaeGenerator.From(Model([], new DeterministicPosterior(Identity(1), null)));
        var coverage = VaePriorCoverage.Measure(generator, rows[..300], rows[300..], 500, Seed);
        Assert.True(coverage.DistanceRatio > 1_000, $"{coverage}");
        Assert.Equal(
            rows[coverage.Samples[0].NearestTrainingRow][0],
            rows[..300].MinBy(row => Math.Abs(row[0] - coverage.Samples[0].Row[0]))![0]
        );
    }

    [Fact]
    public void A_variational_autoencoder_of_data_with_gaps_has_fewer_holes_than_a_plain_one()
    {
        var rows = Ring(1_200, seed: 6);
        VaeOptions options = new()
        {
            Architecture = VaeArchitecture.Mlp(32) with { Activation = Activation.Tanh },
            Training = new() { Epochs = 60, BatchSize = 64, LearningRate = 0.01, Seed = 1, Threads = 1 },
        };

        var variational = Measured(options with { Latent = VaeLatent.Gaussian(2) }, rows);
        var plain = Measured(options with { Latent = VaeLatent.Deterministic(2) }, rows);

        Assert.True(variational.HasOwnPrior);
        Assert.False(plain.HasOwnPrior);
        Assert.True(variational.NearShare > plain.NearShare + 0.1, $"{variational}; {plain}");
        Assert.True(variational.DistanceRatio < 0.9 * plain.DistanceRatio, $"{variational}; {plain}");
    }

    [Fact]
    public void The_seed_makes_every_draw()
    {
        using var generator = VaeGenerator.From(Model(Dense(0.7), new GaussianPosterior(Dense(1), new([0], [-1]), (-10, 4))));
        var rows = Normals(60, 1, 7);
        var found = new[] { 1, 1, 2 }.Select(seed => VaePriorCoverage.Measure(generator, rows[..30], rows[30..], 40, seed)).ToArray();
        Assert.Equal(found[0].ToString(), found[1].ToString());
        Assert.Equal(found[0].Samples[39].Latent[0], found[1].Samples[39].Latent[0]);
        Assert.NotEqual(found[0].Samples[39].Latent[0], found[2].Samples[39].Latent[0]);
        Assert.NotEqual(found[0].NearLimit, found[2].NearLimit);
    }

    [Fact]
    public void Bad_arguments_are_refused()
    {
        using var generator = VaeGenerator.From(Model(Dense(1), new GaussianPosterior(Dense(1), new([0], [0]), (-10, 4))));
        var rows = Normals(40, 1, 8);
        string Message<T>(IReadOnlyList<float[]> training, IReadOnlyList<float[]> heldOut, int count) where T : Exception
            => Assert.Throws<T>(() => VaePriorCoverage.Measure(generator, training, heldOut, count, Seed)).Message;

        Assert.Equal(
            "The number of samples must be at least 1; it is 0. (Parameter 'count')",
            Message<ArgumentOutOfRangeException>(rows, rows, 0).ReplaceLineEndings("\n").Split('\n')[0]
        );
        Assert.Equal(
            "At least 20 training rows are needed, as medians and quantiles of fewer mean little; there are 19. (Parameter 'trainingRows')",
            Message<ArgumentException>(rows[..19], rows, 1));
        Assert.Equal(
            "At least 20 held-out rows are needed, as medians and quantiles of fewer mean little; there is 1. (Parameter 'heldOutRows')",
            Message<ArgumentException>(rows, rows[..1], 1));
        Assert.Equal(
            "Row 3 (counted from 0) has 2 values; the model has 1 features. Give features in the same order as in training. (Parameter "
            + "'rows')",
            Message<ArgumentException>([.. rows[..3], [1, 2], .. rows[3..]], rows, 1));
        Assert.Throws<ArgumentNullException>(() => VaePriorCoverage.Measure(null!, rows, rows, 1, Seed));
        Assert.Throws<ArgumentNullException>(() => VaePriorCoverage.Measure(generator, null!, rows, 1, Seed));
        Assert.Throws<ArgumentNullException>(() => VaePriorCoverage.Measure(generator, rows, null!, 1, Seed));

        var other = Model([], new DeterministicPosterior(Identity(1), null), target: 1);
        using var ofTarget = VaeGenerator.From(other);
        Assert.Equal(
            "This model reconstructs a target, not its features, so that its samples cannot be encoded again. Measure a model without "
            + "VaeOptions.TargetColumnName.",
            Assert.Throws<InvalidOperationException>(() => VaePriorCoverage.Measure(ofTarget, rows, rows, 1, Seed)).Message);
    }

    private static VaePriorCoverage Measured(VaeOptions options, float[][] rows)
    {
        const int training = 1_000;
        var mlContext = new MLContext(seed: 1);
        using var transformer = mlContext
            .Transforms.VaeEmbed(options)
            .Fit(mlContext.Data.LoadFromEnumerable(rows[..training].Select(row => new Row { Features = row })));
        using var generator = VaeGenerator.From(transformer);
        return VaePriorCoverage.Measure(generator, rows[..training], rows[training..], 1_000, Seed);
    }

    /// <summary>A ring in a plane of all features, with nothing inside.</summary>
    private static float[][] Ring(int count, int seed)
    {
        const int features = 8;
        var random = new Random(seed);
        var directions = Enumerable.Range(0, features).Select(_ => (X: Trainer.Normal(random), Y: Trainer.Normal(random))).ToArray();
        return
        [
            .. Enumerable
                .Range(0, count)
                .Select(_ =>
                {
                    var (sine, cosine) = Math.SinCos(Math.Tau * random.NextDouble());
                    return directions
                        .Select(direction => (float)(direction.X * cosine + direction.Y * sine + 0.25 * Trainer.Normal(random)))
                        .ToArray();
                }),
        ];
    }

    private static float[][] Normals(int count, double sigma, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => new[] { (float)(sigma * Trainer.Normal(random)) })];
    }

    private static DenseLayer Identity(int width)
        => new([.. Enumerable.Range(0, width * width).Select(i => i / width == i % width ? 1f : 0)], new float[width]);

    private static DenseLayer Dense(double weight) => new([(float)weight], [0]);

    private static VaeModel Model(DenseLayer encoder, LatentNetwork latent) => Model([encoder], latent);

    private static VaeModel Model(Layer[] encoder, LatentNetwork latent, int features = 1, int target = 0) => VaeModel.Create(
        new TrainedVae
        {
            Scaling = FeatureScaling.Identity(features),
            TargetScaling = target > 0 ? FeatureScaling.Identity(target) : null,
            Encoder = encoder,
            Latent = latent,
            Decoder = [Identity(features)],
            Distribution = new GaussianOutput(0),
        },
        new()
        {
            FeatureCount = features,
            LatentDimension = features,
            LatentKind = latent is GaussianPosterior ? VaeLatentKind.Gaussian : VaeLatentKind.Deterministic,
            TargetCount = target,
            Architecture = "linear",
            Likelihood = "gaussian",
            Normalization = "none",
            Columns = new() { Features = "Features", Embedding = "Embedding" },
        });

    public sealed class Row
    {
        [VectorType(8)]
        public float[] Features { get; set; } = [];
    }
}
