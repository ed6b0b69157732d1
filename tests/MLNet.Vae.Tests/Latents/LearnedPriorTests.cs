using MLNet.Vae.Data;
using MLNet.Vae.Modules;
using MLNet.Vae.Objectives;
using MLNet.Vae.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Vae.Tests.Latents;

/// <summary>p(z | c) inside the model: where it starts, and that KL and density ratios are those to it.</summary>
public sealed class LearnedPriorTests
{
    private const int Features = 5, Latent = 3, Classes = 4, Rows = 8;

    private static readonly RowLayout Layout = new(Features, Condition: Classes) { CategoricalCondition = true };

    public static TheoryData<VaeArchitecture> Architectures => [VaeArchitecture.Linear, VaeArchitecture.Mlp(16, 8)];

    [Theory]
    [MemberData(nameof(Architectures))]
    public void It_starts_near_the_standard_normal(VaeArchitecture architecture)
    {
        using var fixture = new Fixture(architecture, learned: true, spread: 1);
        using var standard = new Fixture(architecture, learned: false, spread: 1);

        var (kl, plain) = (fixture.Terms(1).Kl.ToArray(), standard.Terms(1).Kl.ToArray());

        for (var i = 0; i < kl.Length; i++)
            Assert.Equal(plain[i], kl[i], 0.02);
    }

    /// <summary>E over q of ln q − ln p is the KL: by 20,000 samples of each row, to four standard errors.</summary>
    [Theory]
    [MemberData(nameof(Architectures))]
    public void The_mean_density_ratio_is_the_KL(VaeArchitecture architecture)
    {
        const int samples = 20_000;
        using var fixture = new Fixture(architecture, learned: true, spread: 4);

        var terms = fixture.Terms(samples);
        var kl = terms.Kl.sum(1L).ToArray();
        var ratios = terms.LogRatio!.ToArray();

        Assert.True(kl.Max() > 1, "the posterior is nowhere near the prior, so that there is something to compare");
        for (var row = 0; row < Rows; row++)
        {
            var ofRow = Enumerable.Range(0, samples).Select(k => -(double)ratios[(k * Rows) + row]).ToArray();
            var mean = ofRow.Average();
            var error = Math.Sqrt(ofRow.Average(v => (v - mean) * (v - mean)) / samples);
            Assert.InRange(mean, kl[row] - (4 * error), kl[row] + (4 * error));
        }
    }

    [Fact]
    public void Gradients_reach_the_prior_and_match_finite_differences()
    {
        const double step = 3e-3, tolerance = 0.01;
        using var fixture = new Fixture(VaeArchitecture.Mlp(7) with { Activation = Activation.Gelu }, learned: true, spread: 2);
        fixture.Loss().backward();
        var gradients = fixture.Parameters.Gradients;
        using var random = new Generator(9);

        for (var i = 0; i < 8; i++)
        {
            var direction = randn(fixture.Parameters.Values.shape, generator: random);
            direction.div_(direction.norm());
            var expected = (At(step) - At(-2 * step)) / (2 * step);
            At(step);
            Assert.Equal(expected, (gradients * direction).sum().item<float>(), tolerance * gradients.norm().item<float>());

            double At(double distance)
            {
                using var _ = no_grad();
                fixture.Parameters.Values.add_(direction, distance);
                return fixture.Loss().item<float>();
            }
        }
    }

    /// <summary>A model and rows, one of each class and the same again.</summary>
    private sealed class Fixture : IDisposable
    {
        private readonly DisposeScope _scope = NewDisposeScope();
        private readonly VaeModule _module;
        private readonly TrainingBatch _batch;
        private readonly Generator _random = new(5);

        public Fixture(VaeArchitecture architecture, bool learned, double spread)
        {
            var options = new VaeOptions
            {
                Architecture = architecture,
                Latent = VaeLatent.Gaussian(Latent),
                Condition = new() { ColumnName = "Class", LearnedPrior = learned },
            };
            using var weights = new Generator(3);
            _module = new VaeModule(Layout, options, Parameters, weights);
            using (no_grad())
                Parameters.Values.mul_(spread);
            var x = rand([Rows, Features], generator: _random);
            _batch = new(x, x, tensor(OneHot(), [Rows, Classes]));
        }

        public ParameterVector Parameters { get; } = new(CPU);

        public BoundTerms Terms(int samples)
        {
            using var _ = no_grad();
            return _module.Terms(_batch, randn([samples * Rows, Latent], generator: _random), samples, densities: true);
        }

        public Tensor Loss()
        {
            using var noise = new Generator(11);
            var terms = _module.Terms(_batch, randn([Rows, Latent], generator: noise));
            return (terms.Reconstruction.sum() + terms.Kl.sum()) / Rows;
        }

        private static float[] OneHot() =>
            [.. Enumerable.Range(0, Rows * Classes).Select(i => i / Classes % Classes == i % Classes ? 1f : 0)];

        public void Dispose()
        {
            Parameters.Dispose();
            _random.Dispose();
            _scope.Dispose();
        }
    }
}
