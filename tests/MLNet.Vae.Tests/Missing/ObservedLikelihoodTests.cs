using MathNet.Numerics.LinearAlgebra;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Architectures;
using MLNet.Vae.Data;
using MLNet.Vae.Graphs;
using MLNet.Vae.Likelihoods;
using MLNet.Vae.Tests.Kit;
using MLNet.Vae.Tests.Training;

namespace MLNet.Vae.Tests.Missing;

/// <summary>
/// Of a linear Gaussian model what is there of a row has a density in closed form, N(b_o, W_o W_oᵀ + σ²I) (Tipping and Bishop 1999, with
/// the rows of W that are observed): ln p and the score of sampled codes are that.
/// </summary>
public sealed class ObservedLikelihoodTests
{
    private const int Features = 6, Latent = 2, Samples = 4_000;

    private static readonly VaeOptions Options = new()
    {
        Architecture = VaeArchitecture.Linear,
        Latent = VaeLatent.Gaussian(Latent),
        Normalization = VaeNormalization.None,
        MissingValues = VaeMissingValues.Observed,
        Training = new() { Epochs = 60, LearningRate = 0.02, ValidationFraction = 0 },
    };

    private static readonly float[][] Rows =
        [.. MissingCells.Hidden(Trainer.FactorRows(count: 400, Features, Latent, noise: 0.5, seed: 1), share: 0.3)];

    private static readonly Lazy<TrainedVae> Trained =
        new(() => Trainer.Train(Rows, Options, new RowLayout(Features) { Mask = Options.MaskOf(Features) }).Network);

    [Theory]
    [InlineData(VaeProposal.Posterior)]
    [InlineData(VaeProposal.Prior)]
    public void The_likelihood_of_a_row_is_that_of_the_marginal_of_what_is_there(VaeProposal proposal)
    {
        var mlContext = new MLContext(seed: 1);
        var data = SampleData.Features(mlContext, Rows.Take(40), Features);
        using var transformer = new ModelEstimator(mlContext, VaeModel.Create(Trained.Value, Info(VaeScoreKind.NegativeElbo))).Fit(data);

        var found = transformer.LogLikelihood(data, Samples, seed: 1, proposal);

        var estimates = found.GetColumn<float>("LogLikelihood").ToArray();
        var errors = found.GetColumn<float>("LogLikelihoodStandardError").ToArray();
        for (var i = 0; i < estimates.Length; i++)
        {
            Assert.InRange(errors[i], 0, 0.3);
            Assert.Equal(LogDensity(Rows[i]), estimates[i], 1e-3 + 5 * errors[i]);
        }
    }

    [Fact]
    public void The_score_by_sampled_codes_is_minus_that()
    {
        var mlContext = new MLContext(seed: 1);
        var data = SampleData.Features(mlContext, Rows, Features);
        using var transformer =
            new ModelEstimator(mlContext, VaeModel.Create(Trained.Value, Info(VaeScoreKind.NegativeLogLikelihood))).Fit(data);

        var scores = transformer.Transform(data).GetColumn<float>("Score").ToArray();

        // 64 codes, the same for all rows.
        Assert.Equal(-Rows.Average(LogDensity), scores.Average(), 0.3);
        Assert.InRange(scores.Zip(Rows).Average(pair => Math.Abs(pair.First + LogDensity(pair.Second))), 0, 0.4);
    }

    /// <summary>It has learned what the rows are like, not only where they lie.</summary>
    [Fact]
    public void Training_finds_the_factors_though_values_are_missing()
    {
        double[][] columns =
        [
            .. Enumerable.Range(0, Features).Select(j => Rows.Select(row => (double)row[j]).Where(value => !double.IsNaN(value)).ToArray()),
        ];
        double[] means = [.. columns.Select(column => column.Average())];
        double[] variances = [.. columns.Zip(means, (column, mean) => column.Average(value => Math.Pow(value - mean, 2)))];
        // Each column by itself.
        var independent = Rows.Average(row => row.Select((value, j) => float.IsNaN(value)
            ? 0
            : -0.5 * (Math.Log(2 * Math.PI * variances[j]) + Math.Pow(value - means[j], 2) / variances[j])).Sum());

        Assert.True(Rows.Average(LogDensity) > independent + 0.5);
    }

    /// <summary>ln N(x_o; b_o, W_o W_oᵀ + σ²I); of nothing it is 0.</summary>
    private static double LogDensity(float[] row)
    {
        var observed = Enumerable.Range(0, Features).Where(j => !float.IsNaN(row[j])).ToArray();
        if (observed.Length == 0)
            return 0;
        var output = (DenseLayer)Trained.Value.Decoder[^1];
        var loadings = Matrix<double>.Build.Dense(observed.Length, Latent, (i, l) => output.Weight[observed[i] * Latent + l]);
        var variance = Math.Exp(2 * (double)((GaussianOutput)Trained.Value.Distribution).LogSigma);
        var covariance =
            (loadings.TransposeAndMultiply(loadings) + variance * Matrix<double>.Build.DenseIdentity(observed.Length)).Cholesky();
        var centred = Vector<double>.Build.Dense(observed.Length, i => row[observed[i]] - output.Bias[observed[i]]);
        return -0.5 * (observed.Length * Math.Log(2 * Math.PI) + covariance.DeterminantLn + centred * covariance.Solve(centred));
    }

    private static VaeModelInfo Info(VaeScoreKind score) => new()
    {
        FeatureCount = Features,
        LatentDimension = Latent,
        MissingValues = VaeMissingValues.Observed,
        Architecture = "linear",
        Likelihood = "gaussian",
        Normalization = "none",
        ScoreKind = score,
        Columns = SampleModels.EmbeddingColumns with { Score = "Score" },
    };
}
