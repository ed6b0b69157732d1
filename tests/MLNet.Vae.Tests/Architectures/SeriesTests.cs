using MLNet.Vae.Modules;
using MLNet.Vae.Tests.Estimators;
using MLNet.Vae.Tests.Kit;
using MLNet.Vae.Tests.Saving;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Tests.Architectures;

/// <summary>Models of series in pipelines.</summary>
public sealed class SeriesTests
{
    private const int Steps = 7, Channels = 3, Values = Steps * Channels, Rows = 60;

    private static readonly Dictionary<string, VaeArchitecture> Architectures = new()
    {
        ["convolutional"] = VaeArchitecture.Convolutional1D(Steps, Channels, 5, 4),
        ["recurrent"] = VaeArchitecture.Recurrent(Steps, Channels, hiddenSize: 6, layers: 2),
    };

    private readonly MLContext _mlContext = new(seed: 1);

    public static TheoryData<string> Names => [.. Architectures.Keys];

    public static TheoryData<string, string> Others
    {
        get
        {
            var others = new TheoryData<string, string>();
            foreach (var name in Architectures.Keys)
            {
                foreach (var latent in (string[])["deterministic", "mixture", "codes", "hierarchical"])
                    others.Add(name, latent);
            }
            return others;
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Stands_what_every_estimator_has_to_stand(string name)
        => Workout.Run(_mlContext.Transforms.VaeEmbed(Options(name)), View(Series()), [], "Score");

    [Theory]
    [MemberData(nameof(Names))]
    public void Saved_loaded_exported_and_row_by_row_it_gives_the_same_values(string name)
    {
        var data = View(Series());
        using var transformer = _mlContext.Transforms.VaeEmbed(Options(name)).Fit(data);
        Assert.Null(transformer.Model.Info.ImageShape);
        var expected = transformer.Transform(data);
        var loaded = SavedModel.RoundTrip(transformer, data.Schema);
        ViewAssert.SameRows(expected, loaded.Transform(data), _ => true);
        using var typed = VaeTransformer.From(_mlContext, loaded);
        Assert.Equal(transformer.Model.ToOnnx(VaeGraph.Scorer), typed.Model.ToOnnx(VaeGraph.Scorer));
        ViewAssert.SameRows(expected, typed.Transform(data), _ => true);

        using var engine = _mlContext.Model.CreatePredictionEngine<Window, Embedded>(transformer);
        var embeddings = expected.GetColumn<float[]>("Embedding").ToArray();
        var series = Series();
        for (var i = 0; i < Rows; i++)
            FloatAssert.Near(embeddings[i], engine.Predict(new() { Features = series[i] }).Embedding, $"row {i}");

        using var directory = new TemporaryDirectory();
        transformer.Model.ExportOnnx(directory.Path);
        WeightsAssert.Same(transformer.Model, VaeModel.Load(Path.Combine(directory.Path, "scorer.onnx")));
    }

    [Theory]
    [MemberData(nameof(Others))]
    public void Goes_with_every_latent_variable(string name, string latent)
    {
        var options = TinyVae.Options with
        {
            Architecture = Architectures[name],
            Latent = latent switch
            {
                "deterministic" => VaeLatent.Deterministic(2),
                "mixture" => VaeLatent.GaussianMixture(2, 2),
                "codes" => VaeLatent.VectorQuantized(4, 2),
                _ => VaeLatent.Hierarchical(2, 2),
            },
        };
        using var transformer = _mlContext.Transforms.VaeEmbed(options).Fit(View(Series()));
        Assert.Equal(Rows, transformer.Transform(View(Series())).GetColumn<float[]>("Embedding").Count());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Detects_anomalies_and_generates(string name)
    {
        var options = TinyVae.AnomalyOptions with { Architecture = Architectures[name], ContributionsColumnName = "Why" };
        Workout.Run(_mlContext.AnomalyDetection.Trainers.Vae(options), View(Series()), [], "Score", "PredictedLabel", "Why");
        using var transformer = _mlContext.Transforms.VaeEmbed(Options(name)).Fit(View(Series()));
        using var generator = VaeGenerator.From(transformer.Model);
        Assert.All(generator.Sample(5, seed: 1).Rows, row => Assert.Equal(Values, row.Length));
    }

    /// <summary>ONNX Runtime's GRU ends the process where it is given no rows.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void No_rows_are_none(string name)
    {
        using var transformer = _mlContext.Transforms.VaeEmbed(Options(name)).Fit(View(Series()));
        Assert.Empty(transformer.Transform(View([])).GetColumn<float[]>("Embedding"));
        using var generator = VaeGenerator.From(transformer.Model);
        float[][] none = [];
        Assert.Empty(generator.Decode(none).Rows);
        Assert.Empty(generator.Reconstruct(none).Rows);
        Assert.Empty(generator.Encode(none));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_same_seed_gives_the_same_weights(string name)
    {
        using var first = _mlContext.Transforms.VaeEmbed(Options(name)).Fit(View(Series()));
        using var second = _mlContext.Transforms.VaeEmbed(Options(name)).Fit(View(Series()));
        WeightsAssert.Same(first.Model, second.Model);
    }

    [Theory]
    [InlineData("convolutional", "Convolutional1D")]
    [InlineData("recurrent", "Recurrent")]
    public void A_column_of_another_width_is_refused(string name, string factory)
    {
        var wrong = SampleData.Features(_mlContext, Series().Select(row => row[1..]), Values - 1, "Window");
        Assert.Equal(
            "Column 'Window': expected 21 values, for series of 7 x 3 (steps x channels, the channels of a step side by side), found 20. "
            + $"Give VaeArchitecture.{factory} the steps and channels that the column is made with. (Parameter 'column')",
            Assert.Throws<ArgumentOutOfRangeException>(
                () => _mlContext.Transforms.VaeEmbed(Options(name) with { InputColumnName = "Window" }).Fit(wrong)).Message);
    }

    [Fact]
    public void A_column_that_says_itself_that_channels_come_first_is_refused()
    {
        var data = _mlContext.Data.LoadFromEnumerable(Series().Select(row => new ChannelsFirst { Features = row }));
        Assert.StartsWith(
            "Column 'Features': expected the dimensions 7 x 3, for series of 7 x 3 (steps x channels, the channels of a step side by "
            + "side), found 3 x 7.",
            Assert.Throws<ArgumentOutOfRangeException>(() => _mlContext.Transforms.VaeEmbed(Options("recurrent")).Fit(data)).Message);
        var shaped = _mlContext.Data.LoadFromEnumerable(Series().Select(row => new StepsFirst { Features = row }));
        using var transformer = _mlContext.Transforms.VaeEmbed(Options("recurrent")).Fit(shaped);
        Assert.Equal(Rows, transformer.Transform(shaped).GetColumn<float[]>("Embedding").Count());
    }

    private static VaeOptions Options(string name) => TinyVae.Options with
    {
        Architecture = Architectures[name],
        ReconstructionColumnName = "Reconstruction",
        ScoreColumnName = "Score",
    };

    private IDataView View(IEnumerable<float[]> series) => SampleData.Features(_mlContext, series, Values);

    private static List<float[]> Series()
    {
        var random = new Random(2);
        return [.. Enumerable.Range(0, Rows).Select(_ => SampleData.Dense(random, Values))];
    }

    public sealed class Window
    {
        [VectorType(Values)]
        public float[] Features { get; set; } = [];
    }

    public sealed class StepsFirst
    {
        [VectorType(Steps, Channels)]
        public float[] Features { get; set; } = [];
    }

    public sealed class ChannelsFirst
    {
        [VectorType(Channels, Steps)]
        public float[] Features { get; set; } = [];
    }

    public sealed class Embedded
    {
        public float[] Embedding { get; set; } = [];
    }
}
