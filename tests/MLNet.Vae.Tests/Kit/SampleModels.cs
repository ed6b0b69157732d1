using MLNet.Vae.Architectures;
using MLNet.Vae.Graphs;
using MLNet.Vae.Latents;
using MLNet.Vae.Likelihoods;

namespace MLNet.Vae.Tests.Kit;

/// <summary>Models with random weights: what they compute is arbitrary, that it is computed right is not.</summary>
internal static class SampleModels
{
    public const int Features = 6;
    public const int Latents = 3;
    public const double Threshold = 6.0;

    public static readonly VaeColumns EmbeddingColumns = new()
    {
        Features = "Features",
        Embedding = "Embedding",
        LogSigma = "EmbeddingLogSigma",
    };

    public static readonly VaeColumns AllColumns = EmbeddingColumns with
    {
        Reconstruction = "Reconstruction",
        Contributions = "Contributions",
        Score = "Score",
        PredictedLabel = "PredictedLabel",
    };

    public static readonly VaeColumns DetectionColumns = new()
    {
        Features = "Features",
        Score = "Score",
        PredictedLabel = "PredictedLabel",
    };

    public static VaeModel Embedder(int features = Features, int latents = Latents, int hidden = 8)
        => Create(EmbeddingColumns, features, latents, hidden);

    public static VaeModel Create(
        VaeColumns columns,
        int features = Features,
        int latents = Latents,
        int hidden = 8,
        bool bernoulli = false,
        VaeScoreKind scoreKind = VaeScoreKind.ReconstructionError,
        double? threshold = Threshold,
        IReadOnlyList<string>? featureNames = null,
        int seed = 1)
    {
        var random = new Random(seed);
        var network = new TrainedVae
        {
            Scaling = bernoulli ? FeatureScaling.Identity(features) : Scaling(random, features),
            Encoder = [Dense(random, features, hidden), new ActivationLayer(Activation.Gelu)],
            Latent = new GaussianPosterior(Dense(random, hidden, latents), Dense(random, hidden, latents), (-6, 2)),
            Decoder = [Dense(random, latents, hidden), new ActivationLayer(Activation.Relu), Dense(random, hidden, features)],
            Distribution = bernoulli ? new BernoulliOutput() : new GaussianOutput(-0.5f),
        };
        return VaeModel.Create(network, new VaeModelInfo
        {
            FeatureCount = features,
            LatentDimension = latents,
            Architecture = $"mlp {hidden} gelu",
            Likelihood = bernoulli ? "bernoulli" : "gaussian",
            Normalization = bernoulli ? "none" : "standardize",
            DecoderSigma = bernoulli ? null : Math.Exp(-0.5),
            FeatureNames = featureNames,
            ScoreKind = scoreKind,
            Threshold = threshold,
            Contamination = threshold is null ? null : 0.1,
            Columns = columns,
        });
    }

    private static DenseLayer Dense(Random random, int inputs, int outputs)
    {
        var scale = 1 / MathF.Sqrt(inputs);
        return new(
            [.. Normals(random, inputs * outputs).Select(value => value * scale)],
            [.. Normals(random, outputs).Select(value => value * 0.1f)]
        );
    }

    private static FeatureScaling Scaling(Random random, int features)
        => new([.. Normals(random, features)], [.. Normals(random, features).Select(value => 0.5f + MathF.Abs(value))]);

    private static IEnumerable<float> Normals(Random random, int count) =>
        Enumerable
            .Range(0, count)
            .Select(_ => (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(Math.Tau * random.NextDouble())));
}
