using MLNet.Vae.Modules;
using MLNet.Vae.Tests.Data;
using MLNet.Vae.Tests.Estimators;
using MLNet.Vae.Tests.Kit;
using MLNet.Vae.Tests.Saving;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Tests.Architectures;

/// <summary>Convolutional models in pipelines.</summary>
public sealed class ConvolutionalTests
{
    private const int Height = 5, Width = 6, Channels = 2, Values = Height * Width * Channels, Rows = 60;

    private static readonly ConvolutionalArchitecture Architecture = VaeArchitecture.Convolutional(Height, Width, Channels, 3, 4);

    private static readonly VaeOptions Options = TinyVae.Options with
    {
        Architecture = Architecture,
        ReconstructionColumnName = "Reconstruction",
        ScoreColumnName = "Score",
    };

    private readonly MLContext _mlContext = new(seed: 1);

    [Fact]
    public void Stands_what_every_estimator_has_to_stand()
        => Workout.Run(_mlContext.Transforms.VaeEmbed(Options), View(Pictures()), [], "Score");

    [Fact]
    public void Saved_loaded_exported_and_row_by_row_it_gives_the_same_values()
    {
        var data = View(Pictures());
        using var transformer = _mlContext.Transforms.VaeEmbed(Options).Fit(data);
        var expected = transformer.Transform(data);
        var loaded = SavedModel.RoundTrip(transformer, data.Schema);
        ViewAssert.SameRows(expected, loaded.Transform(data), _ => true);
        using var typed = VaeTransformer.From(_mlContext, loaded);
        Assert.Equal(transformer.Model.ToOnnx(VaeGraph.Scorer), typed.Model.ToOnnx(VaeGraph.Scorer));
        ViewAssert.SameRows(expected, typed.Transform(data), _ => true);
        Assert.Equal(new ImageShape(Height, Width, Channels, PixelLayout.Planar), typed.Model.Info.ImageShape);

        using var engine = _mlContext.Model.CreatePredictionEngine<Picture, Embedded>(transformer);
        var embeddings = expected.GetColumn<float[]>("Embedding").ToArray();
        var pictures = Pictures();
        for (var i = 0; i < Rows; i++)
            FloatAssert.Near(embeddings[i], engine.Predict(new() { Features = pictures[i] }).Embedding, $"row {i}");

        using var directory = new TemporaryDirectory();
        transformer.Model.ExportOnnx(directory.Path);
        var read = VaeModel.Load(Path.Combine(directory.Path, "scorer.onnx"));
        Assert.Equal(transformer.Model.Info.ImageShape, read.Info.ImageShape);
        WeightsAssert.Same(transformer.Model, read);
    }

    public static TheoryData<string, VaeOptions> Others { get; } = new()
    {
        { "per row", Options with { Likelihood = VaeLikelihood.GaussianPerRow } },
        { "per feature", Options with { Likelihood = VaeLikelihood.GaussianPerFeature } },
        { "Bernoulli", Options with { Likelihood = VaeLikelihood.Bernoulli, Normalization = VaeNormalization.MinMax } },
        { "student-t", Options with { Likelihood = VaeLikelihood.StudentT() } },
        { "deterministic", Options with { Latent = VaeLatent.Deterministic(3) } },
        { "codes", Options with { Latent = VaeLatent.VectorQuantized(8, 2, codes: 3) } },
        { "levels", Options with { Latent = VaeLatent.Hierarchical(4, 2) } },
        { "many samples", Options with { Objective = new() { Samples = 3, ImportanceWeighted = true } } },
        { "masked", Options with { Corruption = VaeCorruption.Masking(0.5) } },
    };

    [Theory]
    [MemberData(nameof(Others))]
    public void Goes_with_every_other_choice(string name, VaeOptions options)
    {
        var data = View(Pictures());
        using var transformer = _mlContext.Transforms.VaeEmbed(options).Fit(data);
        Assert.True(transformer.Model.IsComplete, name);
        ViewAssert.SameRows(transformer.Transform(data), SavedModel.RoundTrip(transformer, data.Schema).Transform(data), _ => true);
    }

    [Fact]
    public void The_layout_of_the_pixels_changes_nothing_else()
    {
        var planar = Pictures();
        var interleaved = planar.ConvertAll(Interleave);
        using var ofPlanar = _mlContext.Transforms.VaeEmbed(Options).Fit(View(planar));
        using var ofInterleaved = _mlContext
            .Transforms.VaeEmbed(Options with { Architecture = Architecture with { Layout = PixelLayout.Interleaved } })
            .Fit(View(interleaved));
        var (one, other) = (ofPlanar.Transform(View(planar)), ofInterleaved.Transform(View(interleaved)));
        AssertNear(one.GetColumn<float[]>("Embedding"), other.GetColumn<float[]>("Embedding"));
        AssertNear(one.GetColumn<float[]>("Reconstruction").Select(Interleave), other.GetColumn<float[]>("Reconstruction"));
    }

    [Fact]
    public void The_same_seed_gives_the_same_weights()
    {
        using var first = _mlContext.Transforms.VaeEmbed(Options).Fit(View(Pictures()));
        using var second = _mlContext.Transforms.VaeEmbed(Options).Fit(View(Pictures()));
        WeightsAssert.Same(first.Model, second.Model);
    }

    [Fact]
    public void Pictures_beyond_the_memory_limit_are_streamed()
    {
        var source = new PassView(WideRows.Features, _ => WideRows.Create());
        using var transformer = _mlContext
            .Transforms.VaeEmbed(WideRows.Streamed with { Architecture = VaeArchitecture.Convolutional(32, 32, 1, 2, 2, 2) })
            .Fit(source);
        Assert.Equal(1 + TinyVae.Epochs, source.Passes);
        Assert.Equal(WideRows.Features, transformer.Model.Info.ImageShape!.Height * transformer.Model.Info.ImageShape.Width);
    }

    [Fact]
    public void Detects_anomalies_too()
    {
        var options = TinyVae.AnomalyOptions with { Architecture = Architecture, ContributionsColumnName = "Why" };
        Workout.Run(_mlContext.AnomalyDetection.Trainers.Vae(options), View(Pictures()), [], "Score", "PredictedLabel", "Why");
    }

    [Fact]
    public void A_column_of_another_width_is_refused()
    {
        var wrong = SampleData.Features(_mlContext, Pictures().Select(row => row[1..]), Values - 1, "Pixels");
        Assert.Equal(
            "Column 'Pixels': expected 60 values, for planar pictures of 5 x 6 x 2 (height x width x channels), found 59. "
                + "Give VaeArchitecture.Convolutional the height, width, channels and layout that the column is made with. (Parameter "
                + "'column')",
            Assert.Throws<ArgumentOutOfRangeException>(
                () => _mlContext.Transforms.VaeEmbed(Options with { InputColumnName = "Pixels" }).Fit(wrong)).Message);
    }

    [Fact]
    public void A_column_that_says_itself_that_its_pictures_are_others_is_refused()
    {
        var data = _mlContext.Data.LoadFromEnumerable(Pictures().Select(row => new ShapedPicture { Features = row }));
        var interleaved = Options with
        {
            Architecture = VaeArchitecture.Convolutional(Height, Width, Channels, 3) with { Layout = PixelLayout.Interleaved },
        };
        Assert.StartsWith(
            "Column 'Features': expected the dimensions 5 x 6 x 2, for interleaved pictures of 5 x 6 x 2 (height x width x channels), "
            + "found 2 x 5 x 6.",
            Assert.Throws<ArgumentOutOfRangeException>(() => _mlContext.Transforms.VaeEmbed(interleaved).Fit(data)).Message);
        using var transformer = _mlContext.Transforms.VaeEmbed(Options).Fit(data);
        Assert.Equal(Rows, transformer.Transform(data).GetColumn<float[]>("Embedding").Count());
    }

    [Theory]
    [InlineData("Same", true)]
    [InlineData("Half", false)]
    public void A_target_must_be_a_picture_of_the_same_shape(string target, bool fits)
    {
        var data = _mlContext.Data.LoadFromEnumerable(
            Pictures()
                .Select(row => new PictureAndTarget
                {
                    Features = row,
                    Same = row,
                    Half = row[..(Values / 2)],
                })
        );
        var estimator = _mlContext.Transforms.VaeEmbed(TinyVae.Options with { Architecture = Architecture, TargetColumnName = target });
        if (fits)
        {
            using var transformer = estimator.Fit(data);
            Assert.Equal(Values, transformer.Model.Info.TargetCount);
        }
        else
        {
            Assert.StartsWith(
                "Column 'Half': expected 60 values,",
                Assert.Throws<ArgumentOutOfRangeException>(() => estimator.Fit(data)).Message
            );
        }
    }

    private static void AssertNear(IEnumerable<float[]> expected, IEnumerable<float[]> found)
    {
        const double rounding = 1e-3;
        foreach (var (one, other) in expected.Zip(found))
            Assert.All(one.Zip(other), pair => Assert.Equal(pair.First, pair.Second, rounding));
    }

    private IDataView View(IEnumerable<float[]> pictures) => SampleData.Features(_mlContext, pictures, Values);

    private static List<float[]> Pictures()
    {
        var random = new Random(2);
        return [.. Enumerable.Range(0, Rows).Select(_ => SampleData.Dense(random, Values))];
    }

    private static float[] Interleave(float[] planar)
        => [.. Enumerable.Range(0, Values).Select(slot => planar[(slot % Channels * Height * Width) + (slot / Channels)])];

    public sealed class Picture
    {
        [VectorType(Values)]
        public float[] Features { get; set; } = [];
    }

    public sealed class PictureAndTarget
    {
        [VectorType(Values)]
        public float[] Features { get; set; } = [];

        [VectorType(Values)]
        public float[] Same { get; set; } = [];

        [VectorType(Values / 2)]
        public float[] Half { get; set; } = [];
    }

    public sealed class ShapedPicture
    {
        [VectorType(Channels, Height, Width)]
        public float[] Features { get; set; } = [];
    }

    public sealed class Embedded
    {
        public float[] Embedding { get; set; } = [];
    }
}
