using MLNet.Vae.Architectures;
using MLNet.Vae.Latents;
using MLNet.Vae.Likelihoods;

namespace MLNet.Vae.Benchmarks;

/// <summary>An untrained model: what a row costs does not depend on the weights.</summary>
internal static class SampleNetwork
{
    public static VaeModel Model(int features, int hidden, int latent) => VaeModel.Create(
        new()
        {
            Scaling = new(Values(features, seed: 1), [.. Enumerable.Repeat(2f, features)]),
            Encoder = [Dense(features, hidden), new ActivationLayer(Activation.Relu)],
            Latent = new GaussianPosterior(Dense(hidden, latent), Dense(hidden, latent), (-10, 4)),
            Decoder = [Dense(latent, hidden), new ActivationLayer(Activation.Relu), Dense(hidden, features)],
            Distribution = new GaussianOutput(0),
        },
        new()
        {
            FeatureCount = features,
            LatentDimension = latent,
            Architecture = $"mlp {hidden} relu",
            Likelihood = "gaussian",
            Normalization = "standardize",
            Columns = new() { Features = ArrayView.Column, Embedding = "Embedding" },
        });

    /// <summary>Uniform in ±½.</summary>
    public static float[] Values(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5f)];
    }

    private static DenseLayer Dense(int inputs, int outputs) => new(Values(inputs * outputs, inputs), Values(outputs, outputs));
}
