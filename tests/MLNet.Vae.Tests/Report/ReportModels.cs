using MLNet.Vae.Architectures;
using MLNet.Vae.Graphs;
using MLNet.Vae.Latents;
using MLNet.Vae.Likelihoods;

namespace MLNet.Vae.Tests.Report;

/// <summary>
/// Models of every kind with random weights, and histories made by hand: what a report shows of them is known without training.
/// </summary>
internal static class ReportModels
{
    public const int Side = 28,
        Pixels = Side * Side,
        Hidden = 512,
        PictureLatents = 20,
        TableFeatures = 6,
        TableLatents = 3;

    public static readonly ImageShape Shape = new(Side, Side, 1, PixelLayout.Planar);

    public static readonly string[] FeatureNames = ["length", "width", "height", "mass", "age", "price"];

    /// <summary>
    /// Pictures of 28 × 28, given one of three kinds: the decoder is as large as one for MNIST. Dimensions from 12 on are unused.
    /// </summary>
    public static VaeModel Pictures(VaeTrainingHistory? history, double threshold = 600) =>
        VaeModel.Create(
            new()
            {
                Scaling = FeatureScaling.Identity(Pixels),
                ConditionScaling = FeatureScaling.Identity(ReportRows.Kinds.Length),
                Encoder = [new ConditionLayer(), Dense(Pixels + 3, Hidden, 1), new ActivationLayer(Activation.Relu)],
                Latent = new GaussianPosterior(
                    Unused(Dense(Hidden, PictureLatents, 2, gain: 3), from: 12),
                    Dense(Hidden, PictureLatents, 3, gain: 0.1f),
                    (-6, 2)
                ),
                Decoder =
                [
                    new ConditionLayer(),
                    Dense(PictureLatents + 3, Hidden, 4, gain: 2),
                    new ActivationLayer(Activation.Relu),
                    Spots(),
                ],
                Distribution = new BernoulliOutput(),
            },
            Info(Pixels, PictureLatents) with
            {
                Architecture = "mlp 512 relu",
                Likelihood = "bernoulli",
                ConditionCount = ReportRows.Kinds.Length,
                ConditionKind = VaeInputKind.Key,
                ConditionNames = ReportRows.Kinds,
                Columns = new()
                {
                    Features = "Features",
                    Condition = "KindKey",
                    Embedding = "Embedding",
                },
                ScoreKind = VaeScoreKind.NegativeElbo,
                Threshold = threshold,
                Contamination = 0.01,
                Training = history,
            }
        );

    public static VaeModel Table(VaeTrainingHistory? history = null, float[]? scale = null) =>
        Table(
            new GaussianPosterior(Dense(8, TableLatents, 2, gain: 2), Dense(8, TableLatents, 3, gain: 0.2f), (-6, 2)),
            TableLatents,
            info => info with { Training = history, ScoreKind = VaeScoreKind.NegativeElbo },
            scale
        );

    public static VaeModel Deterministic() =>
        Table(
            new DeterministicPosterior(Dense(8, TableLatents, 2), null),
            TableLatents,
            info => info with { LatentKind = VaeLatentKind.Deterministic }
        );

    public static VaeModel Quantized()
    {
        var code = new QuantizedPosterior(Dense(8, 4, 2, gain: 2), Values(2 * 16, 6, 1), Dimension: 2);
        return Table(
            code,
            4,
            info => info with { LatentKind = VaeLatentKind.VectorQuantized, CodeCount = code.CodeCount, CodebookSize = code.CodebookSize }
        );
    }

    public static VaeModel Mixture()
    {
        var prior = new GaussianMixture([-1.2f, -0.9f, -1.2f], Values(3 * TableLatents, 7, 3), Values(3 * TableLatents, 8, 0.5f));
        return Table(
            new MixturePosterior(Dense(8, TableLatents, 2, gain: 2), Dense(8, TableLatents, 3, gain: 0.2f), (-6, 2), prior),
            TableLatents,
            info =>
                info with
                {
                    LatentKind = VaeLatentKind.GaussianMixture,
                    ComponentCount = prior.Components,
                    Components = prior.Describe(),
                }
        );
    }

    /// <summary>A code of three dimensions, and beside it one of two classes.</summary>
    public static VaeModel Classified()
    {
        var code = new ClassPosterior(
            Dense(4, 2, 2, gain: 2),
            [Dense(4 + 2, 8, 3), new ActivationLayer(Activation.Relu)],
            Dense(8, TableLatents, 6, gain: 2),
            Dense(8, TableLatents, 7, gain: 0.2f),
            (-6, 2))
        {
            CodeHidden = 4,
        };
        return Table(
            code,
            code.Length,
            info => info with { LatentKind = VaeLatentKind.SemiSupervised, ClassCount = code.ClassCount, ClassNames = ["low", "high"] }
        );
    }

    /// <summary>Two dimensions next to the data, one above.</summary>
    public static VaeModel Hierarchical()
    {
        var code = new HierarchicalPosterior(
            [
                new(
                    [],
                    Dense(8, 2, 2, gain: 2),
                    Dense(8, 2, 3, gain: 0.2f),
                    new([], Dense(1, 2, 10, gain: 2), Dense(1, 2, 11, gain: 0.2f))
                ),
                new([Dense(8, 8, 12), new ActivationLayer(Activation.Relu)], Dense(8, 1, 13, gain: 2), Dense(8, 1, 14, gain: 0.2f), null),
            ],
            (-6, 2)
        );
        return Table(
            code,
            3,
            info =>
                info with
                {
                    LatentKind = VaeLatentKind.Hierarchical,
                    LevelDimensions = code.LevelDimensions,
                    Training = History(epochs: 4, latents: 3, perLevel: [2.5, 0.5]),
                },
            decoderInputs: 2
        );
    }

    /// <summary>A bound that rises until the best epoch and falls a little after it.</summary>
    public static VaeTrainingHistory History(
        int epochs,
        int latents,
        int? best = null,
        long heldOut = 40,
        IReadOnlyList<double>? perLevel = null
    ) =>
        new()
        {
            Epochs =
            [
                .. Enumerable
                    .Range(1, epochs)
                    .Select(epoch => new VaeEpoch
                    {
                        Epoch = epoch,
                        Reconstruction = 100 + (80.0 / epoch),
                        Kl = 12 - (6.0 / epoch),
                        ValidationElbo = heldOut == 0 ? null : -114 - (80.0 / epoch) - (Math.Max(0, epoch - (best ?? epochs)) * 0.5),
                        ValidationStandardError = heldOut == 0 ? null : 0.4,
                        KlPerDimension = [.. Enumerable.Range(0, latents).Select(l => 2.0 / (l + 1))],
                        KlPerLevel = perLevel,
                        ActiveUnits = latents,
                        LearningRate = 0.001,
                        RowsPerSecond = 10_000,
                    }),
            ],
            BestEpoch = best ?? epochs,
            TrainingRows = 360,
            ValidationRows = heldOut,
            Elapsed = TimeSpan.FromSeconds(12.5),
            StopReason = VaeStopReason.EarlyStopping,
            Seed = 1,
            Device = "cpu",
        };

    private static VaeModel Table(
        LatentNetwork latent,
        int latents,
        Func<VaeModelInfo, VaeModelInfo> more,
        float[]? scale = null,
        int? decoderInputs = null
    ) =>
        VaeModel.Create(
            new()
            {
                Scaling = new([1, 2, 3, 4, 5, 6], scale ?? [1, 2, 1, 2, 1, 2]),
                Encoder = [Dense(TableFeatures, 8, 1, gain: 2), new ActivationLayer(Activation.Gelu)],
                Latent = latent,
                Decoder =
                [
                    Dense(decoderInputs ?? latents, 8, 4, gain: 2),
                    new ActivationLayer(Activation.Gelu),
                    Dense(8, TableFeatures, 5),
                ],
                Distribution = new GaussianOutput(-0.5f),
            },
            more(Info(TableFeatures, latents) with { FeatureNames = FeatureNames, DecoderSigma = Math.Exp(-0.5) })
        );

    private static VaeModelInfo Info(int features, int latents) =>
        new()
        {
            FeatureCount = features,
            LatentDimension = latents,
            Architecture = "mlp 8 gelu",
            Likelihood = "gaussian",
            Normalization = "standardize",
            Columns = new() { Features = "Features", Embedding = "Embedding" },
        };

    private static DenseLayer Dense(int inputs, int outputs, int seed, float gain = 1) =>
        new(Values(inputs * outputs, seed, gain * MathF.Sqrt(3f / inputs)), Values(outputs, seed + 100, 0.1f));

    /// <summary>From each hidden value a spot of light or shade, on black: [pixels, hidden].</summary>
    private static DenseLayer Spots()
    {
        var random = new Random(5);
        var weight = new float[Pixels * Hidden];
        for (var h = 0; h < Hidden; h++)
        {
            var (x, y, size, light) = (
                Side * random.NextDouble(),
                Side * random.NextDouble(),
                1.5 + (2 * random.NextDouble()),
                random.Next(2) == 0 ? 0.8 : -0.8
            );
            for (var p = 0; p < Pixels; p++)
            {
                weight[(p * Hidden) + h] = (float)(
                    light * Math.Exp(-(Math.Pow((p % Side) - x, 2) + Math.Pow((p / Side) - y, 2)) / (size * size))
                );
            }
        }

        return new(weight, [.. Enumerable.Repeat(-2f, Pixels)]);
    }

    /// <summary>Outputs that are 0 whatever the input.</summary>
    private static DenseLayer Unused(DenseLayer layer, int from)
    {
        layer.Weight.AsSpan(from * layer.Inputs).Clear();
        layer.Bias.AsSpan(from).Clear();
        return layer;
    }

    private static float[] Values(int count, int seed, float reach)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => reach * ((2 * random.NextSingle()) - 1))];
    }
}
