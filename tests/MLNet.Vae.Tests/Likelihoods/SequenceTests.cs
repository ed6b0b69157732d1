using MLNet.Vae.Data;
using MLNet.Vae.Graphs;
using MLNet.Vae.Modules;
using MLNet.Vae.Objectives;
using MLNet.Vae.Tests.Onnx;
using MLNet.Vae.Training;
using static TorchSharp.torch;

namespace MLNet.Vae.Tests.Likelihoods;

/// <summary>What a sequence costs, and that the exported graphs compute it.</summary>
public sealed class SequenceTests
{
    private const int Length = 7, Tokens = 4, Latent = 3;

    private static readonly float[][] Rows =
    [
        [1, 2, 3, 4, 1, 2, 3], [0, 0, 0, 0, 0, 0, 0], [4, 0, 0, 0, 0, 0, 0], [2, 2, 1, 0, 0, 0, 0], [3, 1, 4, 1, 2, 4, 0],
    ];

    private static readonly VaeOptions Options = VaeOptions.Sequences(Latent, Length) with
    {
        Architecture = VaeArchitecture.Sequence(5, 3),
        Likelihood = VaeLikelihood.Sequence(Length) with { HiddenSize = 6, EmbeddingSize = 3 },
    };

    [Fact]
    public void A_token_of_equally_likely_ones_costs_the_logarithm_of_their_number_and_so_does_the_end()
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var module = Module(Length, out var parameters);
        using var __ = parameters;
        using TorchSharp.Scalar zero = 0;
        parameters.Values.fill_(zero);
        var x = Values(Rows);

        var density = module.Likelihood.LogDensity(x, module.Decode(zeros(Rows.Length, Latent), null)).ToArray();

        // The end of a sequence that fills all steps is certain.
        int[] paid = [7, 1, 2, 4, 7];
        for (var i = 0; i < paid.Length; i++)
            Assert.Equal(-paid[i] * Math.Log(Tokens + 1), density[i], 1e-5);
    }

    [Fact]
    public void Padding_changes_neither_loss_nor_gradient_nor_code()
    {
        float[][] rows = [.. Rows.Skip(1)];
        var (loss, gradient, code) = Step(rows, Length);
        var (paddedLoss, paddedGradient, paddedCode) = Step([.. rows.Select(row => (float[])[.. row, 0, 0, 0, 0])], Length + 4);

        Assert.Equal(loss, paddedLoss);
        Assert.Equal(code, paddedCode);
        Assert.Equal(gradient, paddedGradient);
        Assert.Contains(gradient, value => value != 0);
    }

    [Fact]
    public void Beside_a_longer_row_a_row_costs_the_same()
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var module = Module(Length, out var parameters);
        using var __ = parameters;
        var z = randn(Rows.Length, Latent);
        var together = module.Likelihood.LogDensity(Values(Rows), module.Decode(z, null)).ToArray();
        for (var i = 0; i < Rows.Length; i++)
        {
            var alone = module.Likelihood.LogDensity(Values([Rows[i]]), module.Decode(z.narrow(0, i, 1), null)).ToArray()[0];
            Assert.Equal(together[i], alone, 1e-5f * MathF.Abs(alone));
        }
    }

    [Fact]
    public void Dropped_words_cost_more_and_only_in_training()
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var module = Module(Length, out var parameters);
        using var __ = parameters;
        using var random = new Generator(1);
        var (x, output) = (Values(Rows), module.Decode(zeros(Rows.Length, Latent), null));
        var told = module.Likelihood.LogDensity(x, output).ToArray();
        module.Dropout = random;
        var dropped = module.Likelihood.LogDensity(x, output).ToArray();
        module.Dropout = null;

        Assert.NotEqual(told[0], dropped[0]);
        // Of no token none can be dropped.
        Assert.Equal(told[1], dropped[1]);
        Assert.Equal(told, module.Likelihood.LogDensity(x, output).ToArray());
    }

    [Fact]
    public void Torch_and_ONNX_Runtime_agree()
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var module = Module(Length, out var parameters);
        using var __ = parameters;
        using TorchSharp.Scalar twice = 2;
        parameters.Values.mul_(twice);
        var x = Values(Rows);
        var code = module.Encode(x, condition: null, ones(Rows.Length, Latent));
        var density = module.Likelihood.LogDensity(x, module.Decode(code.Mean, condition: null));
        var kl = GaussianKl.PerDimension(code.Mean, code.LogSigma!).sum(1);

        using var scorer = new OnnxRunner(Model(module).ToOnnx(VaeGraph.Scorer));
        var found = scorer.Run(Rows, Length);

        Kit.Parity.AssertNear(code.Mean, found["mean"], "mean");
        Kit.Parity.AssertNear(code.LogSigma!, found["log_sigma"], "log σ");
        Kit.Parity.AssertScore((kl - density).unsqueeze(1), found);
        // Behind the end there is the share in the KL alone.
        for (var step = 2; step < Length; step++)
            Assert.Equal(kl.ToArray()[2] / Length, found["contributions"][2][step], 1e-6f);
    }

    /// <summary>Of all sequences that there can be, the likelihood sums to 1; what is drawn comes as often as it says.</summary>
    [Fact]
    public void The_probabilities_of_all_sequences_sum_to_one_and_draws_come_as_often()
    {
        const int Short = 3, Draws = 4_000;
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var module = Module(Short, out var parameters);
        using var __ = parameters;
        float[][] all = [.. All(Short)];
        var z = zeros(1, Latent);
        var probabilities = module.Likelihood.LogDensity(Values(all), module.Decode(z, null).expand(all.Length, -1)).exp().ToArray();
        Assert.Equal(1, probabilities.Sum(), 1e-5f);

        using var generator = VaeGenerator.From(Model(module, Short));
        var drawn = generator.Decode([.. Enumerable.Range(0, Draws).Select(_ => new float[Latent])], draw: VaeDraw.Random, seed: 1);
        var counts = drawn.Rows.CountBy(row => string.Join(',', row)).ToDictionary();
        for (var i = 0; i < all.Length; i++)
        {
            var expected = probabilities[i] * Draws;
            var found = counts.GetValueOrDefault(string.Join(',', all[i]));
            Assert.InRange(found, expected - (5 * Math.Sqrt(expected)) - 1, expected + (5 * Math.Sqrt(expected)) + 1);
        }
    }

    [Theory]
    [InlineData(2.5f, 1f, 0f)]
    [InlineData(5f, 1f, 0f)]
    [InlineData(-1f, 1f, 0f)]
    [InlineData(0f, 1f, 0f)]
    public void What_is_no_sequence_is_impossible(float first, float second, float third)
    {
        using var scope = NewDisposeScope();
        var module = Module(Length, out var parameters);
        using var __ = parameters;
        float[][] rows = [[first, second, third, 0, 0, 0, 0]];
        using var scorer = new OnnxRunner(Model(module).ToOnnx(VaeGraph.Scorer));
        Assert.Equal(float.PositiveInfinity, scorer.Run(rows, Length)["score"][0][0]);
    }

    private static IEnumerable<float[]> All(int length)
    {
        if (length == 0)
            return [[]];
        return Enumerable.Range(1, Tokens).SelectMany(token => All(length - 1).Select(rest => (float[])[token, .. rest]))
            .Append(new float[length]);
    }

    private static (float Loss, float[] Gradient, float[] Code) Step(float[][] rows, int length)
    {
        using var scope = NewDisposeScope();
        var module = Module(length, out var parameters);
        using var __ = parameters;
        var x = Values(rows);
        var code = module.Encode(x, null, ones(rows.Length, Latent));
        var loss = -module.Likelihood.LogDensity(x, module.Decode(code.Sample, null)).sum();
        loss.backward();
        return (loss.item<float>(), parameters.Gradients.ToArray(), code.Mean.ToArray());
    }

    private static VaeModule Module(int length, out ParameterVector parameters)
    {
        using var random = new Generator(3);
        parameters = new ParameterVector(CPU);
        var options = Options with { Likelihood = (SequenceLikelihood)Options.Likelihood with { MaximumLength = length } };
        return new(new RowLayout(length) { Tokens = Tokens }, options, parameters, random);
    }

    private static VaeModel Model(VaeModule module, int length = Length) => VaeModel.Create(
        module.Export(FeatureScaling.Identity(length)),
        new()
        {
            FeatureCount = length,
            FeatureKind = VaeInputKind.Sequence,
            TokenCount = Tokens,
            LatentDimension = Latent,
            Architecture = "sequence",
            Likelihood = "sequence",
            Normalization = "none",
            ScoreKind = VaeScoreKind.NegativeElbo,
            Columns = new() { Features = "Features", Embedding = "Embedding" },
        });

    private static Tensor Values(float[][] rows) => tensor(rows.SelectMany(row => row).ToArray(), [rows.Length, rows[0].Length]);
}
