using MLNet.Vae.Architectures;
using MLNet.Vae.Graphs;
using MLNet.Vae.Latents;
using MLNet.Vae.Likelihoods;
using MLNet.Vae.Tests.Generation;
using MLNet.Vae.Tests.Kit;
using MLNet.Vae.Tests.Reading;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Tests.Compression;

/// <summary>Bytes out, and the same rows back, at what the bound says.</summary>
public sealed class VaeCompressorTests
{
    private const int Rows = 2_000, Latents = 3, Hidden = 12;

    // What comes on top, once: what the bytes begin with, and the bits that the first row pops.
    private const int FixedBits = (36 * 8) + (14 * Latents);

    private static readonly Dictionary<string, VaeModel> Models = new()
    {
        ["bernoulli"] = Create(40, new BernoulliOutput(), "bernoulli", [new UnitIntervalSupport(0, 40)]),
        ["categorical"] = Create(30, new CategoricalOutput(), "categorical", [new CategorySupport(0, 30)]),
        ["mixed"] = Create(
            36,
            new MixedOutput([new(20, new BernoulliOutput()), new(9, new CategoricalOutput()), new(7, new CategoricalOutput())]),
            "mixed: any",
            [new UnitIntervalSupport(0, 20), new CategorySupport(20, 9), new CategorySupport(29, 7)]),
        ["conditional"] = Create(40, new BernoulliOutput(), "bernoulli", [new UnitIntervalSupport(0, 40)], condition: 2),
    };

    public static TheoryData<string> Names => [.. Models.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_same_rows_come_back_and_take_what_the_bound_says(string name)
    {
        var model = Models[name];
        VaeConditionValue? condition = model.Info.ConditionCount == 0 ? null : new float[] { 1, -1 };
        using var generator = VaeGenerator.From(model);
        float[][] rows = [.. generator.Sample(Rows, 1, condition, VaeDraw.Random).Rows];
        using var compressor = VaeCompressor.From(model);
        Assert.True(compressor.IsLossless);

        var bytes = compressor.Compress(rows, condition);
        var back = compressor.Decompress(bytes, condition);

        Assert.Equal(rows, back);
        var bits = -Bound(model, rows, condition) / Math.Log(2);
        Assert.Equal(bits, 8.0 * bytes.Length - FixedBits, 0.01 * bits);
        Assert.True(rows.Distinct(new SameRow()).Count() > 10);
        Assert.Equal(bytes, compressor.Compress(rows, condition));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Few_rows_come_back_too(int count)
    {
        var model = Models["bernoulli"];
        using var generator = VaeGenerator.From(model);
        float[][] rows = [.. generator.Sample(2, 1, draw: VaeDraw.Random).Rows.Take(count)];
        using var compressor = VaeCompressor.From(model);
        Assert.Equal(rows, compressor.Decompress(compressor.Compress(rows)));
    }

    [Fact]
    public void A_saved_model_gives_the_rows_back()
    {
        var mlContext = new MLContext(seed: 1);
        using var directory = new TemporaryDirectory();
        var model = Models["mixed"];
        using var transformer = new VaeTransformer(mlContext, model, new());
        using var generator = VaeGenerator.From(model);
        var samples = generator.Sample(20, 1, draw: VaeDraw.Random);
        mlContext.Model.Save(transformer, samples.ToDataView(mlContext).Schema, directory.File("model.zip"));
        transformer.ExportOnnx(directory.Path);
        using var compressor = VaeCompressor.From(transformer);
        var bytes = compressor.Compress(samples.Rows);

        foreach (var file in new[] { "model.zip", "scorer.onnx" })
        {
            using var other = VaeCompressor.From(directory.File(file));
            Assert.Equal(samples.Rows, other.Decompress(bytes));
        }
    }

    /// <summary>Of a model with codes: what the decoder makes of them, in −log₂ p(codes) bits.</summary>
    [Theory]
    [InlineData("code prior", true)]
    [InlineData("quantized", false)]
    public void Codes_are_what_they_cost_by_their_prior(string name, bool hasPrior)
    {
        var model = FamilyModels.All[name];
        using var generator = VaeGenerator.From(model);
        using var compressor = VaeCompressor.From(model);
        Assert.False(compressor.IsLossless);
        var random = new Random(1);
        float[][] rows =
        [
            .. Enumerable.Range(0, Rows).Select(_ =>
                Enumerable.Range(0, GeneratorModels.Features).Select(_ => (20 * random.NextSingle()) - 10).ToArray()),
        ];

        var bytes = compressor.Compress(rows);

        Assert.Equal(generator.Reconstruct(rows).Rows, compressor.Decompress(bytes));
        var uniform = Rows * GeneratorModels.Codes * Math.Log2(GeneratorModels.CodebookSize);
        if (hasPrior)
            Assert.NotInRange(8.0 * bytes.Length, 0.99 * uniform, 1.01 * uniform + 400);
        else
            Assert.InRange(8.0 * bytes.Length, uniform, 1.01 * uniform + 400);
    }

    [Fact]
    public void What_does_not_compress_is_refused_by_name()
    {
        const string likelihood = " likelihood are not compressed: expected one whose values are symbols, Bernoulli of 0 and 1 without "
            + "scaling or categorical, or a mixture of these. Train such a model, or one with codes (VectorQuantized latent), which loses "
            + "what they do not say.";
        Refused($"Rows of a gaussian{likelihood}", GeneratorModels.Gaussian);
        const string latent = " does not compress: expected a Gaussian latent with the prior N(0, I), or codes (VectorQuantized latent). "
            + "Train such a model.";
        Refused($"A model with a Hierarchical latent{latent}", GeneratorModels.Hierarchical);
        Refused($"A model with a GaussianMixture latent{latent}", GeneratorModels.Mixture);
        Refused($"A model with a Deterministic latent{latent}", GeneratorModels.Deterministic);
        Refused(
            $"A model with a Gaussian latent and a prior that depends on the condition{latent}",
            GeneratorModels.Conditional(learnedPrior: true));
        Refused(
            "This model reconstructs a target, not its features, so that rows do not come back. Train one on the features themselves.",
            GeneratorModels.WithTarget);
    }

    [Fact]
    public void Values_that_are_no_symbols_are_told_of()
    {
        using var compressor = VaeCompressor.From(Models["mixed"]);
        float[] row = [.. new float[20], 1, .. new float[8], 1, .. new float[6]];
        compressor.Compress([row]);
        Argument("Row 1 (counted from 0), value 3 is 0.5; expected 0 or 1. Draw or round such values before. (Parameter 'rows')", 3, 0.5f);
        Argument(
            "Row 1 (counted from 0), value 20 is 1; expected one 1 among zeros. Draw or round such values before. (Parameter 'rows')",
            22,
            1);
        Argument(
            "Row 1 (counted from 0), value 20 is 0; expected one 1 among zeros. Draw or round such values before. (Parameter 'rows')",
            20,
            0);

        void Argument(string message, int slot, float value)
        {
            float[] other = [.. row];
            other[slot] = value;
            Assert.Equal(message, Assert.Throws<ArgumentException>(() => compressor.Compress([row, other])).Message);
        }
    }

    [Fact]
    public void Bytes_that_were_changed_are_refused()
    {
        using var compressor = VaeCompressor.From(Models["bernoulli"]);
        using var other = VaeCompressor.From(Models["categorical"]);
        using var generator = VaeGenerator.From(Models["bernoulli"]);
        var bytes = compressor.Compress(generator.Sample(3, 1, draw: VaeDraw.Random).Rows);
        Invalid("The bytes were made with another model", other, bytes);
        Invalid("The bytes are truncated or damaged: they do not begin as such bytes do.", compressor, [1, 2, 3]);
        for (var i = 4; i < bytes.Length; i++)
        {
            byte[] changed = [.. bytes];
            changed[i] ^= 1;
            Invalid("The bytes are truncated or damaged: their checksum does not match.", compressor, changed);
        }
        Invalid("The bytes are truncated or damaged: their checksum does not match.", compressor, bytes[..^4]);

        var conditional = Models["conditional"];
        using var given = VaeCompressor.From(conditional);
        using var rows = VaeGenerator.From(conditional);
        var told = given.Compress(rows.Sample(20, 1, new float[] { 1, -1 }, VaeDraw.Random).Rows, new float[] { 1, -1 });
        Assert.StartsWith(
            "The rows that came back are not those that went in: the bytes are damaged, the condition is another,",
            Assert.Throws<InvalidDataException>(() => given.Decompress(told, new float[] { 0, 3 })).Message,
            StringComparison.Ordinal);

        static void Invalid(string start, VaeCompressor by, byte[] bytes) => Assert.StartsWith(
            start, Assert.Throws<InvalidDataException>(() => by.Decompress(bytes)).Message, StringComparison.Ordinal);
    }

    private static void Refused(string message, VaeModel model)
        => Assert.Equal(message, Assert.Throws<InvalidOperationException>(() => VaeCompressor.From(model)).Message);

    /// <summary>The evidence lower bound of all rows together, from one sample of each, in the mean of several draws.</summary>
    private static double Bound(VaeModel model, float[][] rows, VaeConditionValue? condition)
    {
        const int draws = 6;
        var mlContext = new MLContext();
        using var transformer = new VaeTransformer(mlContext, model, new());
        var view = new VaeSamples(
            model.Info, rows, rows, condition is null ? null : [.. rows.Select(_ => condition.Values!)]).ToDataView(mlContext);
        return Enumerable.Range(0, draws)
            .Average(seed => transformer.LogLikelihood(view, 1, seed).GetColumn<float>("LogLikelihood").Sum(value => (double)value));
    }

    private static VaeModel Create(
        int features, OutputDistribution distribution, string likelihood, FeatureSupport[] support, int condition = 0)
    {
        var random = new Random(features);
        DenseLayer Dense(int outputs, int inputs, double scale, float shift = 0) => new(
            [.. Enumerable.Range(0, outputs * inputs).Select(_ => (float)(scale * ((2 * random.NextDouble()) - 1)))],
            [.. Enumerable.Range(0, outputs).Select(_ => shift + (float)(0.3 * ((2 * random.NextDouble()) - 1)))]);
        return VaeModel.Create(
            new()
            {
                Scaling = FeatureScaling.Identity(features),
                ConditionScaling = condition == 0 ? null : FeatureScaling.Identity(condition),
                Encoder =
                [
                    .. condition == 0 ? Array.Empty<Layer>() : [new ConditionLayer()],
                    Dense(Hidden, features + condition, 0.5),
                    new ActivationLayer(Activation.Tanh),
                ],
                // Together as wide as the prior, as posteriors that were trained are: the bits that one row pops are those of the row
                // before it, and only where codes are as the prior says are these random.
                Latent = new GaussianPosterior(Dense(Latents, Hidden, 0.1), Dense(Latents, Hidden, 0.1, shift: -0.01f), (-5, 2)),
                Decoder =
                [
                    .. condition == 0 ? Array.Empty<Layer>() : [new ConditionLayer()],
                    Dense(Hidden, Latents + condition, 1),
                    new ActivationLayer(Activation.Tanh),
                    Dense(features, Hidden, 1),
                ],
                Distribution = distribution,
            },
            new()
            {
                FeatureCount = features,
                LatentDimension = Latents,
                ConditionCount = condition,
                ConditionKind = condition == 0 ? null : VaeInputKind.Vector,
                Architecture = "mlp",
                Likelihood = likelihood,
                Normalization = "none",
                Support = support,
                Columns = new() { Features = "Features", Embedding = "Embedding", Condition = condition == 0 ? null : "Condition" },
            });
    }

    private sealed class SameRow : IEqualityComparer<float[]>
    {
        public bool Equals(float[]? x, float[]? y) => x!.SequenceEqual(y!);

        public int GetHashCode(float[] row) => row.Aggregate(0, HashCode.Combine);
    }
}
