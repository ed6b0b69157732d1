using MLNet.Vae.Tests.Architectures;
using MLNet.Vae.Tests.Kit;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Tests.Docs;

/// <summary>The lines shown in the documentation.</summary>
public sealed class SeriesExample
{
    private const int Rows = 800, Unseen = 100;

    private readonly MLContext _mlContext = new(seed: 1);
    private readonly float[][] _series = GeneratedSeries.Create(Rows + Unseen, seed: 2);

    [Fact]
    public void Windows_that_convolutions_have_not_seen_come_back()
    {
        var mlContext = _mlContext;
        var data = View(_series[..Rows]);
        using var directory = new TemporaryDirectory();
        var path = directory.File("windows.zip");

        var estimator = mlContext.Transforms.VaeEmbed(new VaeOptions
        {
            InputColumnName = "Window",                                   // 48 values: 24 steps of 2 channels
            ReconstructionColumnName = "Reconstruction",
            Architecture = VaeArchitecture.Convolutional1D(steps: 24, channels: 2, 16, 32),
            Latent = VaeLatent.Gaussian(4),
            Training = new() { Epochs = 25, BatchSize = 32, LearningRate = 0.003, Seed = 1 },
        });
        using var transformer = estimator.Fit(data);
        mlContext.Model.Save(transformer, data.Schema, path);

        AssertNear(mlContext.Model.Load(path, out _));
    }

    [Fact]
    public void Windows_that_recurrences_have_not_seen_come_back()
    {
        var mlContext = _mlContext;
        var data = View(_series[..Rows]);
        var estimator = mlContext.Transforms.VaeEmbed(new VaeOptions
        {
            InputColumnName = "Window",
            ReconstructionColumnName = "Reconstruction",
            Architecture = VaeArchitecture.Recurrent(steps: 24, channels: 2, hiddenSize: 32),
            Latent = VaeLatent.Gaussian(4),
            Training = new() { Epochs = 40, BatchSize = 32, LearningRate = 0.01, Seed = 1 },
        });
        using var transformer = estimator.Fit(data);

        AssertNear(transformer);
    }

    private void AssertNear(ITransformer transformer)
    {
        var unseen = _series[Rows..];
        var reconstructed = transformer.Transform(View(unseen)).GetColumn<float[]>("Reconstruction").ToArray();
        // The mean of the waves is zero.
        var found = unseen.Zip(reconstructed, SquaredError).Sum();
        var ofTheMean = unseen.Sum(row => SquaredError(row, new float[row.Length]));
        Assert.True(found < 0.25 * ofTheMean, $"squared error {found:F2}, of the mean series {ofTheMean:F2}");
    }

    private static double SquaredError(float[] one, float[] other) => one.Zip(other, (a, b) => (double)(a - b) * (a - b)).Sum();

    private IDataView View(IEnumerable<float[]> series)
        => _mlContext.Data.LoadFromEnumerable(series.Select(values => new Measured { Window = values }));

    public sealed class Measured
    {
        [VectorType(GeneratedSeries.Steps, GeneratedSeries.Channels)]
        public float[] Window { get; set; } = [];
    }
}
