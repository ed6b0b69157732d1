using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Tests.Kit;

namespace MLNet.Vae.Tests.Estimators;

/// <summary>Sequences from columns of keys to samples, and what cannot be read.</summary>
public sealed class SequenceVaeTests
{
    private const int Length = 8;

    private static readonly Lazy<(IDataView Data, ITransformer Keys, VaeTransformer Vae)> Trained = new(Train);

    [Fact]
    public void Sequences_come_back_from_their_codes()
    {
        var (data, _, vae) = Trained.Value;
        using var generator = VaeGenerator.From(vae);
        var words = Words().Distinct().ToList();
        var found = generator.Reconstruct(data).ToTokens().Select(Joined).ToList();
        var expected = Words().ToList();
        Assert.True(expected.Zip(found).Count(pair => pair.First == pair.Second) > 0.95 * expected.Count, string.Join(' ', found.Take(20)));
        Assert.All(generator.Reconstruct(data).ToKeys(), keys => Assert.InRange(keys.Length, 1, Length));
        Assert.Empty(vae.Model.Info.Training!.Warnings);
    }

    [Fact]
    public void A_path_begins_and_ends_with_the_two_sequences()
    {
        var (data, _, vae) = Trained.Value;
        using var generator = VaeGenerator.From(vae);
        var rows = generator.Reconstruct(data).Rows;
        var (from, to) = (rows[0], rows.First(row => !row.SequenceEqual(rows[0])));
        foreach (var path in Enum.GetValues<VaeInterpolation>())
        {
            var samples = generator.Interpolate(from, to, 5, path);
            Assert.Equal(from, samples.Rows[0]);
            Assert.Equal(to, samples.Rows[^1]);
        }
    }

    [Fact]
    public void Samples_are_words_of_the_language_and_the_same_for_the_same_seed()
    {
        var (_, _, vae) = Trained.Value;
        using var generator = VaeGenerator.From(vae);
        var words = Words().ToHashSet();
        foreach (var draw in Enum.GetValues<VaeDraw>())
        {
            var samples = generator.Sample(200, seed: 3, draw: draw).ToTokens().Select(Joined).ToList();
            Assert.True(samples.Count(words.Contains) > 150, $"{draw}: {string.Join(' ', samples.Take(20))}");
            Assert.True(samples.Distinct().Count() > 5);
            Assert.Equal(samples, generator.Sample(200, seed: 3, draw: draw).ToTokens().Select(Joined));
        }
    }

    [Fact]
    public void A_word_of_another_language_scores_higher()
    {
        var (_, keys, vae) = Trained.Value;
        var mlContext = new MLContext(seed: 1);
        var data = keys.Transform(View(mlContext, [.. Words().Take(50), "abc", "ddda"]));
        var scores = vae.Transform(data).GetColumn<float>("Score").ToArray();
        Assert.True(scores[..50].Max() < scores[50..].Min(), string.Join(' ', scores));
        var contributions = vae.Transform(data).GetColumn<float[]>("Shares").First();
        Assert.Equal(Length, contributions.Length);
        Assert.Equal(scores[0], contributions.Sum(), 1e-4f);
    }

    [Fact]
    public void Vectors_of_known_size_give_the_same_and_so_does_a_saved_model()
    {
        var (data, keys, vae) = Trained.Value;
        var mlContext = new MLContext(seed: 1);
        using var generator = VaeGenerator.From(vae);
        var samples = generator.Reconstruct(data);
        var known = samples.ToDataView(mlContext);
        var expected = vae.Transform(known).GetColumn<float[]>("Embedding").ToArray();
        var codes = vae.Transform(data).GetColumn<float[]>("Embedding").ToArray();
        var words = Words().ToList();
        var same = samples.ToTokens().Select(Joined).ToList();
        for (var i = 0; i < 50; i++)
        {
            if (same[i] == words[i])
                FloatAssert.Near(codes[i], expected[i], words[i]);
        }

        using var folder = new TemporaryDirectory();
        var path = Path.Combine(folder.Path, "model.zip");
        mlContext.Model.Save(vae, known.Schema, path);
        var stock = new MLContext().Model.Load(path, out _).Transform(known);
        var loaded = stock.GetColumn<float[]>("Embedding").ToArray();
        for (var i = 0; i < 20; i++)
            FloatAssert.Near(expected[i], loaded[i], words[i]);
        using var back = VaeTransformer.From(mlContext, path);
        Assert.Equal(codes[0], back.Transform(data).GetColumn<float[]>("Embedding").First());
        Assert.Equal(vae.Model.Info.TokenNames, back.Model.Info.TokenNames);
    }

    [Fact]
    public void A_prediction_engine_reads_a_sequence()
    {
        var (data, keys, vae) = Trained.Value;
        var mlContext = new MLContext(seed: 1);
        using var engine = mlContext.Model.CreatePredictionEngine<Word, Code>(keys.Append(vae.WithScoring(new())));
        var expected = vae.Transform(data).GetColumn<float[]>("Embedding").First();
        FloatAssert.Near(expected, engine.Predict(new() { Text = Letters(Words().First()) }).Embedding, "code");
    }

    [Fact]
    public void What_is_no_sequence_or_too_long_or_unknown_is_refused_with_a_remedy()
    {
        var (_, keys, vae) = Trained.Value;
        var mlContext = new MLContext(seed: 1);
        string[] tooLong = ["ab", "ab", "abababababab"];
        var data = keys.Transform(View(mlContext, tooLong));
        var fault = Assert.Throws<InvalidOperationException>(() => mlContext.Transforms.VaeEmbed(Options()).Fit(data));
        Assert.Contains("row 2", fault.Message);
        Assert.Contains("at most 8 tokens, found 12", fault.Message);
        Assert.Contains("MaximumLength", fault.Message);
        var scored = Assert.ThrowsAny<InvalidOperationException>(() => vae.Transform(data).GetColumn<float>("Score").ToArray());
        Assert.Contains("at most 8 tokens, found 12", scored.Message);

        var unknown = keys.Transform(View(mlContext, ["ab", "aXb"]));
        var missing = Assert.ThrowsAny<InvalidOperationException>(() => vae.Transform(unknown).GetColumn<float>("Score").ToArray());
        Assert.Contains("slot 1", missing.Message);
        Assert.Contains("a key from 1 to 4", missing.Message);
        Assert.Throws<InvalidOperationException>(() => mlContext.Transforms.VaeEmbed(Options()).Fit(unknown));

        var numbers = SampleData.Features(mlContext, [[1f, 2], [2, 1]], 2);
        var kind = Assert.Throws<ArgumentOutOfRangeException>(() => mlContext.Transforms.VaeEmbed(Options()).Fit(numbers));
        Assert.Contains("vector of keys", kind.Message);
        Assert.Contains("TokenizeIntoCharactersAsKeys", kind.Message);
    }

    [Fact]
    public void Options_that_have_no_meaning_are_refused_at_once()
    {
        var options = Options() with
        {
            Architecture = VaeArchitecture.Mlp(),
            Corruption = VaeCorruption.Masking(0.1),
            Normalization = VaeNormalization.Standardize,
            TargetColumnName = "Other",
            ScoreColumnName = null,
            ContributionsColumnName = null,
        };
        var fault = Assert.Throws<ArgumentException>(() => new MLContext().Transforms.VaeEmbed(options));
        Assert.Contains("VaeArchitecture.Sequence", fault.Message);
        Assert.Contains("WordDropout", fault.Message);
        Assert.Contains("Normalization Standardize", fault.Message);
        Assert.Contains("target column must be null", fault.Message);
        var other = Assert.Throws<ArgumentException>(
            () => new MLContext().Transforms.VaeEmbed(new VaeOptions { Architecture = VaeArchitecture.Sequence() }));
        Assert.Contains("VaeLikelihood.Sequence", other.Message);
    }

    private static VaeOptions Options() => VaeOptions.Sequences(4, Length) with
    {
        Architecture = VaeArchitecture.Sequence(32, 8),
        Likelihood = VaeLikelihood.Sequence(Length) with { HiddenSize = 32, EmbeddingSize = 8 },
        Objective = new() { WarmUpEpochs = 10, Beta = 0.3 },
        Training = new() { Epochs = 60, LearningRate = 0.01, BatchSize = 32 },
        ReconstructionColumnName = "Reconstruction",
        ScoreColumnName = "Score",
        ContributionsColumnName = "Shares",
    };

    private static (IDataView Data, ITransformer Keys, VaeTransformer Vae) Train()
    {
        var mlContext = new MLContext(seed: 1);
        var view = View(mlContext, Words());
        var keys = mlContext.Transforms.Conversion.MapValueToKey("Features", "Text").Fit(view);
        var data = keys.Transform(view);
        return (data, keys, mlContext.Transforms.VaeEmbed(Options()).Fit(data));
    }

    /// <summary>Two letters in turns, 2 to 8 of them.</summary>
    private static IEnumerable<string> Words()
    {
        var random = new Random(1);
        string[] pairs = ["ab", "ba", "cd", "dc", "ac", "ca", "bd", "db"];
        return
        [
            .. Enumerable.Range(0, 600).Select(_ =>
                string.Concat(Enumerable.Repeat(pairs[random.Next(pairs.Length)], Length / 2))[..random.Next(2, Length + 1)]),
        ];
    }

    private static IDataView View(MLContext mlContext, IEnumerable<string> words)
        => mlContext.Data.LoadFromEnumerable(words.Select(word => new Word { Text = Letters(word) }).ToList());

    private static string Joined(string[] tokens) => string.Concat(tokens);

    private static string[] Letters(string word) => [.. word.Select(letter => $"{letter}")];

    private sealed class Word
    {
        public string[] Text { get; set; } = [];
    }

    private sealed class Code
    {
        public float[] Embedding { get; set; } = [];
    }
}
