using MLNet.Vae.Graphs;
using MLNet.Vae.Modules;
using MLNet.Vae.Tests.Estimators;
using MLNet.Vae.Tests.Kit;
using MLNet.Vae.Tests.Onnx;
using MLNet.Vae.Training;
using Microsoft.ML;
using Microsoft.ML.Data;
using static TorchSharp.torch;

namespace MLNet.Vae.Tests.Latents;

/// <summary>Vector-quantised models with a code for each place of a picture.</summary>
public sealed class CodeMapTests
{
    private const int Rows = 60;

    [Theory]
    [InlineData(8, 8, 1, PixelLayout.Planar, 0)]
    [InlineData(7, 10, 3, PixelLayout.Interleaved, 0)]
    [InlineData(6, 9, 2, PixelLayout.Planar, 3)]
    [InlineData(6, 9, 1, PixelLayout.Planar, 3)]
    public void Torch_and_ONNX_Runtime_agree(int height, int width, int channels, PixelLayout layout, int condition)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var random = new Generator(3);
        using var parameters = new ParameterVector(CPU);
        var architecture = VaeArchitecture.Convolutional(height, width, channels, 4, 5) with { Layout = layout };
        var options = new VaeOptions { Architecture = architecture, Latent = VaeLatent.VectorQuantizedMap(6, 2) };
        var features = architecture.Image.ValueCount;
        var module = new VaeModule(new(features, 0, condition), options, parameters, random);
        var rows = Parity.RandomRows(Rows, features, random);
        var x = tensor(rows.SelectMany(row => row).ToArray(), [Rows, features]);
        var given = condition == 0 ? null : randn([Rows, condition], generator: random);
        // As in training: entries that lie among the encoder's outputs.
        module.Encode(x, given, zeros(0));
        module.Latent.AfterStep();

        var code = module.Encode(x, given, zeros(0));
        var reconstruction = module.Decode(code.Mean, given);
        var trained = module.Export(FeatureScaling.Identity(features + condition));
        var (mapHeight, mapWidth) = ((height + 3) / 4, (width + 3) / 4);
        Assert.Equal((mapHeight, mapWidth), trained.Latent.CodeMap);
        var model = VaeModel.Create(trained, new()
        {
            FeatureCount = features,
            ConditionCount = condition,
            ConditionKind = condition == 0 ? null : VaeInputKind.Vector,
            LatentDimension = mapHeight * mapWidth * 2,
            LatentKind = VaeLatentKind.VectorQuantized,
            CodeCount = mapHeight * mapWidth,
            CodebookSize = 6,
            CodeMapHeight = mapHeight,
            CodeMapWidth = mapWidth,
            Architecture = options.Architecture.Describe(),
            Likelihood = "gaussian",
            Normalization = "none",
            Columns = options.Columns with { Condition = condition == 0 ? null : "C" },
        });
        using var scorer = new OnnxRunner(model.ToOnnx(VaeGraph.Scorer));
        var inputs = new Dictionary<string, float[][]> { ["features"] = rows };
        if (given is not null)
            inputs["condition"] = [.. given.ToArray().Chunk(condition)];
        var found = scorer.Run(inputs);
        Parity.AssertNear(code.Mean, found["mean"], "mean");
        Parity.AssertNear(reconstruction, found["reconstruction"], "reconstruction");
        Assert.True(found["codes"].SelectMany(row => row).Distinct().Count() > 2);
    }

    /// <summary>Where filters do not overlap, a pixel is seen by the code of its own place alone.</summary>
    [Fact]
    public void A_code_stands_for_its_own_place()
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var random = new Generator(1);
        using var parameters = new ParameterVector(CPU);
        const int side = 6, patch = 2, dimension = 3;
        var options = new VaeOptions
        {
            Architecture = VaeArchitecture.Convolutional(side, side, 1, 4) with { KernelSize = patch, Activation = Activation.Tanh },
            Latent = VaeLatent.VectorQuantizedMap(512, dimension),
        };
        var module = new VaeModule(new(side * side), options, parameters, random);
        module.Encode(rand([200, side * side], generator: random), null, zeros(0));
        module.Latent.AfterStep();
        var row = rand([1, side * side], generator: random);
        for (var pixel = 0; pixel < side * side; pixel++)
        {
            var changed = row.clone();
            changed[0, pixel] = 40f;
            var (before, after) = (Encoded(row), Encoded(changed));
            var place = (pixel / side / patch * (side / patch)) + (pixel % side / patch);
            for (var other = 0; other < before.Length; other++)
                Assert.Equal(other != place, before[other].SequenceEqual(after[other]));
        }

        float[][] Encoded(Tensor x) => [.. module.Encode(x, null, zeros(0)).Mean.ToArray().Chunk(dimension)];
    }

    [Fact]
    public void Trained_in_a_pipeline_it_knows_its_map_and_its_prior()
    {
        var mlContext = new MLContext(seed: 1);
        using var directory = new TemporaryDirectory();
        var random = new Random(1);
        const int side = 8;
        // A bright half, left or right: what the codes on one side are, those on the other know.
        float[][] rows =
        [
            .. Enumerable.Range(0, 300).Select(_ =>
            {
                var left = random.Next(2) == 0;
                return Enumerable.Range(0, side * side)
                    .Select(pixel => (pixel % side < side / 2 == left ? 1 : 0) + (0.05f * random.NextSingle())).ToArray();
            }),
        ];
        var data = SampleData.Features(mlContext, rows, side * side);
        var latent = VaeLatent.VectorQuantizedMap(4, 2);
        var options = new VaeOptions
        {
            Architecture = VaeArchitecture.Convolutional(side, side, 1, 8, 8),
            Latent = latent with { Prior = new() { Units = 16 } },
            Training = new() { Epochs = 15, BatchSize = 32, LearningRate = 0.005, Seed = 1, Threads = 1 },
        };
        using var transformer = mlContext.Transforms.VaeEmbed(options).Fit(data);
        var info = transformer.Model.Info;
        Assert.Equal((4, 2, 2, 8), (info.CodeCount, info.CodeMapHeight, info.CodeMapWidth, info.LatentDimension));
        Assert.Equal(
            new VectorDataViewType(new KeyDataViewType(typeof(uint), 4), 4),
            transformer.GetOutputSchema(data.Schema)["EmbeddingCodes"].Type);
        // Two kinds of rows: once the first code is known, so are the others.
        Assert.InRange(info.CodePrior!.HeldOutNats!.Value, 0.3, 2.2);

        mlContext.Model.Save(transformer, data.Schema, directory.File("model.zip"));
        using var generator = VaeGenerator.From(directory.File("model.zip"));
        using var own = VaeGenerator.From(transformer);
        var samples = generator.Sample(100, seed: 1);
        Assert.Equal(own.Sample(100, seed: 1).Rows, samples.Rows);
        // A sample is one half or the other, and not both or neither.
        var sound = samples.Rows.Count(row => (Mean(row, left: true) > 0.5) != (Mean(row, left: false) > 0.5));
        Assert.True(sound > 85, $"{sound} of 100");

        using var uniform = VaeGenerator.From(
            transformer.Model.With(info with { CodePrior = null }));
        var broken = uniform.Sample(100, seed: 1).Rows.Count(row => (Mean(row, left: true) > 0.5) != (Mean(row, left: false) > 0.5));
        Assert.True(broken < sound, $"{broken} of 100 without the prior");

        double Mean(float[] row, bool left) => row.Where((_, pixel) => pixel % side < side / 2 == left).Average(value => (double)value);
    }

    [Fact]
    public void What_does_not_go_together_is_told_of()
    {
        var map = VaeLatent.VectorQuantizedMap(16, 8);
        Fault(
            "IsMap takes a code at each place of the encoder's maps, which mlp 128-64 relu has not; choose VaeArchitecture.Convolutional "
            + "with HiddenSize 0",
            new VaeOptions { Latent = map });
        var pictures = VaeArchitecture.Convolutional(64, 64);
        Fault(
            "IsMap takes a code at each place of the encoder's maps, which convolutional 64x64x1 32-64 kernel 4 stride 2 hidden 9 relu has "
            + "not; choose VaeArchitecture.Convolutional with HiddenSize 0",
            new VaeOptions { Architecture = pictures with { HiddenSize = 9 }, Latent = map });
        Fault(
            "CodeDimension · 16 · 16 places must be at most 4096, but is 8192",
            new VaeOptions { Architecture = pictures, Latent = map with { CodeDimension = 32 } });
        Fault(
            "Codes must be 1 where IsMap is set, which says how many there are, but is 2",
            new VaeOptions { Architecture = pictures, Latent = map with { Codes = 2 } });
        Fault(
            "VaeCodePrior.Units must be from 1 to 4096, but is 0; VaeCodePrior.Epochs must be from 0 to 1000000, but is -1",
            new VaeOptions { Latent = VaeLatent.VectorQuantized(4, 4) with { Prior = new() { Units = 0, Epochs = -1 } } });
    }

    [Fact]
    public void Without_a_prior_there_is_none()
    {
        var mlContext = new MLContext(seed: 1);
        using var transformer = mlContext.Transforms
            .VaeEmbed(TinyVae.Options with { Latent = VaeLatent.VectorQuantized(8, 2) with { Prior = null } })
            .Fit(FactorRows.View(mlContext, Rows));
        Assert.Null(transformer.Model.Info.CodePrior);
        using var generator = VaeGenerator.From(transformer);
        Assert.Equal(3, generator.Sample(3, 1).Count);
    }

    [Fact]
    public void A_conditional_model_has_a_prior_of_the_condition()
    {
        var mlContext = new MLContext(seed: 1);
        using var transformer = mlContext.Transforms.VaeEmbed(TinyVae.Options with
        {
            Latent = VaeLatent.VectorQuantized(8, 2, 2) with { Prior = new() { Units = 8 } },
            Condition = new() { ColumnName = nameof(ClassRows.Row.Kind) },
        }).Fit(ClassRows.View(mlContext, 300));
        using var generator = VaeGenerator.From(transformer);
        Assert.Equal(5, generator.Sample(5, 1, "1").Count);
    }

    private static void Fault(string fault, VaeOptions options)
    {
        var found = Assert.Throws<ArgumentException>(() => new MLContext().Transforms.VaeEmbed(options)).Message;
        Assert.Contains(fault, found, StringComparison.Ordinal);
    }
}
