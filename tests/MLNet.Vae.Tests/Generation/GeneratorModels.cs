using MLNet.Vae.Architectures;
using MLNet.Vae.Graphs;
using MLNet.Vae.Latents;
using MLNet.Vae.Likelihoods;
using MLNet.Vae.Modules;
using MLNet.Vae.Tests.Cursors;

namespace MLNet.Vae.Tests.Generation;

/// <summary>Small models of every latent kind whose weights are known.</summary>
internal static class GeneratorModels
{
    public const int Features = 4, Latents = 3, CodebookSize = 5, Codes = 3;

    public static readonly VaeMixtureComponent[] Components =
    [
        new() { Weight = 0.5, Mean = [4, 0, -3], LogSigma = [-1, 0, 0.2f] },
        new() { Weight = 0.3, Mean = [-4, 1, 3], LogSigma = [0.1f, -2, 0] },
        new() { Weight = 0.2, Mean = [0, -6, 0], LogSigma = [0, 0, -0.5f] },
    ];

    /// <summary>Mean and log σ of the prior under each of three conditions, <c>[condition][L]</c>.</summary>
    public static readonly float[][] PriorMeans =

        [
            [1, -2, 0],
            [0, 3, 5],
            [-1, 0, 2],
        ],
        PriorLogSigmas =

        [
            [-1, 0, 0.5f],
            [0.2f, -0.7f, 0],
            [0, 0, -2],
        ];

    public static readonly string[] ConditionNames = ["red", "green", "blue"];

    public static VaeModel Gaussian { get; } =
        Create(new GaussianPosterior(Dense(Latents, Features, 1), Dense(Latents, Features, 2), (-5, 2)));

    public static VaeModel Deterministic { get; } =
        Create(new DeterministicPosterior(Dense(Latents, Features, 1), null), i => i with { LatentKind = VaeLatentKind.Deterministic });

    public static VaeModel Mixture { get; } =
        Create(
            new MixturePosterior(
                Dense(Latents, Features, 1),
                Dense(Latents, Features, 2),
                (-5, 2),
                new GaussianMixture(
                    [.. Components.Select(c => (float)Math.Log(c.Weight))],
                    [.. Components.SelectMany(c => c.Mean)],
                    [.. Components.SelectMany(c => c.LogSigma)]
                )
            ),
            info => info with { LatentKind = VaeLatentKind.GaussianMixture, ComponentCount = Components.Length, Components = Components }
        );

    /// <summary>Entries that cannot be taken for one another.</summary>
    public static float[][] Codebook { get; } = [.. Enumerable.Range(0, CodebookSize).Select(i => new float[] { i, 10 - (2 * i) })];

    public static VaeModel Quantized { get; } =
        Create(
            new QuantizedPosterior(Dense(Codes * 2, Features, 3), [.. Codebook.SelectMany(entry => entry)], 2),
            info =>
                info with
                {
                    LatentDimension = Codes * 2,
                    LatentKind = VaeLatentKind.VectorQuantized,
                    CodeCount = Codes,
                    CodebookSize = CodebookSize,
                },
            latents: Codes * 2
        );

    public const int PriorUnits = 4;

    /// <summary>The same codes with a prior over them.</summary>
    public static VaeModel WithCodePrior { get; } = Quantized.With(
        RandomCodePrior(CodePriorLayout.Of(Quantized.Info), CodebookSize, condition: 0),
        Quantized.Info with { CodePrior = PriorInfo });

    /// <summary>Of any weights: what it says is arbitrary, that it is a prior is not.</summary>
    public static CodePriorNetwork RandomCodePrior(CodePriorLayout layout, int codebookSize, int condition)
    {
        var input = Dense(3 * PriorUnits, layout.InputWidth + condition, 7);
        var entries = Dense(codebookSize, CodePriorLayout.EntryLength, 10).Weight;
        return new(input, Dense(3 * PriorUnits, PriorUnits, 8), Dense(codebookSize, PriorUnits, 9), entries);
    }

    public static VaeCodePriorInfo PriorInfo => new() { Units = PriorUnits, Nats = 4, HeldOutNats = 4.5, Epochs = 3, BestEpoch = 2 };

    public const int Classes = 3;

    /// <summary>A class of three and a code of three dimensions.</summary>
    public static VaeModel SemiSupervised { get; } =
        VaeModel.Create(
            new()
            {
                Scaling = new([1, 2, 3, 4], [0.5f, 1, 2, 4]),
                Encoder = [new SideBySideLayer([Dense(2, Features, 1)], [Dense(4, Features, 2)])],
                Latent = new ClassPosterior(
                    Dense(Classes, 4, 3), [Dense(3, 2 + Classes, 5)], Dense(Latents, 3, 6), Dense(Latents, 3, 7), (-5, 2))
                {
                    CodeHidden = 2,
                },
                Decoder = [Dense(Features, Latents + Classes, 4)],
                Distribution = new GaussianOutput(-1),
            },
            Info() with
            {
                LatentDimension = Latents + Classes,
                LatentKind = VaeLatentKind.SemiSupervised,
                ClassCount = Classes,
                ClassNames = ["low", "middle", "high"],
            });

    public static VaeModel Hierarchical { get; } = new LinearLadder().Model();

    /// <summary>Three values of a condition, given to encoder, decoder and, where it is learned, the prior.</summary>
    public static VaeModel Conditional(bool learnedPrior = false, VaeInputKind kind = VaeInputKind.Key, bool named = true)
    {
        var width = kind is VaeInputKind.Boolean or VaeInputKind.Scalar ? 1 : PriorMeans.Length;
        return Create(
            new GaussianPosterior(
                Dense(Latents, Features + width, 1), Dense(Latents, Features + width, 2), (-5, 2),
                learnedPrior ? new GaussianPrior([], Transposed(PriorMeans), Transposed(PriorLogSigmas)) : null),
            info => info with
            {
                ConditionCount = width,
                ConditionKind = kind,
                ConditionNames = named && width > 1 ? ConditionNames : null,
                LearnedPrior = learnedPrior,
                Columns = info.Columns with { Condition = "Colour" },
            },
            condition: width);
    }

    /// <summary>Reads 4 features and gives a target of 2.</summary>
    public static VaeModel WithTarget { get; } = VaeModel.Create(
        new TrainedVae
        {
            Scaling = FeatureScaling.Identity(Features),
            TargetScaling = new([5, -1], [2, 0.5f]),
            Encoder = [],
            Latent = new GaussianPosterior(Dense(Latents, Features, 1), Dense(Latents, Features, 2), (-5, 2)),
            Decoder = [Dense(2, Latents, 4)],
            Distribution = new GaussianOutput(-1),
        },
        Info() with { TargetCount = 2, TargetNames = ["near", "far"], ScoreKind = VaeScoreKind.ReconstructionError });

    /// <summary>One of each kind, by name.</summary>
    public static VaeModel Of(string kind) => kind switch
    {
        "gaussian" => Gaussian,
        "deterministic" => Deterministic,
        "mixture" => Mixture,
        "quantized" => Quantized,
        "code prior" => WithCodePrior,
        "semi-supervised" => SemiSupervised,
        "hierarchical" => Hierarchical,
        "conditional" => Conditional(),
        "learned prior" => Conditional(learnedPrior: true),
        _ => WithTarget,
    };

    public static float[][] Rows(int count)
    {
        var random = new Random(count);
        return
        [
            .. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, Features).Select(_ => (4 * random.NextSingle()) - 2).ToArray()),
        ];
    }

    private static VaeModel Create(
        LatentNetwork latent,
        Func<VaeModelInfo, VaeModelInfo>? describe = null,
        int latents = Latents,
        int condition = 0
    ) =>
        VaeModel.Create(
            new TrainedVae
            {
                Scaling = new([1, 2, 3, 4], [0.5f, 1, 2, 4]),
                ConditionScaling = condition == 0 ? null : FeatureScaling.Identity(condition),
                Encoder = condition == 0 ? [] : [new ConditionLayer()],
                Latent = latent,
                Decoder = condition == 0 ? [Dense(Features, latents, 4)] : [new ConditionLayer(), Dense(Features, latents + condition, 4)],
                Distribution = new GaussianOutput(-1),
            },
            (describe ?? (info => info))(Info()));

    private static VaeModelInfo Info() => new()
    {
        FeatureCount = Features,
        LatentDimension = Latents,
        FeatureNames = ["length", "width", "height", "mass"],
        Architecture = "linear",
        Likelihood = "gaussian",
        Normalization = "standardize",
        Columns = new() { Features = "Features", Embedding = "Embedding" },
    };

    private static DenseLayer Dense(int outputs, int inputs, int seed)
    {
        var random = new Random(seed);
        float[] Values(int count) => [.. Enumerable.Range(0, count).Select(_ => (2 * random.NextSingle()) - 1)];
        return new(Values(outputs * inputs), Values(outputs));
    }

    /// <summary>From a one-hot condition to its row.</summary>
    private static DenseLayer Transposed(float[][] rows)
        => new([.. Enumerable.Range(0, rows[0].Length).SelectMany(i => rows.Select(row => row[i]))], new float[rows[0].Length]);
}
