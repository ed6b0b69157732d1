using MLNet.Vae.Graphs;
using MLNet.Vae.Modules;
using MLNet.Vae.Objectives;
using MLNet.Vae.Tests.Training;
using MLNet.Vae.Training;
using static TorchSharp.torch;

namespace MLNet.Vae.Tests.Objectives;

/// <summary>The bound of several samples, on one model (Burda, Grosse and Salakhutdinov 2016).</summary>
public sealed class ImportanceWeightedBoundTests
{
    private const int Features = 6, Latent = 3;

    [Fact]
    public void With_one_sample_it_is_the_evidence_lower_bound()
    {
        using var model = new Model(rows: 50);
        // Two noises of ±1 have the mean and the square of a normal one: over them, ln p(z) − ln q(z | x), a quadratic form, averages to
        // −KL.
        var noise = ones(50, Latent);
        var (bound, elbo) = (0.0, 0.0);
        foreach (var sign in new[] { noise, -noise })
        {
            var terms = model.Module.Terms(new(model.Rows), sign, samples: 1, densities: true);
            bound += TrainingObjective.ImportanceWeightedBound(terms).sum().item<float>() / 2;
            elbo -= (terms.Reconstruction.sum().item<float>() + terms.Kl.sum().item<float>()) / 2;
        }

        Assert.Equal(elbo, bound, 1e-5 * Math.Abs(elbo));
    }

    [Fact]
    public void Rises_with_the_samples_towards_the_likelihood()
    {
        using var model = new Model(rows: 500);
        var bounds = new[] { 1, 2, 5, 20, 200 }.Select(model.Bound).ToArray();

        Assert.All(bounds.Zip(bounds.Skip(1)), pair => Assert.True(pair.Second > pair.First, string.Join(", ", bounds)));
        var likelihood = new LinearMarginal(model.Module.Export(FeatureScaling.Identity(Features)))
            .LogLikelihood([.. model.Rows.ToArray().Chunk(Features)]);
        Assert.InRange(bounds[^1], likelihood - 0.05, likelihood + 0.02);
        Assert.True(bounds[0] < likelihood - 0.2, $"{bounds[0]} of {likelihood}");
    }

    [Fact]
    public void Stays_finite_however_large_its_terms()
    {
        using var scope = NewDisposeScope();
        float[] reconstruction = [1e30f, 5e4f, 1e30f, -3e4f];
        var terms = new BoundTerms(tensor(reconstruction), zeros(2, 1), zeros(2, 1), zeros(4), null, Samples: 2);

        var bound = TrainingObjective.ImportanceWeightedBound(terms).ToArray();

        Assert.Equal(-1e30f, bound[0]);
        Assert.Equal(3e4f - MathF.Log(2), bound[1], 1e-2f);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(16)]
    public void Variance_of_the_gradient_falls_as_the_samples_grow(int samples)
    {
        const int draws = 300;
        using var model = new Model(rows: 10);
        var objective = new VaeObjective();
        var (one, several) = (
            model.GradientVariance(objective, draws),
            model.GradientVariance(objective with { Samples = samples }, draws)
        );

        Assert.InRange(one / several, 0.8 * samples, 1.25 * samples);
    }

    /// <summary>A linear model that is not at its optimum.</summary>
    private sealed class Model : IDisposable
    {
        private readonly TorchSharp.DisposeScope _scope = NewDisposeScope();
        private readonly Generator _random = new(3);
        private readonly ParameterVector _parameters = new(CPU);

        public Model(int rows)
        {
            var options = new VaeOptions
            {
                Architecture = VaeArchitecture.Linear,
                Latent = VaeLatent.Gaussian(Latent),
                Likelihood = VaeLikelihood.GaussianWithSigma(0.8),
            };
            Module = new(new(Features), options, _parameters, _random);
            Rows = randn([rows, Features], generator: _random);
        }

        public VaeModule Module { get; }

        public Tensor Rows { get; }

        public double Bound(int samples)
        {
            using var _ = no_grad();
            using var scope = NewDisposeScope();
            var noise = randn([samples * Rows.size(0), Latent], generator: _random);
            return TrainingObjective.ImportanceWeightedBound(Module.Terms(new(Rows), noise, samples, densities: true)).sum().item<float>()
                / Rows.size(0);
        }

        /// <summary>Summed over the parameters.</summary>
        public double GradientVariance(VaeObjective options, int draws)
        {
            var objective = new TrainingObjective(options, Features);
            var gradients = new List<float[]>();
            for (var draw = 0; draw < draws; draw++)
            {
                using var scope = NewDisposeScope();
                var noise = randn([options.Samples * Rows.size(0), Latent], generator: _random);
                _parameters.Gradients.mul_(0);
                objective.Loss(Module.Terms(new(Rows), noise, options.Samples)).backward();
                gradients.Add(_parameters.Gradients.ToArray());
            }
            return Enumerable.Range(0, gradients[0].Length).Sum(i =>
            {
                var mean = gradients.Average(gradient => (double)gradient[i]);
                return gradients.Average(gradient => Math.Pow(gradient[i] - mean, 2));
            });
        }

        public void Dispose()
        {
            _parameters.Dispose();
            _random.Dispose();
            _scope.Dispose();
        }
    }
}
