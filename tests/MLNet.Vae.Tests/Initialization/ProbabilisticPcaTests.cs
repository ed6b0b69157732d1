using MLNet.Vae.Tests.Estimators;
using MLNet.Vae.Tests.Kit;
using MLNet.Vae.Tests.Onnx;
using MLNet.Vae.Tests.Saving;
using MLNet.Vae.Tests.Training;
using MLNet.Vae.Training;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Tests.Initialization;

/// <summary>The closed form as a user meets it: an estimator that takes no gradient step.</summary>
public sealed class ProbabilisticPcaTests
{
    private static readonly VaeTrainingOptions ClosedForm = new() { Initialization = VaeInitialization.ProbabilisticPca, Epochs = 0 };

    private static readonly VaeOptions Options = new()
    {
        Architecture = VaeArchitecture.Linear,
        Latent = VaeLatent.Gaussian(2),
        ReconstructionColumnName = "Reconstruction",
        ScoreColumnName = "Score",
        Training = ClosedForm,
    };

    private readonly MLContext _mlContext = new(seed: 1);

    [Theory]
    [InlineData(2, 0.0057, 0.054117, 3.35525)]
    [InlineData(8, 14.2098, 0.027329, 1.53045)]
    [InlineData(16, 23.9294, 0.014725, 0.70680)]
    [InlineData(32, 35.2470, 0.004935, 0.15791)]
    public void Has_the_closed_form_of_optical_digits(int latent, double logLikelihood, double sigmaSquared, double pcaError)
    {
        var rows = TestData.OpticalDigits();
        var data = SampleData.Features(_mlContext, rows, rows[0].Length);
        var options = Options with
        {
            Latent = VaeLatent.Gaussian(latent),
            Normalization = VaeNormalization.None,
            Training = ClosedForm with { ValidationFraction = 0 },
        };
        using var transformer = _mlContext.Transforms.VaeEmbed(options).Fit(data);
        var network = OnnxWeights.Linear(transformer.Model);
        Assert.Equal(logLikelihood, new LinearMarginal(network).LogLikelihood(rows), 1e-4);
        Assert.Equal(logLikelihood, new LinearNetwork(network).Elbo(rows), 1e-4);
        Assert.Equal(logLikelihood, transformer.History().Best.Elbo, 1e-4);
        Assert.Equal(sigmaSquared, new LinearNetwork(network).SigmaSquared, 1e-6);
        Assert.Equal(pcaError, new LinearNetwork(network).ProjectionError(rows), 1e-5);

        using var plain = _mlContext.Transforms.VaeEmbed(options with { Latent = VaeLatent.Deterministic(latent) }).Fit(data);
        var reconstructed = plain.Transform(data).GetColumn<float[]>("Reconstruction");
        Assert.Equal(pcaError, rows.Zip(reconstructed, (x, y) => x.Zip(y, (a, b) => Math.Pow((double)a - b, 2)).Sum()).Average(), 1e-5);
    }

    [Fact]
    public void Columns_hold_the_posterior_of_the_formula()
    {
        var rows = FactorRows.Create(200).ToArray();
        var data = FactorRows.View(_mlContext, rows);
        using var transformer = _mlContext.Transforms.VaeEmbed(Options with { Normalization = VaeNormalization.None }).Fit(data);
        var marginal = new LinearMarginal(OnnxWeights.Linear(transformer.Model));
        var embedded = transformer.Transform(data);
        foreach (
            var ((x, mean), logSigma) in rows.Zip(embedded.GetColumn<float[]>("Embedding"))
                .Zip(embedded.GetColumn<float[]>("EmbeddingLogSigma"))
        )
        {
            Near.Equal(marginal.PosteriorMean(x), mean, "posterior mean");
            Near.Equal(
                [.. Enumerable.Range(0, 2).Select(l => Math.Log(marginal.PosteriorCovariance(l)[l]) / 2)],
                logSigma,
                "posterior log σ"
            );
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Survives_saving_and_loading(bool deterministic)
    {
        var data = FactorRows.View(_mlContext, 100);
        var options = deterministic ? Options with { Latent = VaeLatent.Deterministic(2) } : Options;
        using var transformer = _mlContext.Transforms.VaeEmbed(options).Fit(data);
        var loaded = SavedModel.RoundTrip(transformer, data.Schema);
        ViewAssert.SameRows(transformer.Transform(data), loaded.Transform(data), _ => true);

        using var typed = VaeTransformer.From(_mlContext, loaded);
        ViewAssert.SameRows(transformer.Transform(data), typed.Transform(data), _ => true);
        Assert.Equal((0, 0), (typed.History().BestEpoch, typed.History().Best.Epoch));
        Assert.Equal(transformer.History().Best.Elbo, typed.History().Best.Elbo);

        using var folder = new TemporaryDirectory();
        transformer.ExportOnnx(folder.Path);
        WeightsAssert.Same(transformer.Model, VaeModel.Load(folder.File("scorer.onnx")));
    }

    [Fact]
    public void A_detector_has_its_threshold_and_tells_outliers()
    {
        var options = new VaeAnomalyOptions
        {
            Architecture = VaeArchitecture.Linear,
            Latent = VaeLatent.Gaussian(2),
            Training = ClosedForm,
        };
        using var transformer = _mlContext.AnomalyDetection.Trainers.Vae(options).Fit(FactorRows.View(_mlContext, 500));
        Assert.NotNull(transformer.Threshold);
        Assert.Equal((450, 50), (transformer.History().TrainingRows, transformer.History().ValidationRows));
        var scored = transformer.Transform(_mlContext.Data.LoadFromEnumerable(FactorRows.WithOutliers(400, 40, seed: 2)));
        Assert.True(_mlContext.AnomalyDetection.Evaluate(scored).AreaUnderRocCurve > 0.95);
    }

    [Fact]
    public void The_log_has_epoch_0_and_the_outcome()
    {
        var log = new ContextLog(_mlContext);
        var progress = new EpochRecorder();
        using var transformer = _mlContext.Transforms.VaeEmbed(Options with { Training = ClosedForm with { Progress = progress } })
            .Fit(FactorRows.View(_mlContext, 100));
        var report = Assert.Single(progress.Reports);
        Assert.Equal((0, 0, true, TimeSpan.Zero), (report.Epoch.Epoch, report.EpochCount, report.IsBest, report.TimeLeft));
        Assert.NotNull(report.Epoch.ValidationElbo);
        Assert.StartsWith("Epoch 0/0  ELBO ", TrainingLog.Line(report));
        Assert.Equal(TrainingLog.Line(report), log.Training[1]);
        Assert.StartsWith("Trained 0 epochs in ", log.Training[^1]);
        Assert.Contains(" s (Completed); the model has the weights of epoch 0, held out ", log.Training[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void The_log_counts_the_dimensions_that_are_unused()
    {
        // One axis of six varies by more than σ.
        var log = new ContextLog(_mlContext);
        var random = new Random(1);
        float[] Row() => [.. Enumerable.Range(0, FactorRows.Features).Select(j => (float)((j == 0 ? 10 : 0.1) * Trainer.Normal(random)))];
        var options = Options with
        {
            Latent = VaeLatent.Gaussian(3),
            Likelihood = VaeLikelihood.GaussianWithSigma(1),
            Normalization = VaeNormalization.None,
        };
        using var transformer = _mlContext.Transforms.VaeEmbed(options)
            .Fit(FactorRows.View(_mlContext, [.. Enumerable.Range(0, 100).Select(_ => Row())]));
        Assert.Equal(1, transformer.History().Best.ActiveUnits);
        Assert.Contains("2 of 3 latent dimensions are unused.", log.Training);
    }

    [Fact]
    public void Rows_held_out_are_not_fitted()
    {
        // With half of the rows held out, the bound on them is a sample of the bound on new rows: below that of the rows fitted, within
        // four standard errors of it.
        using var transformer = _mlContext.Transforms.VaeEmbed(Options with { Training = ClosedForm with { ValidationFraction = 0.5 } })
            .Fit(FactorRows.View(_mlContext, 2_000));
        var best = transformer.History().Best;
        Assert.InRange(
            best.ValidationElbo!.Value,
            best.Elbo - 4 * best.ValidationStandardError!.Value,
            best.Elbo + 4 * best.ValidationStandardError.Value
        );
        Assert.InRange(best.ValidationStandardError.Value, 0.01, 0.2);
    }

    [Fact]
    public void A_cancelled_fit_throws()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        var estimator = _mlContext.Transforms.VaeEmbed(Options with { Training = ClosedForm with { CancellationToken = cancelled.Token } });
        Assert.Throws<OperationCanceledException>(() => estimator.Fit(FactorRows.View(_mlContext, 100)));
    }
}
