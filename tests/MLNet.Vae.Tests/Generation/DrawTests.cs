using Google.Protobuf;
using MLNet.Vae.Architectures;
using MLNet.Vae.Graphs;
using MLNet.Vae.Likelihoods;
using MLNet.Vae.Modules;
using MLNet.Vae.Onnx;
using MLNet.Vae.Onnx.Schema;
using MLNet.Vae.Tests.Onnx;

namespace MLNet.Vae.Tests.Generation;

/// <summary>Draws from the likelihood of one code, many times: their frequencies and moments.</summary>
public class DrawTests
{
    private const int Count = 20_000,
        Features = 4;

    [Fact]
    public void A_binary_feature_is_1_as_often_as_its_probability_says()
    {
        var (mean, drawn) = Draws(new BernoulliOutput());

        Assert.All(drawn, row => Assert.All(row, value => Assert.True(value is 0 or 1)));
        for (var j = 0; j < Features; j++)
            Moments.Near(mean[j], drawn.Average(row => row[j]), Math.Sqrt(mean[j] * (1 - mean[j]) / Count), $"frequency of {j}");
        // Features are independent given the code.
        Moments.Near(mean[0] * mean[1], drawn.Average(row => row[0] * row[1]), Math.Sqrt(0.25 / Count), "both");
    }

    [Fact]
    public void A_category_comes_as_often_as_its_probability_says()
    {
        var (mean, drawn) = Draws(new CategoricalOutput());

        Assert.All(drawn, row => Assert.Equal([0, 0, 0, 1], row.Order()));
        for (var j = 0; j < Features; j++)
            Moments.Near(mean[j], drawn.Average(row => row[j]), Math.Sqrt(mean[j] * (1 - mean[j]) / Count), $"frequency of {j}");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Sigma_may_differ_from_feature_to_feature_and_from_row_to_row(bool perRow)
    {
        float[] logSigmas = [-0.8f, 0, 0.4f, -2];
        var network = Network(perRow ? new GaussianPerRowOutput(-3) : new GaussianPerFeatureOutput(logSigmas));
        var (mean, drawn) = Draws(network, [0.5f, -1, 2]);
        var output = Output(network, [0.5f, -1, 2]);

        double Sigma(int j) => perRow ? Math.Exp(-3 + Math.Log(1 + Math.Exp(output[Features + j] + 3))) : Math.Exp(logSigmas[j]);
        new Moments(drawn).AreOfGaussian(j => mean[j], (i, j) => i == j ? Math.Pow(Sigma(j) * network.Scaling.Scale[j], 2) : 0);
    }

    [Fact]
    public void Each_part_of_a_mixed_likelihood_is_drawn_by_its_own()
    {
        var (mean, drawn) = Draws(
            new MixedOutput([new(1, new GaussianOutput(-0.5f)), new(1, new BernoulliOutput()), new(2, new CategoricalOutput())])
        );

        Assert.All(
            drawn,
            row =>
            {
                Assert.True(row[1] is 0 or 1);
                Assert.Equal([0, 1], row[2..].Order());
            }
        );
        new Moments([.. drawn.Select(row => row[..1])]).AreOfGaussian(_ => mean[0], (_, _) => Math.Exp(-1));
        for (var j = 1; j < Features; j++)
            Moments.Near(mean[j], drawn.Average(row => row[j]), Math.Sqrt(mean[j] * (1 - mean[j]) / Count), $"frequency of {j}");
    }

    [Fact]
    public void Parts_whose_draws_take_different_numbers_are_drawn_each_by_its_own()
    {
        var (mean, drawn) = Draws(
            new MixedOutput([
                new(1, new NegativeBinomialOutput([1])),
                new(1, new StudentTOutput(0, 12)),
                new(1, new PoissonOutput()),
                new(1, new GaussianOutput(0)),
            ])
        );

        var moments = new Moments(drawn);
        double[] variances = [mean[0] + mean[0] * mean[0] / Math.E, 1.2, mean[2], 1];
        double[] excess = [6 / Math.E + 1 / variances[0], 0.75, 1 / mean[2], 0];
        for (var j = 0; j < Features; j++)
        {
            Moments.Near(mean[j], moments.Mean[j], Math.Sqrt(variances[j] / Count), $"mean of {j}");
            Moments.Near(variances[j], moments.Covariance[j, j], variances[j] * Math.Sqrt((2 + excess[j]) / Count), $"variance of {j}");
            for (var i = 0; i < j; i++)
                Moments.Near(0, moments.Covariance[i, j], Math.Sqrt(variances[i] * variances[j] / Count), $"covariance of {i} and {j}");
        }
        Assert.All(drawn, row => Assert.True(float.IsInteger(row[0]) && float.IsInteger(row[2])));
    }

    [Fact]
    public void A_target_is_drawn_in_its_own_units()
    {
        using var generator = VaeGenerator.From(GeneratorModels.WithTarget);
        float[][] codes = [.. Enumerable.Repeat(new float[] { 1, -1, 0.5f }, Count)];
        var mean = generator.Decode(codes).Rows[0];

        var drawn = generator.Decode(codes, draw: VaeDraw.Random, seed: 1).Rows;

        new Moments(drawn).AreOfGaussian(j => mean[j], (i, j) => i == j ? Math.Exp(-2) * (j == 0 ? 4 : 0.25) : 0);
    }

    [Fact]
    public void A_certain_decoder_leaves_nothing_to_chance()
    {
        var network = Network(new CategoricalOutput());
        var sure = (DenseLayer)network.Decoder[^1] with { Bias = [0, 500, 0, 0] };
        var (_, drawn) = Draws(network with { Decoder = [.. network.Decoder.SkipLast(1), sure] }, [0, 0, 0]);

        Assert.All(drawn, row => Assert.Equal([0, 1, 0, 0], row));
    }

    [Fact]
    public void A_model_of_an_earlier_version_says_that_it_has_no_draws_and_gives_all_else()
    {
        var model = GeneratorModels.Gaussian;
        using var generator = VaeGenerator.From(WithoutDraws(model));

        var error = Assert.Throws<InvalidOperationException>(() => generator.Sample(1, 1, draw: VaeDraw.Random));

        Assert.Equal(
            "The model has no graph to draw rows from its likelihood: it was saved by an earlier version of this package. Train or export "
                + "it anew.",
            error.Message
        );
        using var whole = VaeGenerator.From(model);
        Assert.Equal(whole.Sample(5, 1).Rows, generator.Sample(5, 1).Rows);
    }

    [Fact]
    public void The_graph_of_draws_is_no_part_of_what_scores()
    {
        var scorer = ModelProto.Parser.ParseFrom(GeneratorModels.Gaussian.ToOnnx(VaeGraph.Scorer));

        Assert.DoesNotContain(scorer.Graph.Node, node => node.Name.StartsWith("draw", StringComparison.Ordinal));
        Assert.True(VaeModel.Load(new MemoryStream(scorer.ToByteArray())).Computes(TensorNames.Draw));
    }

    /// <summary>The file that a version before this graph wrote: the scorer whose rest lacks it.</summary>
    private static VaeModel WithoutDraws(VaeModel model)
    {
        var file = ModelProto.Parser.ParseFrom(model.ToOnnx(VaeGraph.Scorer));
        var entry = file.MetadataProps.Single(e => e.Key == MetadataKeys.Rest);
        var rest = GraphProto.Parser.ParseFrom(Convert.FromBase64String(entry.Value));
        foreach (var node in rest.Node.Where(n => n.Name.StartsWith("draw", StringComparison.Ordinal)).ToArray())
            rest.Node.Remove(node);
        entry.Value = Convert.ToBase64String(rest.ToByteArray());
        file.MetadataProps.Remove(file.MetadataProps.Single(e => e.Key == MetadataKeys.Checksum));
        ModelFile.Seal(file);
        return VaeModel.Load(new MemoryStream(file.ToByteArray()));
    }

    private static TrainedVae Network(OutputDistribution distribution) =>
        new RandomNetwork
        {
            Features = Features,
            Distribution = distribution,
            Scaled = distribution is GaussianPerFeatureOutput or GaussianPerRowOutput,
        }.Network();

    private static (float[] Mean, IReadOnlyList<float[]> Drawn) Draws(OutputDistribution distribution) =>
        Draws(Network(distribution), [0.3f, -0.2f, 0.4f]);

    private static (float[] Mean, IReadOnlyList<float[]> Drawn) Draws(TrainedVae network, float[] code)
    {
        using var generator = VaeGenerator.From(VaeModel.Create(network, new RandomNetwork { Features = Features }.Info));
        float[][] codes = [.. Enumerable.Repeat(code, Count)];
        return (generator.Decode(codes).Rows[0], generator.Decode(codes, draw: VaeDraw.Random, seed: 1).Rows);
    }

    /// <summary>The decoder's last layer, in double precision.</summary>
    private static double[] Output(TrainedVae network, float[] code) => DoubleForwardPass.Decoded(network, code);
}
