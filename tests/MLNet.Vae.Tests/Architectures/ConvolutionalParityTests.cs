using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using MLNet.Vae.Architectures;
using MLNet.Vae.Graphs;
using MLNet.Vae.Modules;
using MLNet.Vae.Onnx;
using MLNet.Vae.Tests.Kit;
using MLNet.Vae.Tests.Onnx;
using MLNet.Vae.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Vae.Tests.Architectures;

/// <summary>The exported graphs of convolutional models compute what the trained modules compute.</summary>
public sealed class ConvolutionalParityTests
{
    private const int Latent = 3, Rows = 20, Condition = 2;

    private static readonly Scalar Two = 2;

    public static TheoryData<ConvolutionalArchitecture, bool> Family
    {
        get
        {
            ConvolutionalArchitecture[] architectures =
            [
                VaeArchitecture.Convolutional(8, 8),
                VaeArchitecture.Convolutional(7, 10, 1, 4, 6) with
                {
                    KernelSize = 3,
                },
                VaeArchitecture.Convolutional(9, 5, 3, 4, 6) with
                {
                    KernelSize = 3,
                    Activation = Activation.Gelu,
                },
                VaeArchitecture.Convolutional(9, 5, 3, 4, 6) with
                {
                    Layout = PixelLayout.Interleaved,
                },
                VaeArchitecture.Convolutional(6, 7, 2, 4, 6, 5) with
                {
                    HiddenSize = 9,
                    Activation = Activation.Tanh,
                },
                VaeArchitecture.Convolutional(6, 7, 2, 4) with
                {
                    KernelSize = 2,
                    Layout = PixelLayout.Interleaved,
                    Activation = Activation.Sigmoid,
                },
                VaeArchitecture.Convolutional(11, 13, 1, 4, 5) with
                {
                    KernelSize = 5,
                    Stride = 3,
                },
                VaeArchitecture.Convolutional(5, 4, 3, 4, 5, 6) with
                {
                    KernelSize = 3,
                    Stride = 1,
                },
                VaeArchitecture.Convolutional(1, 12, 1, 3, 4),
                VaeArchitecture.Convolutional(2, 2, 3, 3),
                VaeArchitecture.Convolutional(1, 1, 3, 3) with { KernelSize = 1, Stride = 1 },
            ];
            var family = new TheoryData<ConvolutionalArchitecture, bool>();
            foreach (var architecture in architectures)
            {
                family.Add(architecture, false);
                family.Add(architecture, true);
            }
            return family;
        }
    }

    [Theory]
    [MemberData(nameof(Family))]
    public void Torch_and_ONNX_Runtime_agree(ConvolutionalArchitecture architecture, bool bernoulli)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var random = new Generator(3);
        using var parameters = new ParameterVector(CPU);
        var features = architecture.Image.ValueCount;
        var options = Options(architecture, bernoulli);
        var module = new VaeModule(new(features), options, parameters, random);
        parameters.Values.mul_(Two);
        var scaling = bernoulli ? FeatureScaling.Identity(features) : Scaling(features);
        float[][] rows = [.. rand([Rows, features], generator: random).ToArray().Chunk(features), .. Extreme(features, bernoulli)];

        var x = (tensor(rows.SelectMany(r => r).ToArray(), [rows.Length, features]) - tensor(scaling.Offset)) / tensor(scaling.Scale);
        var code = module.Encode(x, condition: null, ones(rows.Length, Latent));
        var output = module.Decode(code.Mean, condition: null);
        var reconstruction = (bernoulli ? output.sigmoid() : output) * tensor(scaling.Scale) + tensor(scaling.Offset);

        var model = VaeModel.Create(module.Export(scaling), Info(options, condition: 0));
        using var scorer = new OnnxRunner(model.ToOnnx(VaeGraph.Scorer));
        var found = scorer.Run(rows, features);
        AssertNear(code.Mean, found["mean"], "mean");
        AssertNear(code.LogSigma!, found["log_sigma"], "log σ");
        AssertNear(reconstruction, found["reconstruction"], "reconstruction");
        using var decoder = new OnnxRunner(model.ToOnnx(VaeGraph.Decoder));
        AssertNear(reconstruction, decoder.Run(found["mean"], Latent)["reconstruction"], "decoded");
        Assert.Empty(scorer.Run([], features)["contributions"]);
    }

    [Theory]
    [InlineData(PixelLayout.Planar, 0)]
    [InlineData(PixelLayout.Interleaved, 7)]
    public void Both_are_told_the_condition(PixelLayout layout, int hidden)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var random = new Generator(4);
        using var parameters = new ParameterVector(CPU);
        var architecture = VaeArchitecture.Convolutional(5, 6, 2, 3, 4) with { Layout = layout, HiddenSize = hidden };
        var features = architecture.Image.ValueCount;
        var options = Options(architecture, bernoulli: false);
        var module = new VaeModule(new(features, Target: 0, Condition), options, parameters, random);
        var (x, condition) = (randn([Rows, features], generator: random), randn([Rows, Condition], generator: random));
        var code = module.Encode(x, condition, ones(Rows, Latent));
        Assert.True((code.Mean - module.Encode(x, -condition, ones(Rows, Latent)).Mean).norm().item<float>() > 0.01);

        var model = VaeModel.Create(module.Export(FeatureScaling.Identity(features + Condition)), Info(options, Condition));
        using var session = new InferenceSession(model.ToOnnx(VaeGraph.Scorer));
        using var results = session.Run(
        [
            NamedOnnxValue.CreateFromTensor("features", new DenseTensor<float>(x.ToArray(), [Rows, features])),
            NamedOnnxValue.CreateFromTensor("condition", new DenseTensor<float>(condition.ToArray(), [Rows, Condition])),
        ]);
        var found = results.ToDictionary(r => r.Name, r => r.AsTensor<float>().ToArray());
        AssertNear(code.Mean, [.. found["mean"].Chunk(Latent)], "mean");
        AssertNear(module.Decode(code.Mean, condition), [.. found["reconstruction"].Chunk(features)], "reconstruction");
    }

    [Theory]
    [InlineData(PixelLayout.Planar)]
    [InlineData(PixelLayout.Interleaved)]
    public void Two_parameters_of_each_value_agree_too(PixelLayout layout)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var random = new Generator(5);
        using var parameters = new ParameterVector(CPU);
        var architecture = VaeArchitecture.Convolutional(5, 4, 3, 2, 3) with { Layout = layout };
        var outputs = 2 * architecture.Image.ValueCount;
        var network = architecture.Decoder(Latent, condition: 0, outputs, parameters, random);
        parameters.Build();
        Assert.Equal(outputs, network.Outputs);
        var z = randn([Rows, Latent], generator: random);

        var graph = new GraphBuilder();
        graph.Node("Identity", "output", graph.Layers("decoder", [.. network.Export()], "z"));
        var onnx = ModelFile.Write(
            graph.Build("decoder", [GraphInterface.Fixed("z", Rows, Latent)], [GraphInterface.Fixed("output", Rows, outputs)]),
            Info(Options(architecture, bernoulli: false), condition: 0));
        using var decoder = new OnnxRunner(onnx);
        AssertNear(
            network.Forward(z, condition: null, dropout: null),
            decoder.Run([.. z.ToArray().Chunk(Latent)], Latent)["output"],
            "output"
        );
    }

    [Fact]
    public void Parameters_that_are_no_multiple_of_the_picture_are_refused()
    {
        using var random = new Generator(5);
        using var parameters = new ParameterVector(CPU);
        var fault = Assert.Throws<InvalidOperationException>(
            () => VaeArchitecture.Convolutional(4, 4).Decoder(Latent, condition: 0, 17, parameters, random));
        Assert.Equal(
            "A convolutional decoder gives as many values for each of the 16 values of a picture; the likelihood and the target need 17 "
            + "in all. "
                + "Choose another likelihood, or VaeArchitecture.Mlp.",
            fault.Message);
    }

    private static void AssertNear(torch.Tensor expected, float[][] found, string what)
    {
        var rows = expected.ToArray().Select(v => (double)v).Chunk(found[0].Length).ToArray();
        for (var i = 0; i < rows.Length; i++)
            Near.Equal(rows[i], found[i], $"{what} of row {i}");
    }

    private static VaeOptions Options(ConvolutionalArchitecture architecture, bool bernoulli) => new()
    {
        Architecture = architecture,
        Latent = VaeLatent.Gaussian(Latent),
        Likelihood = bernoulli ? VaeLikelihood.Bernoulli : VaeLikelihood.Gaussian,
    };

    private static VaeModelInfo Info(VaeOptions options, int condition) => new()
    {
        FeatureCount = options.Architecture.Image!.ValueCount,
        ConditionCount = condition,
        LatentDimension = Latent,
        Architecture = options.Architecture.Describe(),
        Likelihood = options.Likelihood.Describe(),
        Normalization = "standardize",
        Columns = options.Columns,
    };

    private static FeatureScaling Scaling(int features) => new(
        [.. Enumerable.Range(0, features).Select(j => (float)(j % 7) - 3)],
        [.. Enumerable.Range(0, features).Select(j => MathF.Pow(2, (j % 5) - 2))]);

    // Between 10 and 100,000 sums of such values cancel now and then to one that an S-shaped activation does not flatten, and its rounding
    // shows.
    private static float[][] Extreme(int features, bool unitInterval)
        => ExtremeRows.Of(features, unitInterval ? [0, 1, 1e-30f] : [0, 1e-30f, -1e-6f, 10, -1e5f, 1e7f]);
}
