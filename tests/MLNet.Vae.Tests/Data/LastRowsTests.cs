using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Data;
using static TorchSharp.torch;

namespace MLNet.Vae.Tests.Data;

/// <summary>Rows in the order of time: the last of them are held out, with a gap before them.</summary>
public sealed class LastRowsTests
{
    private readonly MLContext _mlContext = new(seed: 1);

    [Theory]
    [InlineData(0.1, 100, 1_000, 5, 90, 5)]
    [InlineData(0.1, 100, 4, 5, 96, 5)]
    [InlineData(0.9, 10, 1_000, 5, 1, 0)]
    [InlineData(0, 10, 1_000, 5, 10, 0)]
    [InlineData(0.001, 10, 1_000, 20, 9, 8)]
    public void Are_a_share_with_a_gap_before_them(double fraction, int rows, int most, int gap, int from, int left)
    {
        var split = RowSplit.Last(fraction, rows, most, gap);
        Assert.Equal(Enumerable.Range(from, rows - from), Enumerable.Range(0, rows).Where(row => split.IsHeldOut(row)));
        Assert.Equal(Enumerable.Range(0, from - left), Enumerable.Range(0, rows).Where(row => split.IsTrainedOn(row)));
    }

    [Theory]
    [InlineData(7)]
    [InlineData(100)]
    [InlineData(1)]
    public void A_ring_keeps_the_last_rows_whatever_the_blocks(int blockRows)
    {
        const int Rows = 1_003, Capacity = 40;
        using var ring = new LastRows(features: 2, fraction: 0.1, gap: 3, Capacity);
        float[] values = [.. Enumerable.Range(0, 2 * Rows).Select(i => (float)i)];
        foreach (var block in values.Chunk(2 * blockRows))
            ring.Add(block);
        ring.Complete();
        using var held = ring.ToTensor(CPU);

        Assert.Equal(Enumerable.Range(Rows - Capacity, Capacity).Select(row => (long)row), ring.Numbers);
        Assert.Equal(values[^(2 * Capacity)..], held.data<float>().ToArray());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_fit_trains_on_none_of_them_nor_of_the_gap(bool streams)
    {
        // Rows beyond the memory limit are streamed. Those that may train are near 0, those of the gap near 1,000.
        var (count, width) = streams ? (3_000, 128) : (300, 4);
        var (held, gap) = (count / 10, 20);
        var random = new Random(1);
        var rows = Enumerable.Range(0, count).Select(i => Enumerable.Range(0, width)
            .Select(_ => random.NextSingle() + (i >= count - held - gap && i < count - held ? 1_000 : 0)).ToArray()).ToArray();
        using var transformer = _mlContext.Transforms.VaeEmbed(new VaeOptions
        {
            InputColumnName = "Features",
            OutputColumnName = "Z",
            Latent = VaeLatent.Gaussian(2),
            Normalization = VaeNormalization.None,
            Likelihood = VaeLikelihood.GaussianWithSigma(1),
            Training = new()
            {
                Epochs = 2,
                Seed = 1,
                ValidationSplit = VaeValidationSplit.Last,
                ValidationGap = gap,
                MemoryLimit = VaeTrainingOptions.MinimumMemoryLimit,
            },
        }).Fit(View(rows, width));
        var history = transformer.Model.Info.Training!;

        Assert.Equal((held, count - held - gap), (history.ValidationRows, history.TrainingRows));
        // With a row of the gap among them the squared error alone would be above 1,000² · width / 2 / rows.
        Assert.True(history.Epochs[^1].Elbo > -2_000d * width * width, $"{history.Epochs[^1].Elbo}");
        Assert.True(history.Epochs[^1].ValidationElbo > -2_000d * width, $"{history.Epochs[^1].ValidationElbo}");
    }

    [Fact]
    public void A_detector_takes_its_threshold_from_stretches()
    {
        var random = new Random(1);
        var rows = Enumerable.Range(0, 400).Select(_ => Enumerable.Range(0, 4).Select(_ => random.NextSingle()).ToArray()).ToArray();
        VaeTransformer Fit() => _mlContext.AnomalyDetection.Trainers.Vae(new VaeAnomalyOptions
        {
            Training = new() { Epochs = 8, Seed = 1, ValidationSplit = VaeValidationSplit.Last, ValidationGap = 10 },
        }).Fit(View(rows, 4));
        using var first = Fit();
        using var second = Fit();
        Assert.True(first.Model.Info.Threshold > 0);
        Assert.Equal(first.Model.Info.Threshold, second.Model.Info.Threshold);
    }

    [Fact]
    public void What_does_not_fit_is_said()
    {
        var fault = Assert.Throws<ArgumentException>(() => _mlContext.Transforms.VaeEmbed(new VaeOptions
        {
            OutputColumnName = "Z",
            Training = new() { ValidationGap = 3 },
        }));
        Assert.Contains("ValidationGap needs ValidationSplit Last", fault.Message, StringComparison.Ordinal);
        fault = Assert.Throws<ArgumentException>(() => _mlContext.Transforms.VaeEmbed(new VaeOptions
        {
            OutputColumnName = "Z",
            TargetColumnName = "Other",
            Training = new() { ValidationSplit = VaeValidationSplit.Last, ValidationGap = -1 },
        }));
        Assert.Contains("ValidationGap must be at least 0, but is -1", fault.Message, StringComparison.Ordinal);
        Assert.Contains("ValidationSplit must be Random with a target", fault.Message, StringComparison.Ordinal);
    }

    private IDataView View(float[][] rows, int width)
    {
        var schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, width);
        return _mlContext.Data.LoadFromEnumerable(rows.Select(row => new Row(row)), schema);
    }

    private sealed class Row(float[] features)
    {
        public float[] Features { get; } = features;
    }
}
