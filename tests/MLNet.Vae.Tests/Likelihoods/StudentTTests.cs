using MathNet.Numerics.Distributions;
using MLNet.Vae.Architectures;
using MLNet.Vae.Likelihoods;
using MLNet.Vae.Modules;
using MLNet.Vae.Tests.Generation;
using MLNet.Vae.Tests.Training;
using static TorchSharp.torch;

namespace MLNet.Vae.Tests.Likelihoods;

public sealed class StudentTTests
{
    private const int Draws = 20_000;

    private static readonly float[] Locations = [0.5f, -3];

    /// <summary>ln t = ln N + (t⁴ − 2t² − 1) / 4ν + O(ν⁻²).</summary>
    [Theory]
    [InlineData(1e4)]
    [InlineData(1e6)]
    public void Becomes_the_normal_density_as_nu_grows(double nu)
    {
        float[] values = [-4, -1.5f, 0, 0.25f, 3];
        double[] expected = [.. values.Select(t => Normal.PDFLn(0, 1, t) + (Math.Pow(t, 4) - 2 * t * t - 1) / (4 * nu))];

        var inGraph = OutputDraws.LogDensities(new StudentTOutput(0, nu), [0], [.. values.Select(value => new[] { value })]);
        using var scope = NewDisposeScope();
        using var parameters = new ParameterVector(CPU);
        var density = new StudentTDensity(1, new DegreesOfFreedom(nu, parameters), parameters);
        parameters.Build();
        var inTorch = density.LogDensity(tensor(values, [values.Length, 1]), zeros(values.Length, 1)).ToArray();

        for (var i = 0; i < values.Length; i++)
        {
            Assert.Equal(expected[i], inGraph[i][0], 2e-6 + Math.Pow(values[i], 6) / (nu * nu));
            // The scale starts as 1 but for the floor's 0.001.
            Assert.Equal(expected[i], inTorch[i], 0.02);
        }
    }

    [Fact]
    public void Nu_starts_as_10_and_stays_between_1_and_1001()
    {
        using var parameters = new ParameterVector(CPU);
        var nu = new DegreesOfFreedom(null, parameters);
        parameters.Build();
        Assert.Equal(10, nu.ToDouble(), 1e-9);
        parameters.Values.fill_(-100);
        Assert.Equal(1, nu.ToDouble(), 1e-9);
        parameters.Values.fill_(100);
        Assert.Equal(1001, nu.ToDouble(), 1e-6);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2.5)]
    [InlineData(30)]
    public void Draws_lie_below_each_quantile_as_often_as_they_should(double nu)
    {
        var drawn = OutputDraws.Of(new StudentTOutput(0.4f, nu), Locations, 2, Draws);

        foreach (var p in (double[])[0.005, 0.1, 0.3, 0.5, 0.8, 0.99, 0.999])
        {
            for (var j = 0; j < 2; j++)
            {
                var quantile = StudentT.InvCDF(Locations[j], Math.Exp(0.4f), nu, p);
                Moments.Near(p, drawn.Average(row => row[j] < quantile ? 1.0 : 0), Math.Sqrt(p * (1 - p) / Draws), $"ν {nu}, p {p}");
            }
        }
    }

    /// <summary>Variance s²ν/(ν − 2); kurtosis 3 + 6/(ν − 4), so that the variance's own error is √((2 + 6/(ν − 4))/n) of it.</summary>
    [Fact]
    public void Draws_have_the_mean_and_variance_of_the_distribution()
    {
        const double Nu = 12;
        var moments = new Moments(OutputDraws.Of(new StudentTOutput(-1, Nu), Locations, 2, Draws));

        var variance = Math.Exp(-2) * Nu / (Nu - 2);
        for (var j = 0; j < 2; j++)
        {
            Moments.Near(Locations[j], moments.Mean[j], Math.Sqrt(variance / Draws), "mean");
            Moments.Near(variance, moments.Covariance[j, j], variance * Math.Sqrt((2 + 6 / (Nu - 4)) / Draws), "variance");
        }
        Moments.Near(0, moments.Covariance[0, 1], variance / Math.Sqrt(Draws), "covariance");
    }

    /// <summary>At a code of 0 a linear decoder gives its bias: the location of the rows.</summary>
    [Fact]
    public void Outliers_pull_a_Gaussian_location_and_leave_that_of_Student()
    {
        float[] location = [1, -1, 0, 2, -2];
        var rows = ContaminatedRows(location, count: 2_000);

        var gaussian = Error(VaeLikelihood.Gaussian);
        var student = Error(VaeLikelihood.StudentT());

        // 2 % of the values lie 20 further up: the mean does by 0.4.
        Assert.InRange(gaussian, 0.3, 0.6);
        Assert.InRange(student, 0, gaussian / 3);

        double Error(VaeLikelihood likelihood)
        {
            var network = Trainer
                .Train(
                    rows,
                    new()
                    {
                        Architecture = VaeArchitecture.Linear,
                        Latent = VaeLatent.Gaussian(1),
                        Likelihood = likelihood,
                        Normalization = VaeNormalization.None,
                        Training = new()
                        {
                            Epochs = 60,
                            BatchSize = 200,
                            LearningRate = 0.02,
                            ValidationFraction = 0,
                        },
                    }
                )
                .Network;
            return ((DenseLayer)network.Decoder[^1]).Bias.Zip(location, (found, truth) => Math.Abs(found - truth)).Average();
        }
    }

    [Fact]
    public void Learned_nu_is_that_of_the_rows()
    {
        var random = new Random(4);
        float[][] rows =
        [
            .. Enumerable
                .Range(0, 4_000)
                .Select(_ => Enumerable.Range(0, 4).Select(_ => (float)StudentT.Sample(random, 0, 0.5, 3)).ToArray()),
        ];

        var found = (StudentTOutput)
            Trainer
                .Train(
                    rows,
                    new()
                    {
                        Architecture = VaeArchitecture.Linear,
                        Latent = VaeLatent.Gaussian(1),
                        Likelihood = VaeLikelihood.StudentT(),
                        Normalization = VaeNormalization.None,
                        Training = new()
                        {
                            Epochs = 40,
                            BatchSize = 200,
                            LearningRate = 0.01,
                            ValidationFraction = 0,
                        },
                    }
                )
                .Network.Distribution;

        Assert.InRange(found.DegreesOfFreedom, 2.5, 3.6);
        Assert.InRange(Math.Exp(found.LogScale), 0.45, 0.55);
    }

    private static float[][] ContaminatedRows(float[] location, int count)
    {
        var random = new Random(3);
        return
        [
            .. Enumerable
                .Range(0, count)
                .Select(_ =>
                {
                    var z = Trainer.Normal(random);
                    return location
                        .Select(
                            (m, j) => (float)(m + Math.Cos(j) * z + 0.5 * Trainer.Normal(random) + (random.NextDouble() < 0.02 ? 20 : 0))
                        )
                        .ToArray();
                }),
        ];
    }
}
