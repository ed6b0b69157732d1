using MLNet.Vae.Architectures;
using MLNet.Vae.Graphs;
using MLNet.Vae.Latents;
using MLNet.Vae.Likelihoods;

namespace MLNet.Vae.Tests.Onnx;

/// <summary>Untrained networks of every kind that training can hand over, and rows for them.</summary>
internal sealed record RandomNetwork
{
    public int Features { get; init; } = 6;

    public int Latents { get; init; } = 3;

    /// <summary>Widths of the hidden layers; empty for a linear model.</summary>
    public int[] Hidden { get; init; } = [16, 8];

    public Activation Activation { get; init; } = Activation.Gelu;

    public bool Norm { get; init; }

    public bool Bernoulli { get; init; }

    /// <summary>In place of what <see cref="Bernoulli"/> says.</summary>
    public OutputDistribution? Distribution { get; init; }

    public bool Scaled { get; init; }

    public VaeScoreKind ScoreKind { get; init; } = VaeScoreKind.NegativeElbo;

    public VaeColumns Columns { get; init; } = new() { Features = "Features", Embedding = "Embedding" };

    public double? Threshold { get; init; }

    public IReadOnlyList<string>? FeatureNames { get; init; }

    public VaeModelInfo Info => new()
    {
        FeatureCount = Features,
        LatentDimension = Latents,
        Architecture = $"mlp {string.Join('-', Hidden)}",
        Likelihood = Bernoulli ? "bernoulli" : "gaussian",
        Normalization = Scaled ? "standardize" : "none",
        ScoreKind = ScoreKind,
        Columns = Columns,
        Threshold = Threshold,
        FeatureNames = FeatureNames,
    };

    public TrainedVae Network()
    {
        var random = new Random(Features + (10 * Latents) + (100 * Hidden.Length));
        int[] encoder = [Features, .. Hidden];
        int[] decoder = [Latents, .. Hidden.Reverse()];
        var distribution = Distribution ?? (Bernoulli ? new BernoulliOutput() : new GaussianOutput(-0.8f));
        return new()
        {
            Scaling = Scaled
                ? new(Floats(Features, _ => 10 * Signed(random)), Floats(Features, i => 0.05f * MathF.Pow(3, i % 6)))
                : FeatureScaling.Identity(Features),
            Encoder = Stack(random, encoder),
            Latent = new GaussianPosterior(Dense(random, Latents, encoder[^1]), Dense(random, Latents, encoder[^1]), (-1.5f, 0.75f)),
            Decoder = [.. Stack(random, decoder), Dense(random, distribution.ParametersOf(Features), decoder[^1])],
            Distribution = distribution,
            Reference = ScoreKind == VaeScoreKind.NeighborDistance ? Reference() : null,
        };
    }

    /// <summary>Three groups of five rows.</summary>
    private ReferenceRows Reference()
    {
        var random = new Random(Features);
        float Value() => Bernoulli ? random.NextSingle() : 2 * Signed(random);
        float[][][] groups =
        [
            .. Enumerable.Range(0, 3).Select(_ => Enumerable.Range(0, 5).Select(_ => Floats(Features, _ => Value())).ToArray()),
        ];
        return new(
            groups,
            Floats(Features, i => i % 2 == 0 ? 1 : 0.5f),
            Floats(Features, i => 0.2f + i),
            Floats(Features, i => i == 1 ? float.PositiveInfinity : 0.5f),
            new(1, 0.5f, 0.25f));
    }

    public VaeModel Model() => VaeModel.Create(Network(), Info);

    /// <summary>Rows <c>[count, features]</c> like those of training; values in [0, 1] for Bernoulli, before scaling.</summary>
    public float[][] Rows(int count)
    {
        var random = new Random(count);
        float Value() => Bernoulli ? random.NextSingle() : 2 * Signed(random);
        return InUserUnits([.. Enumerable.Range(0, count).Select(_ => Floats(Features, _ => Value()))]);
    }

    /// <summary>Rows far from any training row: zeros, constants, single spikes, tiny and huge values.</summary>
    public float[][] ExtremeRows()
    {
        float[] values = Bernoulli ? [0, 1] : [0, 1, -1, 1e-6f, 1e4f, -1e4f, 1e6f];
        return InUserUnits(
        [
            .. values.Select(v => Floats(Features, _ => v)),
            .. values.Select(v => Floats(Features, i => i == 1 ? v : 0)),
            .. values.Select(v => Floats(Features, i => i % 2 == 0 ? v : Bernoulli ? 1 - v : -v)),
        ]);
    }

    private float[][] InUserUnits(float[][] rows)
    {
        var scaling = Network().Scaling;
        return [.. rows.Select(r => Floats(Features, i => (r[i] * scaling.Scale[i]) + scaling.Offset[i]))];
    }

    private Layer[] Stack(Random random, int[] widths)
    {
        var layers = new List<Layer>();
        for (var i = 1; i < widths.Length; i++)
        {
            layers.Add(Dense(random, widths[i], widths[i - 1]));
            if (Norm)
                layers.Add(Normalise(random, widths[i]));
            layers.Add(new ActivationLayer(Activation));
        }
        return [.. layers];
    }

    private static DenseLayer Dense(Random random, int outputs, int inputs)
        => new(Floats(outputs * inputs, _ => 2 * Signed(random) / MathF.Sqrt(inputs)), Floats(outputs, _ => 0.5f * Signed(random)));

    private static NormLayer Normalise(Random random, int width)
        => new(Floats(width, _ => 1 + (0.3f * Signed(random))), Floats(width, _ => 0.3f * Signed(random)), 1e-5f);

    private static float Signed(Random random) => (2 * random.NextSingle()) - 1;

    private static float[] Floats(int count, Func<int, float> value) => [.. Enumerable.Range(0, count).Select(value)];
}
