using MLNet.Vae.Architectures;
using MLNet.Vae.Graphs;
using MLNet.Vae.Latents;
using MLNet.Vae.Likelihoods;
using MLNet.Vae.Onnx;

namespace MLNet.Vae.Tests.Generation;

/// <summary>A likelihood whose draws take other numbers than one normal for each feature.</summary>
public class DrawNoiseTests
{
    private const int Count = 20_000;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_draw_gets_as_many_normal_numbers_as_its_likelihood_takes(bool isPart)
    {
        OutputDistribution distribution = isPart
            ? new MixedOutput([new(1, new GaussianOutput(0)), new(2, new SumOfThree())])
            : new SumOfThree();
        var features = isPart ? 3 : 2;
        var model = Model(distribution, features);

        // Through a file: the number of them is kept with the model.
        foreach (var read in new[] { model, VaeModel.Load(new MemoryStream(model.ToOnnx(VaeGraph.Scorer))) })
        {
            using var generator = VaeGenerator.From(read);
            var drawn = generator.Decode([.. Enumerable.Repeat(new float[features], Count)], draw: VaeDraw.Random, seed: 3).Rows;
            new Moments(drawn).AreOfGaussian(_ => 0, (i, j) => i != j ? 0 : isPart && i == 0 ? 1 : 3);
        }
    }

    private static VaeModel Model(OutputDistribution distribution, int features)
    {
        DenseLayer zero = new(new float[features * features], new float[features]);
        return VaeModel.Create(
            new TrainedVae
            {
                Scaling = FeatureScaling.Identity(features),
                Encoder = [],
                Latent = new GaussianPosterior(zero, zero, (-5, 5)),
                Decoder = [zero],
                Distribution = distribution,
            },
            new Onnx.RandomNetwork { Features = features, Latents = features }.Info);
    }

    /// <summary>
    /// N(x̂, 3), from three normal numbers for each feature: those of the first of all features, then of the second, and so on.
    /// </summary>
    private sealed record SumOfThree : OutputDistribution
    {
        public override int NoiseOf(int features) => 3 * features;

        public override string Mean(GraphBuilder graph, int features, string output) => output;

        public override string Draw(GraphBuilder graph, int features, string output, string noise)
        {
            var parts = graph.Split("thirds", noise, features, features, features);
            return graph.Node("Sum", "sum", [output, .. parts], []);
        }

        public override string ReconstructionError(GraphBuilder graph, int features, string x, string output) =>
            graph.Node("Sub", "error", x, output);

        public override string NegativeLogDensity(GraphBuilder graph, int features, string x, string output) =>
            graph.Node("Sub", "density", x, output);
    }
}
