using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Architectures;
using MLNet.Vae.Graphs;
using MLNet.Vae.Latents;
using MLNet.Vae.Likelihoods;
using MLNet.Vae.Modules;

namespace MLNet.Vae.Tests.Cursors;

/// <summary>
/// ln p(x | c) of a linear model: x = W·z + V·c + σ·ε, z ~ N(m(c), s²(c)), so that x is Gaussian with mean W·m + V·c and covariance
/// s²·W·Wᵀ + σ²·I.
/// </summary>
public class ConditionalLikelihoodTests
{
    private const double Sigma = 0.5;

    private static readonly double[] W = [1.5, -0.5], PriorMean = [2, -1], PriorLogSigma = [-0.4, 0.3];

    /// <summary>V, a row for each feature.</summary>
    private static readonly double[][] V = [[0.3, -2], [1, 0.2]];

    private static double Along => W.Sum(w => w * w);

    private readonly MLContext _mlContext = new(seed: 1);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Agrees_with_the_closed_form_within_its_standard_error(bool learnedPrior)
    {
        var rows = Rows();
        using var transformer = new VaeTransformer(_mlContext, Model(learnedPrior), new());
        var view = transformer.LogLikelihood(_mlContext.Data.LoadFromEnumerable(rows), importanceSamples: 5_000, seed: 3);
        var (estimates, errors) = (
            view.GetColumn<float>("LogLikelihood").ToArray(),
            view.GetColumn<float>("LogLikelihoodStandardError").ToArray()
        );

        for (var i = 0; i < rows.Length; i++)
        {
            var exact = LogDensity(rows[i], learnedPrior);
            Assert.InRange(errors[i], 0, 0.1);
            Assert.InRange(estimates[i], exact - (4 * errors[i]), exact + (4 * errors[i]));
        }
    }

    private static Row[] Rows()
    {
        var random = new Random(1);
        return
        [
            .. Enumerable
                .Range(0, 20)
                .Select(i => new Row
                {
                    Kind = (uint)(i % 2),
                    Features = [4 * (random.NextSingle() - 0.5f), 4 * (random.NextSingle() - 0.5f)],
                }),
        ];
    }

    private static (double Mean, double Sigma) Prior(long kind, bool learned) =>
        learned ? (PriorMean[kind], Math.Exp(PriorLogSigma[kind])) : (0, 1);

    private static double LogDensity(Row row, bool learnedPrior)
    {
        var (m, s) = Prior(row.Kind, learnedPrior);
        double[] d = [.. W.Select((w, j) => row.Features[j] - (w * m) - V[j][row.Kind])];
        // Determinant and inverse of σ²·I and a rank-one term (Sherman and Morrison 1950).
        var noise = Sigma * Sigma;
        var stretched = noise + (s * s * Along);
        var projected = W.Zip(d, (w, x) => w * x).Sum();
        var square = (d.Sum(x => x * x) - (projected * projected * s * s / stretched)) / noise;
        return -Math.Log(Math.Tau) - (Math.Log(noise * stretched) / 2) - (square / 2);
    }

    /// <summary>The encoder is near the exact posterior, and somewhat wider, as importance sampling likes it.</summary>
    private static VaeModel Model(bool learnedPrior)
    {
        const double wider = 0.2;
        var variance = 1 / (1 + (Along / (Sigma * Sigma)));
        // mean = variance·(W·(x − V·c)/σ² + m(c)/s²(c)).
        double[] gain = [.. W.Select(w => variance * w / (Sigma * Sigma))];
        double[] offset = [.. Enumerable.Range(0, 2).Select(c =>
        {
            var (m, s) = Prior(c, learnedPrior);
            return (variance * m / (s * s)) - (gain[0] * V[0][c]) - (gain[1] * V[1][c]);
        })];
        var network = new TrainedVae
        {
            Scaling = FeatureScaling.Identity(2),
            ConditionScaling = FeatureScaling.Identity(2),
            Encoder = [new ConditionLayer()],
            Latent = new GaussianPosterior(
                Dense([.. gain, .. offset], 0), Dense([0, 0, 0, 0], (Math.Log(variance) / 2) + wider), (-10, 4),
                learnedPrior ? new GaussianPrior([], Dense(PriorMean, 0), Dense(PriorLogSigma, 0)) : null),
            Decoder = [new ConditionLayer(), Dense([W[0], .. V[0], W[1], .. V[1]], 0, 0)],
            Distribution = new GaussianOutput((float)Math.Log(Sigma)),
        };
        return VaeModel.Create(network, new()
        {
            FeatureCount = 2,
            LatentDimension = 1,
            ConditionCount = 2,
            ConditionKind = VaeInputKind.Key,
            LearnedPrior = learnedPrior,
            Architecture = "linear",
            Likelihood = "gaussian",
            Normalization = "none",
            Columns = new() { Features = nameof(Row.Features), Condition = nameof(Row.Kind), Embedding = "Embedding" },
        });
    }

    private static DenseLayer Dense(double[] weights, params double[] bias)
        => new([.. weights.Select(w => (float)w)], [.. bias.Select(b => (float)b)]);

    public sealed class Row
    {
        [VectorType(2)]
        public float[] Features { get; set; } = [];

        [KeyType(2)]
        public uint Kind { get; set; }
    }
}
