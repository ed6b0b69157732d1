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

/// <summary>The exported graphs of models of series compute what the trained modules compute.</summary>
public sealed class SeriesParityTests
{
    private const int Latent = 3, Rows = 20, Condition = 2;

    private static readonly Scalar Two = 2;

    private static readonly VaeArchitecture[] Architectures =
    [
        VaeArchitecture.Convolutional1D(60, 8),
        VaeArchitecture.Convolutional1D(7, 1, 5, 12) with { ResidualBlocks = 1 },
        VaeArchitecture.Convolutional1D(7, 3, 33) with { Activation = Activation.Gelu, HiddenSize = 9 },
        VaeArchitecture.Convolutional1D(60, 3, 12, 5) with { KernelSize = 5, Stride = 3, ResidualBlocks = 4 },
        VaeArchitecture.Convolutional1D(60, 1, 5, 5, 5) with { KernelSize = 3, Stride = 1, ResidualBlocks = 0 },
        VaeArchitecture.Convolutional1D(1, 8, 5) with { Activation = Activation.Tanh },
        VaeArchitecture.Convolutional1D(1, 1, 5, 6) with { KernelSize = 1, Stride = 1 },
        VaeArchitecture.Recurrent(60, 8),
        VaeArchitecture.Recurrent(7, 3, hiddenSize: 5, layers: 2),
        VaeArchitecture.Recurrent(7, 1, hiddenSize: 33, layers: 3),
        VaeArchitecture.Recurrent(1, 8, hiddenSize: 12),
        VaeArchitecture.Recurrent(1, 1, hiddenSize: 1),
    ];

    public static TheoryData<int, bool> Family
        => [.. Enumerable.Range(0, Architectures.Length).SelectMany(i => ((int, bool)[])[(i, false), (i, true)])];

    [Theory]
    [MemberData(nameof(Family))]
    public void Torch_and_ONNX_Runtime_agree(int architecture, bool bernoulli)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var random = new Generator(3);
        using var parameters = new ParameterVector(CPU);
        var options = Options(Architectures[architecture], bernoulli);
        var features = options.Architecture.Row!.ValueCount;
        var module = new VaeModule(new(features), options, parameters, random);
        parameters.Values.mul_(Two);
        var scaling = bernoulli ? FeatureScaling.Identity(features) : Scaling(features);
        float[][] rows =
        [
            .. Parity.RandomRows(Rows, features, random),
            .. ExtremeRows.Of(features, bernoulli ? [0, 1, 1e-30f] : [0, 1e-30f, -1e-6f, 10, -1e5f, 1e7f]),
        ];

        var code = module.Encode(Parity.Scaled(rows, scaling), condition: null, ones(rows.Length, Latent));
        var output = module.Decode(code.Mean, condition: null);
        var reconstruction = (bernoulli ? output.sigmoid() : output) * tensor(scaling.Scale) + tensor(scaling.Offset);

        var model = VaeModel.Create(module.Export(scaling), Info(options, features, condition: 0));
        using var scorer = new OnnxRunner(model.ToOnnx(VaeGraph.Scorer));
        var found = scorer.Run(rows, features);
        Parity.AssertNear(code.Mean, found["mean"], "mean");
        Parity.AssertNear(code.LogSigma!, found["log_sigma"], "log σ");
        Parity.AssertNear(reconstruction, found["reconstruction"], "reconstruction");
        using var decoder = new OnnxRunner(model.ToOnnx(VaeGraph.Decoder));
        Parity.AssertNear(reconstruction, decoder.Run(found["mean"], Latent)["reconstruction"], "decoded");
        // ONNX Runtime's GRU ends the process where it is given no rows; nothing here gives it none.
        if (options.Architecture is Convolution1DArchitecture)
            Assert.Empty(scorer.Run([], features)["contributions"]);
    }

    public static TheoryData<int> All => [.. Enumerable.Range(0, Architectures.Length)];

    [Theory]
    [MemberData(nameof(All))]
    public void Both_are_told_the_condition(int architecture)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var random = new Generator(4);
        using var parameters = new ParameterVector(CPU);
        var options = Options(Architectures[architecture], bernoulli: false);
        var features = options.Architecture.Row!.ValueCount;
        var module = new VaeModule(new(features, Target: 0, Condition), options, parameters, random);
        var (x, condition) = (randn([Rows, features], generator: random), randn([Rows, Condition], generator: random));
        var code = module.Encode(x, condition, ones(Rows, Latent));
        Assert.True((code.Mean - module.Encode(x, -condition, ones(Rows, Latent)).Mean).norm().item<float>() > 0.01);
        Assert.True((module.Decode(code.Mean, condition) - module.Decode(code.Mean, -condition)).norm().item<float>() > 0.001);

        var model = VaeModel.Create(module.Export(FeatureScaling.Identity(features + Condition)), Info(options, features, Condition));
        using var session = new InferenceSession(model.ToOnnx(VaeGraph.Scorer));
        using var results = session.Run(
        [
            NamedOnnxValue.CreateFromTensor("features", new DenseTensor<float>(x.ToArray(), [Rows, features])),
            NamedOnnxValue.CreateFromTensor("condition", new DenseTensor<float>(condition.ToArray(), [Rows, Condition])),
        ]);
        var found = results.ToDictionary(r => r.Name, r => r.AsTensor<float>().ToArray());
        Parity.AssertNear(code.Mean, [.. found["mean"].Chunk(Latent)], "mean");
        Parity.AssertNear(module.Decode(code.Mean, condition), [.. found["reconstruction"].Chunk(features)], "reconstruction");
    }

    /// <summary>The first of every value, in the order of the features, then the second.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Parameters_of_a_value_follow_part_by_part(bool recurrent)
    {
        const int Steps = 5, Channels = 3, Parts = 2;
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var random = new Generator(5);
        using var parameters = new ParameterVector(CPU);
        VaeArchitecture architecture = recurrent
            ? VaeArchitecture.Recurrent(Steps, Channels, hiddenSize: 6)
            : VaeArchitecture.Convolutional1D(Steps, Channels, 4);
        const int Outputs = Parts * Steps * Channels;
        var network = architecture.Decoder(Latent, condition: 0, Outputs, parameters, random);
        parameters.Build();
        Assert.Equal(Outputs, network.Outputs);
        var z = randn([Rows, Latent], generator: random);

        var graph = new GraphBuilder();
        graph.Node("Identity", "output", graph.Layers("decoder", [.. network.Export()], "z"));
        var onnx = ModelFile.Write(
            graph.Build("decoder", [GraphInterface.Fixed("z", Rows, Latent)], [GraphInterface.Fixed("output", Rows, Outputs)]),
            Info(Options(architecture, bernoulli: false), Steps * Channels, condition: 0));
        using var decoder = new OnnxRunner(onnx);
        var found = network.Forward(z, condition: null, dropout: null);
        Parity.AssertNear(found, decoder.Run([.. z.ToArray().Chunk(Latent)], Latent)["output"], "output");

        // The last of the parameters are the biases of the last layer, one for each part and channel: part by part.
        var biases = parameters.Values.narrow(0, parameters.Values.numel() - (Parts * Channels), Parts * Channels);
        var shift = tensor([.. Enumerable.Range(1, Parts * Channels).Select(i => 100f * i)]);
        biases.Accumulate(shift);
        var shifted = (network.Forward(z, condition: null, dropout: null) - found).ToArray();
        for (var i = 0; i < shifted.Length; i++)
        {
            var (part, channel) = (i % Outputs / (Steps * Channels), i % Channels);
            Assert.Equal(100f * ((part * Channels) + channel + 1), shifted[i], 0.01);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Parameters_that_are_no_multiple_of_the_series_are_refused(bool recurrent)
    {
        using var random = new Generator(5);
        using var parameters = new ParameterVector(CPU);
        VaeArchitecture architecture = recurrent ? VaeArchitecture.Recurrent(8, 2) : VaeArchitecture.Convolutional1D(8, 2);
        var fault = Assert.Throws<InvalidOperationException>(
            () => architecture.Decoder(Latent, condition: 0, 17, parameters, random));
        Assert.Equal(
            "A decoder of series gives as many values for each of the 16 values of a series; the likelihood and the target need 17 in all. "
            + "Choose another likelihood, or VaeArchitecture.Mlp.",
            fault.Message);
    }

    private static VaeOptions Options(VaeArchitecture architecture, bool bernoulli) => new()
    {
        Architecture = architecture,
        Latent = VaeLatent.Gaussian(Latent),
        Likelihood = bernoulli ? VaeLikelihood.Bernoulli : VaeLikelihood.Gaussian,
    };

    private static FeatureScaling Scaling(int features) => new(
        [.. Enumerable.Range(0, features).Select(j => (float)(j % 7) - 3)],
        [.. Enumerable.Range(0, features).Select(j => MathF.Pow(2, (j % 5) - 2))]);

    private static VaeModelInfo Info(VaeOptions options, int features, int condition) => new()
    {
        FeatureCount = features,
        ConditionCount = condition,
        LatentDimension = Latent,
        Architecture = options.Architecture.Describe(),
        Likelihood = options.Likelihood.Describe(),
        Normalization = "standardize",
        Columns = options.Columns,
    };
}
