using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Calibration;
using MLNet.Vae.Tests.Generation;
using MLNet.Vae.Tests.Kit;

namespace MLNet.Vae.Tests.Arrays;

/// <summary>Arrays in, arrays out: the values of the transformer, bit for bit in blocks of as many rows.</summary>
public class VaeScorerTests
{
    private static readonly VaeColumns Columns = SampleModels.AllColumns with { PValue = "PValue" };

    public static TheoryData<string, int, int> Kinds
    {
        get
        {
            var data = new TheoryData<string, int, int>();
            foreach (var kind in (string[])["gaussian", "deterministic", "mixture", "quantized", "hierarchical", "semi-supervised"])
            {
                data.Add(kind, 40, 16);
                data.Add(kind, 1, 1024);
            }
            data.Add("gaussian", 16, 16);
            data.Add("gaussian", 17, 1);
            data.Add("gaussian", 3000, 1024);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Gives_the_values_of_the_transformer(string kind, int count, int blockSize)
    {
        var model = GeneratorModels.Of(kind);
        var options = new VaeScoringOptions { BlockSize = blockSize, Threads = 1 };
        var (features, latents) = (model.Info.FeatureCount, model.Info.LatentDimension);
        var rows = GeneratorModels.Rows(count);
        var flat = rows.SelectMany(row => row).ToArray();
        using var scorer = model.CreateScorer(options);

        var embedding = new float[count * latents];
        scorer.Encode(flat, embedding);
        Assert.Equal(Column(model, options, rows, columns => columns with { Embedding = "out" }), embedding);

        var reconstruction = new float[count * features];
        scorer.Reconstruct(flat, reconstruction);
        Assert.Equal(Column(model, options, rows, columns => columns with { Reconstruction = "out" }), reconstruction);

        var scores = new float[count];
        scorer.Score(flat, scores);
        Assert.Equal(Column(model, options, rows, columns => columns with { Score = "out" }), scores);

        var (again, contributions) = (new float[count], new float[count * features]);
        scorer.Contributions(flat, again, contributions);
        Assert.Equal(Column(model, options, rows, columns => columns with { Contributions = "out", Score = "Score" }), contributions);
        Assert.Equal(scores, again);

        if (model.Info.HasLogSigma)
        {
            var (mean, logSigma) = (new float[count * latents], new float[count * latents]);
            scorer.Posterior(flat, mean, logSigma);
            Assert.Equal(Column(model, options, rows, columns => columns with { LogSigma = "out", Embedding = "Mean" }), logSigma);
            Assert.Equal(embedding, mean);
        }
        if (model.Info.ClassCount > 0)
        {
            var probabilities = new float[count * model.Info.ClassCount];
            scorer.ClassProbabilities(flat, probabilities);
            Assert.Equal(Column(model, options, rows, columns => columns with { ClassProbabilities = "out" }), probabilities);
        }
    }

    [Fact]
    public void Labels_and_p_values_are_those_of_the_transformer()
    {
        var mlContext = new MLContext(seed: 1);
        var rows = Features(200);
        var plain = SampleModels.Create(Columns with { PValue = null });
        var calibration = CalibrationScores.Of(Enumerable.Range(0, 300).Select(i => i / 20f));
        var model = plain.With(plain.Info with { Calibration = calibration, Columns = Columns });
        using var transformer = new VaeTransformer(mlContext, model, new() { Threads = 1 });
        var expected = transformer.Transform(SampleData.Features(mlContext, rows, SampleModels.Features));
        using var scorer = model.CreateScorer(new() { Threads = 1 });
        var scores = new float[rows.Length];

        scorer.Score(rows.SelectMany(row => row).ToArray(), scores);

        Assert.Equal(expected.GetColumn<float>("PValue"), scores.Select(scorer.PValue));
        var labels = expected.GetColumn<bool>("PredictedLabel").ToArray();
        Assert.Equal(labels, scores.Select(scorer.PredictedLabel));
        Assert.Equal([false, true], labels.Distinct().Order());
        Assert.True(scorer.PredictedLabel(float.NaN));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_condition_is_given_for_each_row_or_for_all(bool learnedPrior)
    {
        const int Count = 7;
        var model = GeneratorModels.Conditional(learnedPrior);
        var rows = GeneratorModels.Rows(Count);
        var flat = rows.SelectMany(row => row).ToArray();
        using var generator = VaeGenerator.From(model);
        using var scorer = model.CreateScorer();
        var green = scorer.Condition("green");
        var latents = model.Info.LatentDimension;
        var (ofAll, ofEach) = (new float[Count * latents], new float[Count * latents]);

        scorer.Encode(flat, ofAll, green);
        scorer.Encode(flat, ofEach, [.. Enumerable.Repeat(green, Count).SelectMany(c => c)]);

        Assert.Equal([0, 1, 0], green);
        Assert.Equal(generator.Encode(rows, "green").SelectMany(code => code), ofAll);
        Assert.Equal(ofAll, ofEach);
        scorer.Encode(flat, ofEach, [.. green, .. Enumerable.Repeat(scorer.Condition("red"), Count - 1).SelectMany(c => c)]);
        Assert.Equal(ofAll[..latents], ofEach[..latents]);
        Assert.NotEqual(ofAll[latents..], ofEach[latents..]);
    }

    [Fact]
    public void Many_threads_get_the_values_of_one()
    {
        var model = SampleModels.Create(SampleModels.AllColumns);
        using var scorer = model.CreateScorer(new() { Threads = 1, BlockSize = 32 });
        var flat = Features(100).SelectMany(row => row).ToArray();
        var expected = new float[100];
        scorer.Score(flat, expected);

        Parallel.For(0, 64, i =>
        {
            var scores = new float[100];
            scorer.Score(flat, scores);
            Assert.Equal(expected, scores);
        });
    }

    [Fact]
    public void A_row_that_is_not_finite_is_named_or_NaN()
    {
        var model = SampleModels.Create(SampleModels.AllColumns, featureNames: SampleData.SlotNames);
        var flat = Features(5).SelectMany(row => row).ToArray();
        flat[(3 * SampleModels.Features) + 2] = float.NaN;
        using var strict = model.CreateScorer();
        var scores = new float[5];

        var error = Assert.Throws<ArgumentException>("rows", () => strict.Score(flat, scores));

        Assert.StartsWith(
            "Features, row 3 (counted from 0), slot 2 (\"height\"): expected a finite number, found NaN. Replace such values first, leave "
            + "the row out, or set VaeScoringOptions.NonFiniteInput = NonFiniteHandling.ReturnNaN.",
            error.Message);
        var warnings = new List<string>();
        using var lenient = model.CreateScorer(new() { NonFiniteInput = NonFiniteHandling.ReturnNaN }, warnings.Add);
        lenient.Score(flat, scores);
        Assert.Equal([3], Enumerable.Range(0, 5).Where(row => float.IsNaN(scores[row])));
        Assert.StartsWith("Features, row 3 (counted from 0), slot 2 (\"height\"): expected a finite number", Assert.Single(warnings));
    }

    [Fact]
    public void What_the_likelihood_cannot_have_has_an_embedding_and_no_score()
    {
        var model = SampleModels.Create(SampleModels.AllColumns, bernoulli: true);
        float[] row = [0, 1, 0.5f, 1.5f, 0, 1];
        using var scorer = model.CreateScorer();
        var embedding = new float[SampleModels.Latents];

        scorer.Encode(row, embedding);

        Assert.All(embedding, value => Assert.True(float.IsFinite(value)));
        var error = Assert.Throws<ArgumentException>("rows", () => scorer.Score(row, new float[1]));
        Assert.StartsWith("Features, row 0 (counted from 0), slot 3: the model's likelihood expects", error.Message);
        Assert.Contains("give the values in the units of training", error.Message);
        using var lenient = model.CreateScorer(new() { NonFiniteInput = NonFiniteHandling.ReturnNaN });
        var (scores, again) = (new float[1], new float[SampleModels.Latents]);
        lenient.Score(row, scores);
        lenient.Encode(row, again);
        Assert.True(float.IsNaN(scores[0]));
        Assert.Equal(embedding, again);
    }

    [Fact]
    public void Spans_of_another_length_are_refused()
    {
        using var scorer = SampleModels.Create(SampleModels.AllColumns).CreateScorer();
        using var conditional = GeneratorModels.Conditional().CreateScorer();
        var rows = new float[2 * SampleModels.Features];

        Refused("rows", "Expected rows of 6 features each", () => scorer.Score(new float[7], new float[2]));
        Refused("scores", "Expected room for 2 values, 1 for each of 2 rows, found 1.", () => scorer.Score(rows, new float[1]));
        Refused(
            "contributions", "Expected room for 12 values, 6 for each of 2 rows, found 11.",
            () => scorer.Contributions(rows, new float[2], new float[11]));
        Refused("condition", "This model has no condition", () => scorer.Score(rows, new float[2], new float[1]));
        Refused(
            "condition",
            "This model is conditional: expected 3 values of the condition, for all rows, or 6, 3 for each of 2 rows, found 0.",
            () => conditional.Score(new float[8], new float[2]));
        Refused("condition", "The model was never trained with the condition \"pink\"", () => conditional.Condition("pink"));

        static void Refused(string parameter, string message, Action action)
            => Assert.StartsWith(message, Assert.Throws<ArgumentException>(parameter, action).Message);
    }

    [Fact]
    public void What_a_model_cannot_give_is_refused()
    {
        var whole = SampleModels.Create(SampleModels.AllColumns, threshold: null);
        var encoder = VaeModel.Load(new MemoryStream(whole.ToOnnx(VaeGraph.Encoder)));
        var row = new float[SampleModels.Features];
        using var scorer = whole.CreateScorer();
        using var partial = encoder.CreateScorer();
        using var target = GeneratorModels.WithTarget.CreateScorer();
        var (expected, found) = (new float[SampleModels.Latents], new float[SampleModels.Latents]);

        scorer.Encode(row, expected);
        partial.Encode(row, found);

        Assert.Equal(expected, found);
        Refused("This model was loaded from an encoder alone", () => partial.Score(row, new float[1]));
        Refused("This model reconstructs a target", () => target.Score(new float[4], new float[1]));
        Refused("This model has no threshold", () => scorer.PredictedLabel(1));
        Refused("This model has no calibration scores", () => scorer.PValue(1));
        Refused("This model gives no probabilities of classes", () => scorer.ClassProbabilities(row, new float[1]));
        Assert.Throws<ArgumentException>("options", () => whole.CreateScorer(new() { BlockSize = 0, Threads = 0 }));
        scorer.Dispose();
        scorer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => scorer.Encode(row, expected));

        static void Refused(string message, Action action)
            => Assert.StartsWith(message, Assert.Throws<InvalidOperationException>(action).Message);
    }

    [Fact]
    public void No_rows_give_nothing()
    {
        using var scorer = SampleModels.Create(SampleModels.AllColumns).CreateScorer();
        float[] untouched = [7];
        scorer.Score([], untouched);
        Assert.Equal([7], untouched);
    }

    [Fact]
    public void The_model_of_a_saved_pipeline_is_the_model()
    {
        using var directory = new TemporaryDirectory();
        var mlContext = new MLContext(seed: 1);
        var model = SampleModels.Create(SampleModels.AllColumns);
        var rows = Features(9);
        var data = SampleData.Features(mlContext, rows, SampleModels.Features);
        using (var transformer = new VaeTransformer(mlContext, model, new()))
            mlContext.Model.Save(transformer, data.Schema, directory.File("model.zip"));

        var loaded = VaeModel.Load(directory.File("model.zip"));

        Assert.Equal(model.ToOnnx(VaeGraph.Scorer), loaded.ToOnnx(VaeGraph.Scorer));
        var other = mlContext.Transforms.ReplaceMissingValues("Features").Fit(data);
        mlContext.Model.Save(other, data.Schema, directory.File("other.zip"));
        var error = Assert.Throws<InvalidDataException>(() => VaeModel.Load(directory.File("other.zip")));
        Assert.Contains("holds no variational autoencoder", error.Message);
    }

    private static float[][] Features(int count)
    {
        var random = new Random(count);
        return [.. Enumerable.Range(0, count).Select(_ => SampleData.Dense(random, SampleModels.Features))];
    }

    /// <summary>One column as the transformer gives it where no other but those is read.</summary>
    private static float[] Column(VaeModel model, VaeScoringOptions options, float[][] rows, Func<VaeColumns, VaeColumns> asked)
    {
        var mlContext = new MLContext(seed: 1);
        var columns = asked(new() { Features = model.Info.Columns.Features });
        using var transformer = new VaeTransformer(mlContext, model.With(model.Info with { Columns = columns }), options);
        var scored = transformer.Transform(SampleData.Features(mlContext, rows, model.Info.FeatureCount, model.Info.Columns.Features));
        return columns.Score == "out"
            ? [.. scored.GetColumn<float>("out")]
            : [.. scored.GetColumn<float[]>("out").SelectMany(values => values)];
    }
}
