using System.Text.Json;
using MLNet.Vae.Tests.Estimators;
using MLNet.Vae.Tests.Onnx;
using MLNet.Vae.Tests.Saving;
using Microsoft.ML;

namespace MLNet.Vae.Tests.Training;

public sealed class HistoryTests : IDisposable
{
    private readonly MLContext _mlContext = new(seed: 1);
    private readonly ContextLog _log;
    private readonly IDataView _data;
    private readonly VaeTransformer _transformer;

    public HistoryTests()
    {
        _log = new ContextLog(_mlContext);
        _data = FactorRows.View(_mlContext, 100);
        _transformer = _mlContext.Transforms.VaeEmbed(TinyVae.Options).Fit(_data);
    }

    public void Dispose() => _transformer.Dispose();

    [Fact]
    public void Says_how_the_model_was_trained()
    {
        var history = _transformer.History();
        Assert.Equal(Enumerable.Range(1, TinyVae.Epochs), history.Epochs.Select(epoch => epoch.Epoch));
        Assert.Equal((90, 10), (history.TrainingRows, history.ValidationRows));
        Assert.Equal((TinyVae.Seed, "cpu", VaeStopReason.Completed), (history.Seed, history.Device, history.StopReason));
        Assert.True(history.Elapsed > TimeSpan.Zero);
        Assert.Same(history.Epochs[history.BestEpoch - 1], history.Best);
        Assert.Equal(_log.Warnings, history.Warnings);
    }

    [Fact]
    public void An_epoch_has_the_terms_of_the_bound()
    {
        foreach (var epoch in _transformer.History().Epochs)
        {
            Assert.Equal(-(epoch.Reconstruction + epoch.Kl), epoch.Elbo);
            Assert.Equal(TinyVae.Latents, epoch.KlPerDimension.Count);
            Assert.All(epoch.KlPerDimension, kl => Assert.True(kl >= 0));
            Assert.InRange(epoch.ActiveUnits, 0, TinyVae.Latents);
            Assert.True(epoch.DecoderSigma > 0);
            Assert.True(epoch.RowsPerSecond > 0);
        }
    }

    [Fact]
    public void The_learning_rate_follows_half_a_cosine()
    {
        double[] expected = [1e-3, 1e-3 * 0.75, 1e-3 * 0.25];
        foreach (var (rate, epoch) in expected.Zip(_transformer.History().Epochs))
        {
            Assert.Equal(rate, epoch.LearningRate, 1e-12);
        }
    }

    [Fact]
    public void Kl_per_dimension_sums_to_the_kl_of_the_rows()
    {
        // With no rows held out and steps too short to matter, the pass over the rows and the look at them afterwards see the same model.
        var training = TinyVae.Training with { ValidationFraction = 0, LearningRate = 1e-12, Epochs = 1 };
        using var transformer = _mlContext.Transforms.VaeEmbed(TinyVae.Options with { Training = training }).Fit(_data);
        var epoch = Assert.Single(transformer.History().Epochs);
        Assert.Equal(epoch.Kl, epoch.KlPerDimension.Sum(), 1e-5 * Math.Max(1, epoch.Kl));
    }

    [Fact]
    public void Survives_saving_and_loading()
    {
        var expected = JsonSerializer.Serialize(_transformer.Model.Info);
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "pipeline.model.zip");
        _mlContext.Model.Save(_transformer, _data.Schema, path);
        using var fromZip = VaeTransformer.From(new MLContext(), path);
        Assert.Equal(expected, JsonSerializer.Serialize(fromZip.Model.Info));

        using var fromLoaded = VaeTransformer.From(_mlContext, SavedModel.RoundTrip(_transformer, _data.Schema));
        Assert.Equal(expected, JsonSerializer.Serialize(fromLoaded.Model.Info));

        _transformer.ExportOnnx(folder.Path);
        Assert.Equal(expected, JsonSerializer.Serialize(VaeModel.Load(Path.Combine(folder.Path, "scorer.onnx")).Info));
        Assert.Equal(expected, JsonSerializer.Serialize(VaeModel.Load(Path.Combine(folder.Path, "encoder.onnx")).Info));
    }

    [Fact]
    public void A_warning_of_the_fit_is_kept()
    {
        // So heavy a KL term leaves nothing of the posterior but the prior.
        var options = TinyVae.Options with
        {
            Objective = new() { Beta = 1e6 },
            Training = TinyVae.Training with { Epochs = 60, LearningRate = 0.05 },
        };
        using var transformer = _mlContext.Transforms.VaeEmbed(options).Fit(_data);
        const string Expected =
            "No latent dimension is active: the posterior has collapsed onto the prior and the embedding says nothing about a row. "
            + "Lower Beta, or train for longer.";
        Assert.Equal(Expected, Assert.Single(transformer.History().Warnings));
        Assert.Equal(Expected, _log.Warnings[^1]);
        Assert.Equal(0, transformer.History().Best.ActiveUnits);
    }
}
