using MLNet.Vae.Graphs;
using MLNet.Vae.Latents;
using MLNet.Vae.Likelihoods;
using MLNet.Vae.Tests.Onnx;

namespace MLNet.Vae.Tests.Training;

/// <summary>What a trained autoencoder computes, in ONNX Runtime.</summary>
internal static class TrainedGraph
{
    /// <summary>The scorer's outputs by name, <c>[rows, width]</c> each.</summary>
    public static Dictionary<string, float[][]> Run(TrainedVae network, float[][] rows, VaeScoreKind scoreKind = VaeScoreKind.NegativeElbo)
    {
        var model = VaeModel.Create(network, new()
        {
            FeatureCount = network.FeatureCount,
            LatentDimension = network.LatentDimension,
            LatentKind = network.Latent is DeterministicPosterior ? VaeLatentKind.Deterministic : VaeLatentKind.Gaussian,
            Architecture = "any",
            Likelihood = network.Distribution is BernoulliOutput ? "bernoulli" : "gaussian",
            Normalization = "none",
            ScoreKind = scoreKind,
            Columns = new() { Features = "Features", Embedding = "Embedding" },
        });
        using var scorer = new OnnxRunner(model.ToOnnx(VaeGraph.Scorer));
        return scorer.Run(rows, network.FeatureCount);
    }

    public static float[][] Codes(TrainedVae network, float[][] rows) => Run(network, rows)["mean"];

    /// <summary>Squared error per row of what is made of <paramref name="seen"/>, against <paramref name="clean"/>.</summary>
    public static double Error(TrainedVae network, float[][] seen, float[][] clean)
        => Run(network, seen)["reconstruction"].Zip(clean, (found, row) => found.Zip(row, (a, b) => Math.Pow(a - b, 2)).Sum()).Average();

    public static double Error(TrainedVae network, float[][] rows) => Error(network, rows, rows);
}
