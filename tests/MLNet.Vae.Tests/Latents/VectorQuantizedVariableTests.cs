using MLNet.Vae.Latents;
using MLNet.Vae.Modules;
using MLNet.Vae.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Vae.Tests.Latents;

/// <summary>The gradients and terms of a vector-quantised variable (van den Oord et al. 2017, eq. 3).</summary>
public sealed class VectorQuantizedVariableTests
{
    private const int Rows = 20, Hidden = 6, Dimension = 3;
    private const double Tolerance = 1e-5;

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void The_encoder_s_gradient_is_the_decoder_s_at_the_entries(int codes)
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(3);
        using var parameters = new ParameterVector(CPU);
        var variable = Create(codes, parameters, random);
        var hidden = randn([Rows, Hidden], generator: random).requires_grad_();

        var code = Infer(variable, hidden);
        Decode(code.Sample).backward();
        var entries = code.Mean.detach().requires_grad_();
        Decode(entries).backward();

        var weight = Weight(variable, codes);
        AssertEqual(entries.grad!.mm(weight), hidden.grad!);
        AssertEqual(code.Mean, code.Sample);
    }

    /// <summary>2β(z − e), mean over rows, and none of it reaches the entries.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void The_commitment_pulls_the_encoder_to_the_entries(int codes)
    {
        const double commitment = 0.7;
        using var scope = NewDisposeScope();
        using var random = new Generator(3);
        using var parameters = new ParameterVector(CPU);
        var variable = Create(codes, parameters, random, commitment);
        var hidden = randn([Rows, Hidden], generator: random).requires_grad_();

        var code = Infer(variable, hidden);
        code.Penalty!.backward();

        var network = (QuantizedPosterior)variable.Export();
        var weight = Weight(variable, codes);
        var encoded = hidden.detach().mm(weight.t()) + tensor(network.Encoder!.Bias);
        var distance = encoded - code.Mean;
        Assert.Equal(commitment * distance.Squared().sum().item<float>() / Rows, code.Penalty.item<float>(), Tolerance);
        using Scalar slope = 2 * commitment / Rows;
        AssertEqual((slope * distance).mm(weight), hidden.grad!);
    }

    [Fact]
    public void An_epoch_is_not_judged_by_the_commitment()
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var random = new Generator(3);
        using var parameters = new ParameterVector(CPU);
        Assert.Null(Infer(Create(1, parameters, random), randn([Rows, Hidden], generator: random)).Penalty);
    }

    [Fact]
    public void A_code_costs_the_logarithm_of_the_codebook_s_size()
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(3);
        using var parameters = new ParameterVector(CPU);
        var code = Infer(Create(4, parameters, random), randn([Rows, Hidden], generator: random));
        Assert.All(code.Kl.sum(1L).ToArray(), kl => Assert.Equal(4 * Math.Log(16), kl, Tolerance));
        Assert.Equal([Rows, 4 * Dimension], code.Kl.shape);
        Assert.Equal(4 * Rows, code.Usage!.ToArray().Sum());
    }

    /// <summary>
    /// The entries are slots among the parameters, without a gradient: clipping and Adam must leave them, and the averages behind them,
    /// alone.
    /// </summary>
    [Fact]
    public void The_optimiser_leaves_the_codebook_alone()
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(3);
        using var parameters = new ParameterVector(CPU);
        var variable = Create(2, parameters, random);
        using var adam = new Adam(parameters);
        var before = (QuantizedPosterior)variable.Export();
        for (var step = 0; step < 3; step++)
        {
            var code = Infer(variable, randn([Rows, Hidden], generator: random));
            (Decode(code.Sample) + code.Penalty!).backward();
            adam.Step(0.1);
        }

        var after = (QuantizedPosterior)variable.Export();
        Assert.Equal(before.Codebook, after.Codebook);
        Assert.DoesNotContain(before.Encoder!.Weight.Zip(after.Encoder!.Weight), pair => pair.First == pair.Second);

        variable.AfterStep();
        Assert.NotEqual(before.Codebook, ((QuantizedPosterior)variable.Export()).Codebook);
    }

    private static VectorQuantizedVariable Create(int codes, ParameterVector parameters, Generator random, double commitment = 0.25)
    {
        var variable = new VectorQuantizedVariable(
            new(Hidden, 0, VaeArchitecture.Linear, LearnedPrior: false),
            VaeLatent.VectorQuantized(16, Dimension, codes) with { Commitment = commitment },
            parameters,
            random);
        parameters.Build();
        return variable;
    }

    private static LatentInference Infer(VectorQuantizedVariable variable, Tensor hidden)
        => variable.Infer(hidden, condition: null, zeros(0), samples: 1, densities: false);

    /// <summary>Any function of which the gradient is not constant.</summary>
    private static Tensor Decode(Tensor z) => (z.Squared() * z.tanh()).sum();

    private static Tensor Weight(VectorQuantizedVariable variable, int codes)
        => tensor(((QuantizedPosterior)variable.Export()).Encoder!.Weight, [codes * Dimension, Hidden]);

    private static void AssertEqual(Tensor expected, Tensor found)
    {
        Assert.Equal(expected.shape, found.shape);
        Assert.All(expected.ToArray().Zip(found.ToArray()), pair => Assert.Equal(pair.First, pair.Second, Tolerance));
    }
}
