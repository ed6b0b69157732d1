using MLNet.Vae.Architectures;
using MLNet.Vae.Graphs;
using MLNet.Vae.Latents;
using MLNet.Vae.Likelihoods;
using MLNet.Vae.Missing;
using MLNet.Vae.Tests.Generation;
using MLNet.Vae.Tests.Onnx;

namespace MLNet.Vae.Tests.Reading;

/// <summary>
/// Small models with random weights: every latent variable, likelihood, architecture, activation and scaling that training can hand over,
/// with every column that they give.
/// </summary>
internal static class FamilyModels
{
    private const int Features = 6, Latents = 3, Hidden = 8;

    private static readonly Lazy<IReadOnlyDictionary<string, VaeModel>> Models = new(Create);

    public static IReadOnlyDictionary<string, VaeModel> All => Models.Value;

    private static Dictionary<string, VaeModel> Create() => new()
    {
        ["gaussian"] = Mlp(new GaussianOutput(-0.5f), Activation.Gelu, Standardised(), norm: true),
        ["reconstruction error"] = Mlp(new GaussianOutput(-0.5f), Activation.Tanh, score: VaeScoreKind.ReconstructionError),
        ["neighbor distance"] = WithColumns(new RandomNetwork { ScoreKind = VaeScoreKind.NeighborDistance, Scaled = true }.Model()),
        ["gaussian per feature"] = Mlp(new GaussianPerFeatureOutput(Values(Features, 1)), Activation.Sigmoid, Standardised()),
        ["gaussian per row"] = Mlp(new GaussianPerRowOutput(-3), Activation.Relu, Standardised()),
        ["gaussian in the unit interval"] = Mlp(new GaussianUnitIntervalOutput(-0.5f), Activation.Sigmoid),
        ["bernoulli"] = Mlp(new BernoulliOutput(), Activation.Relu),
        ["categorical"] = Mlp(new CategoricalOutput(), Activation.Relu),
        ["student-t"] = Mlp(new StudentTOutput(-0.5f, 4), Activation.Relu, Standardised()),
        ["poisson"] = Mlp(new PoissonOutput(), Activation.Relu, Logarithms(), likelihood: FeatureScaling.Identity(Features)),
        ["negative binomial"] =
            Mlp(new NegativeBinomialOutput([0.5]), Activation.Relu, Logarithms(), likelihood: FeatureScaling.Identity(Features)),
        ["mixed"] = Mlp(
            new MixedOutput(
            [
                new(1, new GaussianPerRowOutput(-3)),
                new(2, new BernoulliOutput()),
                new(2, new CategoricalOutput()),
                new(1, new PoissonOutput()),
            ]),
            Activation.Relu),
        ["missing values"] = WithMissingValues(VaeScoreKind.NegativeElbo),
        ["missing values, sampled score"] = WithMissingValues(VaeScoreKind.NegativeLogLikelihood),
        ["deterministic"] = WithColumns(GeneratorModels.Deterministic),
        ["mixture"] = WithColumns(GeneratorModels.Mixture),
        ["quantized"] = WithColumns(GeneratorModels.Quantized),
        ["code prior"] = WithColumns(GeneratorModels.WithCodePrior),
        ["map of codes"] = CodeMap(),
        ["semi-supervised"] = WithColumns(GeneratorModels.SemiSupervised),
        ["hierarchical"] = WithColumns(GeneratorModels.Hierarchical),
        ["conditional"] = WithColumns(GeneratorModels.Conditional()),
        ["learned prior"] = WithColumns(GeneratorModels.Conditional(learnedPrior: true, VaeInputKind.Vector)),
        ["target"] = WithColumns(GeneratorModels.WithTarget),
        ["convolutional"] = Convolutional(),
        ["convolutional, of series"] = Convolutional1D(),
        ["recurrent"] = Recurrent(),
        ["sequence"] = Sequence(),
    };

    private static VaeModel Mlp(
        OutputDistribution distribution, Activation activation, FeatureScaling? scaling = null, FeatureScaling? likelihood = null,
        bool norm = false, VaeScoreKind score = VaeScoreKind.NegativeElbo) =>
        WithColumns(
            VaeModel.Create(
                new()
                {
                    Scaling = scaling ?? FeatureScaling.Identity(Features),
                    LikelihoodScaling = likelihood,
                    Encoder = Layers(Features, activation, norm, 1),
                    Latent = new GaussianPosterior(Dense(Latents, Hidden, 2), Dense(Latents, Hidden, 3), (-5, 2)),
                    Decoder = [.. Layers(Latents, activation, norm, 4), Dense(distribution.ParametersOf(Features), Hidden, 5)],
                    Distribution = distribution,
                },
                Info(Features, Latents) with { ScoreKind = score }));

    /// <summary>Two numbers, a category and a count, of which any may be missing.</summary>
    private static VaeModel WithMissingValues(VaeScoreKind score)
    {
        CategorySupport category = new(2, 3);
        var mask = MaskLayout.Of(Features, [category]);
        var distribution = new MixedOutput(
            [new(2, new GaussianPerRowOutput(-3)), new(3, new CategoricalOutput()), new(1, new PoissonOutput())]);
        return WithColumns(
            VaeModel.Create(
                new()
                {
                    Scaling = FeatureScaling.Identity(Features),
                    Mask = mask,
                    Encoder = Layers(mask.Width, Activation.Relu, norm: false, 1),
                    Latent = new GaussianPosterior(Dense(Latents, Hidden, 2), Dense(Latents, Hidden, 3), (-5, 2)),
                    Decoder =
                    [
                        .. Layers(Latents, Activation.Relu, norm: false, 4),
                        Dense(distribution.ParametersOf(Features), Hidden, 5),
                    ],
                    Distribution = distribution,
                },
                Info(Features, Latents) with
                {
                    MissingValues = VaeMissingValues.Observed,
                    ScoreKind = score,
                    Support = [category, new CountSupport(5, 1)],
                }));
    }

    /// <summary>Sequences of up to five of three tokens.</summary>
    private static VaeModel Sequence()
    {
        const int Length = 5, Tokens = 3, Width = 2, Units = 4;
        TokenEmbedding Table(int seed) => TokenEmbedding.Of(Values(Tokens * Width, seed), Tokens);
        RecurrentCell Cell(int seed) => new(Dense(3 * Units, Width, seed), Dense(3 * Units, Units, seed + 1));
        var distribution = new SequenceOutput(Table(1), Cell(2), Dense(Tokens + 1, Units, 4));
        return WithColumns(
            VaeModel.Create(
                new()
                {
                    Scaling = FeatureScaling.Identity(Length),
                    Encoder = [new SequenceLayer(Length, Table(5), Cell(6), Cell(8))],
                    Latent = new GaussianPosterior(Dense(Latents, 2 * Units, 10), Dense(Latents, 2 * Units, 11), (-5, 2)),
                    Decoder = [Dense(distribution.ParametersOf(Length), Latents, 12)],
                    Distribution = distribution,
                },
                Info(Length, Latents) with
                {
                    FeatureKind = VaeInputKind.Sequence,
                    FeatureNames = null,
                    TokenCount = Tokens,
                    TokenNames = ["a", "b", "c"],
                    Support = [new SequenceSupport(0, Length, Tokens)],
                }));
    }

    /// <summary>Pictures of 4 × 4 pixels of two values each, pixel by pixel, to three maps of 2 × 2 and back.</summary>
    private static VaeModel Convolutional()
    {
        const int Side = 4, Channels = 2, Filters = 3, Kernel = 3;
        var picture = new ImageShape(Side, Side, Channels, PixelLayout.Interleaved);
        var shape = new ConvolutionShape(Channels, Filters, new(Side, Kernel, 2), new(Side, Kernel, 2));
        var weights = Filters * Channels * Kernel * Kernel;
        var hidden = shape.Result.ValueCount;
        return WithColumns(
            VaeModel.Create(
                new()
                {
                    Scaling = FeatureScaling.Identity(picture.ValueCount),
                    Encoder =
                    [
                        new ToMapsLayer(picture),
                        new ConvolutionLayer(shape, Values(weights, 1), Values(Filters, 2)),
                        new ActivationLayer(Activation.Relu),
                        new ToRowsLayer(shape.Result, 1),
                    ],
                    Latent = new GaussianPosterior(Dense(Latents, hidden, 3), Dense(Latents, hidden, 4), (-5, 2)),
                    Decoder =
                    [
                        Dense(hidden, Latents, 5),
                        new ToMapsLayer(shape.Result),
                        new TransposedConvolutionLayer(shape, Values(weights, 6), Values(Channels, 7)),
                        new ToRowsLayer(picture, 1),
                    ],
                    Distribution = new GaussianOutput(-1),
                },
                Info(picture.ValueCount, Latents) with { ImageShape = picture }));
    }

    /// <summary>Series of 5 steps of two values each, to three maps of 3 steps, through a dilated residual block, and back.</summary>
    private static VaeModel Convolutional1D()
    {
        const int Steps = 5, Channels = 2, Filters = 3, Kernel = 4;
        var series = new ImageShape(1, Steps, Channels, PixelLayout.Interleaved);
        var shape = new ConvolutionShape(Channels, Filters, new(Steps, Kernel, 2));
        var weights = Filters * Channels * Kernel;
        var hidden = shape.Result.ValueCount;
        var relu = new ActivationLayer(Activation.Relu);
        ResidualLayer Block(int seed) => new(
        [
            relu,
            new ConvolutionLayer(
                new(Filters, Filters, new(shape.Result.Width, 3, 1, Dilation: 2)), Values(Filters * Filters * 3, seed),
                Values(Filters, seed + 1)),
            relu,
        ]);
        return WithColumns(
            VaeModel.Create(
                new()
                {
                    Scaling = FeatureScaling.Identity(series.ValueCount),
                    Encoder =
                    [
                        new ToMapsLayer(series),
                        new ConvolutionLayer(shape, Values(weights, 1), Values(Filters, 2)),
                        Block(3),
                        new ToRowsLayer(shape.Result, 1),
                    ],
                    Latent = new GaussianPosterior(Dense(Latents, hidden, 5), Dense(Latents, hidden, 6), (-5, 2)),
                    Decoder =
                    [
                        Dense(hidden, Latents, 7),
                        new ToMapsLayer(shape.Result),
                        Block(8),
                        new TransposedConvolutionLayer(shape, Values(weights, 10), Values(Channels, 11)),
                        new ToRowsLayer(series, 1),
                    ],
                    Distribution = new GaussianOutput(-1),
                },
                Info(series.ValueCount, Latents)));
    }

    /// <summary>Series of 4 steps of two values each, by two recurrent layers each way, given a condition.</summary>
    private static VaeModel Recurrent()
    {
        const int Steps = 4, Channels = 2, Units = 3, Condition = 2, Parts = 2;
        GatedRecurrence[] Recurrences(int inputs, int seed) =>
        [
            new(Dense(3 * Units, inputs, seed), Dense(3 * Units, Units, seed + 1)),
            new(Dense(3 * Units, Units, seed + 2), Dense(3 * Units, Units, seed + 3)),
        ];
        var info = Info(Steps * Channels, Latents) with { ConditionCount = Condition, ConditionKind = VaeInputKind.Vector };
        return WithColumns(
            VaeModel.Create(
                new()
                {
                    Scaling = FeatureScaling.Identity(Steps * Channels),
                    ConditionScaling = FeatureScaling.Identity(Condition),
                    Encoder = [new RecurrentEncoderLayer(Steps, Channels, Recurrences(Channels, 1)), new ConditionLayer()],
                    Latent = new GaussianPosterior(
                        Dense(Latents, Units + Condition, 5), Dense(Latents, Units + Condition, 6), (-5, 2)),
                    Decoder =
                    [
                        new ConditionLayer(),
                        new RecurrentDecoderLayer(
                            Values(Steps * (Latents + Condition), 7), Recurrences(Latents + Condition, 8),
                            Dense(Parts * Channels, Units, 12), Steps, Parts),
                    ],
                    Distribution = new GaussianPerRowOutput(-3),
                },
                info with { Columns = info.Columns with { Condition = "Condition" } }));
    }

    /// <summary>Pictures of 4 × 4 pixels to a map of 2 × 2 codes and back, given a condition, with a prior over codes.</summary>
    private static VaeModel CodeMap()
    {
        const int Side = 4, Filters = 3, Kernel = 3, Dimension = 2, Entries = 5, Condition = 2;
        var picture = new ImageShape(Side, Side, 1, PixelLayout.Planar);
        var shape = new ConvolutionShape(1, Filters, new(Side, Kernel, 2), new(Side, Kernel, 2));
        var places = shape.Result with { Channels = Dimension, Layout = PixelLayout.Interleaved };
        ConvolutionShape Point(int inputs, int outputs) => new(inputs, outputs, new(places.Height, 1, 1), new(places.Width, 1, 1));
        var info = Info(picture.ValueCount, places.ValueCount) with
        {
            LatentKind = VaeLatentKind.VectorQuantized,
            CodeCount = places.Height * places.Width,
            CodebookSize = Entries,
            CodeMapHeight = places.Height,
            CodeMapWidth = places.Width,
            ImageShape = picture,
            ConditionCount = Condition,
            ConditionKind = VaeInputKind.Vector,
            Columns = new() { Features = "Features", Embedding = "Embedding", Condition = "Condition" },
        };
        var model = VaeModel.Create(
            new()
            {
                Scaling = FeatureScaling.Identity(picture.ValueCount),
                ConditionScaling = FeatureScaling.Identity(Condition),
                Encoder =
                [
                    new ToMapsLayer(picture),
                    new ConvolutionLayer(shape, Values(Filters * Kernel * Kernel, 1), Values(Filters, 2)),
                    new ConditionMapsLayer(Dense(Filters, Condition, 3)),
                    new ActivationLayer(Activation.Relu),
                    new ConvolutionLayer(Point(Filters, Dimension), Values(Filters * Dimension, 4), Values(Dimension, 5)),
                    new ToRowsLayer(places, 1),
                ],
                Latent = new QuantizedPosterior(null, Values(Entries * Dimension, 6), Dimension) { Map = (places.Height, places.Width) },
                Decoder =
                [
                    new ToMapsLayer(places),
                    new ConvolutionLayer(Point(Dimension, Filters), Values(Filters * Dimension, 7), Values(Filters, 8)),
                    new ConditionMapsLayer(Dense(Filters, Condition, 9)),
                    new ActivationLayer(Activation.Relu),
                    new TransposedConvolutionLayer(shape, Values(Filters * Kernel * Kernel, 10), Values(1, 11)),
                    new ToRowsLayer(picture, 1),
                ],
                Distribution = new GaussianOutput(-1),
            },
            info);
        var prior = GeneratorModels.RandomCodePrior(CodePriorLayout.Of(model.Info), Entries, Condition);
        return WithColumns(model.With(prior, model.Info with { CodePrior = GeneratorModels.PriorInfo }));
    }

    private static VaeModelInfo Info(int features, int latents) => new()
    {
        FeatureCount = features,
        LatentDimension = latents,
        FeatureNames = [.. Enumerable.Range(0, features).Select(i => $"f{i}")],
        Architecture = "mlp",
        Likelihood = "any",
        Normalization = "any",
        ScoreKind = VaeScoreKind.NegativeElbo,
        Columns = new() { Features = "Features", Embedding = "Embedding" },
        Training = new()
        {
            Epochs =
            [
                new()
                {
                    Epoch = 1,
                    Reconstruction = 2,
                    Kl = 1,
                    KlPerDimension = new double[latents],
                    ActiveUnits = 1,
                    LearningRate = 1e-3,
                    RowsPerSecond = 1,
                },
            ],
            BestEpoch = 1,
            TrainingRows = 10,
            ValidationRows = 1,
            Elapsed = TimeSpan.FromSeconds(1),
            StopReason = VaeStopReason.Completed,
            Seed = 1,
            Device = "cpu",
        },
    };

    /// <summary>The model with every column that it gives.</summary>
    private static VaeModel WithColumns(VaeModel model)
    {
        var info = model.Info;
        string? If(bool gives, string name) => gives ? name : null;
        return model.With(info with
        {
            Threshold = info.HasScore ? 1.5 : null,
            Columns = info.Columns with
            {
                LogSigma = If(info.HasLogSigma, "LogSigma"),
                Components = If(info.ComponentCount > 0, "Components"),
                Codes = If(info.CodeCount > 0, "Codes"),
                ClassProbabilities = If(info.ClassCount > 0, "ClassProbabilities"),
                PredictedClass = If(info.ClassCount > 0, "PredictedClass"),
                Reconstruction = "Reconstruction",
                Score = If(info.HasScore, "Score"),
                PredictedLabel = If(info.HasScore, "PredictedLabel"),
                Contributions = If(info.HasScore, "Contributions"),
            },
        });
    }

    private static Layer[] Layers(int inputs, Activation activation, bool norm, int seed) =>
    [
        Dense(Hidden, inputs, seed),
        .. norm ? [new NormLayer(Values(Hidden, seed), Values(Hidden, seed + 1), 1e-5f)] : Array.Empty<Layer>(),
        new ActivationLayer(activation),
    ];

    private static DenseLayer Dense(int outputs, int inputs, int seed) => new(Values(outputs * inputs, seed), Values(outputs, seed + 100));

    private static FeatureScaling Standardised() => new(Values(Features, 11), [1, 2, 0.5f, 1, 3, 1]);

    private static FeatureScaling Logarithms() =>
        new(Values(Features, 12), [1, 2, 0.5f, 1, 3, 1], [true, true, false, true, true, true]);

    private static float[] Values(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (2 * random.NextSingle()) - 1)];
    }
}
