using MLNet.Vae.Architectures;
using MLNet.Vae.Graphs;
using MLNet.Vae.Latents;
using MLNet.Vae.Likelihoods;
using MLNet.Vae.Tests.Onnx;

namespace MLNet.Vae.Tests.Likelihoods;

/// <summary>A model whose decoder gives the same numbers for every code, and draws from it.</summary>
internal static class OutputDraws
{
    /// <returns>Rows <c>[count][features]</c>.</returns>
    public static IReadOnlyList<float[]> Of(OutputDistribution distribution, float[] output, int features, int count)
    {
        using var generator = VaeGenerator.From(Model(distribution, output, features));
        return generator.Decode([.. Enumerable.Repeat(new float[features], count)], draw: VaeDraw.Random, seed: 5).Rows;
    }

    /// <returns>E[x | z], one row.</returns>
    public static float[] Mean(OutputDistribution distribution, float[] output, int features)
    {
        using var generator = VaeGenerator.From(Model(distribution, output, features));
        return generator.Decode([new float[features]]).Rows[0];
    }

    /// <summary>ln p(x | z) of each feature of each row.</summary>
    public static double[][] LogDensities(OutputDistribution distribution, float[] output, float[][] rows)
    {
        var features = rows[0].Length;
        using var scorer = new OnnxRunner(Model(distribution, output, features).ToOnnx(VaeGraph.Scorer));
        // N(0, I) is both posterior and prior, so that the KL term is 0.
        return [.. scorer.Run(rows, features)["contributions"].Select(row => row.Select(term => -(double)term).ToArray())];
    }

    private static VaeModel Model(OutputDistribution distribution, float[] output, int features)
    {
        DenseLayer zero = new(new float[features * features], new float[features]);
        return VaeModel.Create(
            new TrainedVae
            {
                Scaling = FeatureScaling.Identity(features),
                Encoder = [],
                Latent = new GaussianPosterior(zero, zero, (-5, 5)),
                Decoder = [new DenseLayer(new float[output.Length * features], output)],
                Distribution = distribution,
            },
            new RandomNetwork { Features = features, Latents = features }.Info);
    }
}
