using MLNet.Vae.Architectures;
using MLNet.Vae.Graphs;
using MLNet.Vae.Latents;
using MLNet.Vae.Likelihoods;
using MLNet.Vae.Modules;
using MLNet.Vae.Training;
using static TorchSharp.torch;

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
        Info(features, latent, $"mlp {hidden} relu"));

    /// <summary>Of an architecture, as training begins with it.</summary>
    public static VaeModel Model(VaeArchitecture architecture, int features, int latent)
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(1);
        using var parameters = new ParameterVector(CPU);
        var options = new VaeOptions { Architecture = architecture, Latent = VaeLatent.Gaussian(latent) };
        var module = new VaeModule(new(features), options, parameters, random);
        return VaeModel.Create(module.Export(FeatureScaling.Identity(features)), Info(features, latent, architecture.Describe()));
    }

    /// <summary>Uniform in ±½.</summary>
    public static float[] Values(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5f)];
    }

    private static VaeModelInfo Info(int features, int latent, string architecture) => new()
    {
        FeatureCount = features,
        LatentDimension = latent,
        Architecture = architecture,
        Likelihood = "gaussian",
        Normalization = "standardize",
        Columns = new() { Features = ArrayView.Column, Embedding = "Embedding" },
    };

    private static DenseLayer Dense(int inputs, int outputs) => new(Values(inputs * outputs, inputs), Values(outputs, outputs));
}
