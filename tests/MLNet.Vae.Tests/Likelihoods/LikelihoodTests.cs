using MLNet.Vae.Likelihoods;
using MLNet.Vae.Modules;
using static TorchSharp.torch;

namespace MLNet.Vae.Tests.Likelihoods;

/// <summary>
/// Log-densities of likelihoods that are more than one number for all features, against their formulas in double precision.
/// </summary>
public sealed class LikelihoodTests : IDisposable
{
    private const int Features = 5;

    private static readonly float[] X = [0, 1, 0, 0, 0.25f, -1.5f, 0, 0.3f, 0.7f, 3, 0, 0, 1, 0, -0.1f];

    private readonly ParameterVector _parameters = new(CPU);

    public static TheoryData<string> Likelihoods =>
    [
        "per feature", "unit interval", "per row", "categorical", "student-t", "student-t, ν 3", "poisson", "negative binomial",
        "negative binomial, shared", "mixed", "mixed of one", "mixed with student-t",
    ];

    public void Dispose() => _parameters.Dispose();

    [Theory]
    [MemberData(nameof(Likelihoods))]
    public void Log_density_is_that_of_the_formula(string name)
    {
        using var scope = NewDisposeScope();
        var likelihood = Build(name);
        float[] spread = [-2, 0.1f, 3, 0.7f, -0.4f, 1.5f, -5.5f, 30, -30, 0.2f];
        float[] output = [.. Enumerable.Range(0, 3 * likelihood.ParameterCount).Select(i => spread[7 * i % spread.Length])];

        float[] values = IsOfCounts(name) ? [.. X.Select(Math.Abs)] : X;

        var found = likelihood.LogDensity(tensor(values, [3, Features]), tensor(output, [3, likelihood.ParameterCount])).ToArray();

        var rows = values.Select(x => (double)x).Chunk(Features).Zip(output.Select(o => (double)o).Chunk(likelihood.ParameterCount));
        foreach (var ((x, parameters), i) in rows.Zip(Enumerable.Range(0, 3)))
        {
            var expected = -DoubleOutput.Terms(likelihood.Export(), VaeScoreKind.NegativeElbo, x, parameters).Sum();
            Assert.Equal(expected, found[i], 1e-6 * Math.Max(1, Math.Abs(expected)));
        }
    }

    [Theory]
    [InlineData("categorical")]
    [InlineData("mixed")]
    [InlineData("per row")]
    [InlineData("student-t")]
    [InlineData("poisson")]
    [InlineData("negative binomial")]
    public void Stays_finite_with_finite_gradients_far_from_any_row(string name)
    {
        using var scope = NewDisposeScope();
        var likelihood = Build(name);
        foreach (var size in (float[])[1e3f, 1e6f, 1e9f])
        {
            float[] signs = [1, -1, 1, 1, -1];
            var output = tensor(
                    [.. Enumerable.Range(0, likelihood.ParameterCount).Select(i => size * signs[i % 5])],
                    [1L, likelihood.ParameterCount]
                )
                .requires_grad_(true);

            var density = likelihood.LogDensity(tensor(X[..Features], [1, Features]), output);
            density.sum().backward();

            Assert.True(float.IsFinite(density.sum().item<float>()), $"{name} at {size}");
            Assert.All(output.grad!.ToArray(), gradient => Assert.True(float.IsFinite(gradient), $"{name} at {size}"));
        }
    }

    [Fact]
    public void Sigmas_per_feature_start_at_1_and_never_fall_below_the_floor()
    {
        var likelihood = Build("per feature", spread: false);
        Assert.All(likelihood.FeatureSigmas!, sigma => Assert.Equal(1, sigma!.Value, 0.001));

        _parameters.Values.fill_(-100);
        Assert.All(likelihood.FeatureSigmas!, sigma => Assert.Equal(GaussianLikelihood.MinimumSigma, sigma!.Value, 1e-8));
    }

    [Fact]
    public void Sigma_predicted_for_a_row_never_falls_below_the_floor_and_keeps_a_gradient_there()
    {
        using var scope = NewDisposeScope();
        var likelihood = new GaussianPerRow(1);
        var output = tensor([0, -12f], [1L, 2]).requires_grad_(true);

        var density = likelihood.LogDensity(tensor([1f], [1L, 1]), output);
        density.backward();

        var precision = 1 / (GaussianLikelihood.MinimumSigma * GaussianLikelihood.MinimumSigma);
        Assert.InRange(density.item<float>(), -precision / 2, 0);
        Assert.True(output.grad!.ToArray()[1] > 0);
    }

    [Fact]
    public void The_parts_of_a_mixed_likelihood_sum_to_the_whole()
    {
        using var scope = NewDisposeScope();
        var likelihood = Build("mixed");
        var x = tensor(X, [3, Features]);
        var output = randn([3, likelihood.ParameterCount]);

        var parts = likelihood.PartLogDensities(x, output);

        Assert.Equal(["Size", "Noisy", "Colour", "Sold"], likelihood.PartNames);
        var whole = likelihood.LogDensity(x, output).ToArray();
        Assert.Equal(whole, parts.Select(part => part.ToArray()).Aggregate((sum, part) => [.. sum.Zip(part, (a, b) => a + b)]));
    }

    [Fact]
    public void A_mixed_likelihood_knows_the_sigma_of_each_slot_that_has_one()
    {
        var sigmas = Build("mixed").FeatureSigmas!;
        Assert.Equal([true, false, false, false, false], sigmas.Select(sigma => sigma is not null));
    }

    /// <param name="name">One of <see cref="Likelihoods"/>.</param>
    /// <param name="spread">Whether learned parameters are moved from where they start.</param>
    private OutputLikelihood Build(string name, bool spread = true)
    {
        var likelihood = Options(name).Create(Features, _parameters);
        _parameters.Build();
        if (spread)
        {
            using var _ = no_grad();
            using var values = tensor([.. Enumerable.Range(0, (int)_parameters.Values.numel()).Select(i => 0.1f * i - 0.2f)]);
            _parameters.Values.copy_(values);
        }
        return likelihood;
    }

    private static bool IsOfCounts(string name) => name is "poisson" or "negative binomial" or "negative binomial, shared";

    private static VaeLikelihood Options(string name) => name switch
    {
        "per feature" => VaeLikelihood.GaussianPerFeature,
        "per row" => VaeLikelihood.GaussianPerRow,
        "unit interval" => VaeLikelihood.GaussianUnitInterval,
        "categorical" => VaeLikelihood.Categorical,
        "negative binomial" => VaeLikelihood.NegativeBinomial,
        "negative binomial, shared" => VaeLikelihood.NegativeBinomial with { DispersionPerFeature = false },
        "poisson" => VaeLikelihood.Poisson,
        "student-t" => VaeLikelihood.StudentT(),
        "student-t, ν 3" => VaeLikelihood.StudentT(3),
        "mixed with student-t" => VaeLikelihood.Mixed(("Heavy", 2, VaeLikelihood.StudentT()), ("Size", 3, VaeLikelihood.Gaussian)),
        "mixed of one" => VaeLikelihood.Mixed(("All", Features, VaeLikelihood.GaussianPerFeature)),
        _ => VaeLikelihood.Mixed(
            ("Size", 1, VaeLikelihood.Gaussian),
            ("Noisy", 1, VaeLikelihood.GaussianPerRow),
            ("Colour", 2, VaeLikelihood.Categorical),
            ("Sold", 1, VaeLikelihood.Bernoulli)),
    };
}
