using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Tests.Onnx;

/// <summary>
/// Models that an earlier state of the library trained and saved, and what it gave for some rows, under Reference: they load, and give the
/// same.
/// </summary>
public class EarlierModelTests
{
    private const double Tolerance = 1e-5;

    private readonly MLContext _mlContext = new();

    [Theory]
    [InlineData("conditional.zip", VaeLatentKind.Gaussian, 3)]
    [InlineData("quantized.zip", VaeLatentKind.VectorQuantized, 3)]
    [InlineData("hierarchical.onnx", VaeLatentKind.Hierarchical, 3)]
    public void Give_what_they_gave(string name, VaeLatentKind latent, int epochs)
    {
        using var transformer = VaeTransformer.From(_mlContext, Find(name));

        Assert.Equal(latent, transformer.Model.Info.LatentKind);
        Assert.Equal(epochs, transformer.Model.Info.Training!.Epochs.Count);
        AssertSame(name, transformer);
    }

    [Theory]
    [InlineData("conditional.zip")]
    [InlineData("quantized.zip")]
    public void Give_what_they_gave_in_stock_MLNet(string name) => AssertSame(name, _mlContext.Model.Load(Find(name), out _));

    private void AssertSame(string name, ITransformer transformer)
    {
        var expected = File.ReadLines(Find(Path.ChangeExtension(name, "txt"))).Select(line => line.Split(' '))
            .ToLookup(words => words[0], words => Array.ConvertAll(words[1..], word => float.Parse(word, CultureInfo.InvariantCulture)));
        var rows = expected["Features"].Zip(expected["Other"], (features, other) => new Row { Features = features, Other = other });
        var view = transformer.Transform(_mlContext.Data.LoadFromEnumerable(rows));
        foreach (var column in expected)
        {
            var found =
                view.Schema[column.Key].Type is VectorDataViewType
                    ? view.GetColumn<float[]>(column.Key)
                    : view.GetColumn<float>(column.Key).Select(value => new[] { value });
            Assert.Equal(
                column.SelectMany(row => row),
                found.SelectMany(row => row),
                (a, b) => Math.Abs(a - b) <= Tolerance * Math.Max(1, Math.Abs(a))
            );
        }
    }

    private static string Find(string name) => Path.Combine(TestData.RepositoryRoot, "tests", "MLNet.Vae.Tests", "Reference", name);

    private sealed class Row
    {
        [VectorType(6)]
        public float[] Features { get; set; } = [];

        [VectorType(2)]
        public float[] Other { get; set; } = [];
    }
}
