using MLNet.Vae.Modules;
using MLNet.Vae.Tests.Architectures;
using MLNet.Vae.Tests.Kit;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Tests.Docs;

/// <summary>The lines shown in the documentation.</summary>
public sealed class ConvolutionalExample
{
    private const int Rows = 400, Unseen = 100;

    [Fact]
    public void Pictures_that_it_has_not_seen_come_back()
    {
        var mlContext = new MLContext(seed: 1);
        var pictures = GeneratedPictures.Create(Rows + Unseen, seed: 2);
        var data = View(mlContext, pictures[..Rows]);
        using var directory = new TemporaryDirectory();
        var path = directory.File("pictures.zip");

        var estimator = mlContext.Transforms.VaeEmbed(new VaeOptions
        {
            InputColumnName = "Pixels",
            ReconstructionColumnName = "Reconstruction",
            Architecture = VaeArchitecture.Convolutional(height: 16, width: 16, channels: 1, 8, 16),
            Likelihood = VaeLikelihood.Bernoulli,
            Training = new() { Epochs = 60, BatchSize = 32, LearningRate = 0.003, Seed = 1 },
        });
        using var transformer = estimator.Fit(data);
        mlContext.Model.Save(transformer, data.Schema, path);
        var reconstructed = mlContext.Model.Load(path, out _).Transform(View(mlContext, pictures[Rows..]))
            .GetColumn<float[]>("Reconstruction").ToArray();

        var mean = Enumerable
            .Range(0, GeneratedPictures.Pixels)
            .Select(slot => pictures[..Rows].Average(picture => picture[slot]))
            .ToArray();
        var found = pictures[Rows..].Zip(reconstructed, SquaredError).Average();
        var ofTheMean = pictures[Rows..].Average(picture => SquaredError(picture, mean));
        Assert.True(found < 0.75 * ofTheMean, $"squared error {found:F2}, of the mean picture {ofTheMean:F2}");
    }

    private static double SquaredError(float[] one, float[] other) => one.Zip(other, (a, b) => (double)(a - b) * (a - b)).Sum();

    private static IDataView View(MLContext mlContext, IEnumerable<float[]> pictures)
        => mlContext.Data.LoadFromEnumerable(pictures.Select(pixels => new Picture { Pixels = pixels }));

    public sealed class Picture
    {
        [VectorType(GeneratedPictures.Side, GeneratedPictures.Side)]
        public float[] Pixels { get; set; } = [];
    }
}
