using MLNet.Vae.Tests.Kit;
using MLNet.Vae.Tests.Saving;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Tests.Estimators;

/// <summary>Vectors of categories, by presets as they stand, learned of links.</summary>
public sealed class LinkEmbeddingTests
{
    private const int Dimension = 16;

    private static readonly VaeOptions Tiny = VaeOptions.LinkEmbedding(2, "Book", "Links") with { Training = TinyVae.Training };

    private readonly MLContext _mlContext = new(seed: 1);

    public static TheoryData<string, int> Presets { get; } = new()
    {
        { nameof(VaeOptions.CategoryEmbedding), 1 },
        { nameof(VaeOptions.CategoryEmbedding), 2 },
        { nameof(VaeOptions.LinkEmbedding), 1 },
        { nameof(VaeOptions.LinkEmbedding), 2 },
    };

    [Theory]
    [MemberData(nameof(Presets))]
    public void With_one_row_a_book_the_nearest_are_of_its_topic(string preset, int seed)
    {
        var options = preset == nameof(VaeOptions.LinkEmbedding)
            ? VaeOptions.LinkEmbedding(Dimension, "Book", "Links")
            : VaeOptions.CategoryEmbedding(Dimension, "Book", "Links");
        using var transformer = _mlContext.Transforms.VaeEmbed(options with { Training = options.Training with { Seed = seed } })
            .Fit(LinkedBooks.Rows(_mlContext, LinkedBooks.Create(seed), sparse: true));
        Assert.InRange(LinkedBooks.SameTopic(VaeCategoryEmbeddings.From(transformer)), 0.95, 1);
        Assert.Equal(Dimension, transformer.History().Best.ActiveUnits);
    }

    [Fact]
    public void Sparse_vectors_dense_ones_and_pairs_give_the_same_model()
    {
        var books = LinkedBooks.Create(1);
        var estimator = _mlContext.Transforms.VaeEmbed(Tiny);
        using var sparse = estimator.Fit(LinkedBooks.Rows(_mlContext, books, sparse: true));
        using var dense = estimator.Fit(LinkedBooks.Rows(_mlContext, books, sparse: false));
        using var pairs = estimator.Fit(LinkedBooks.Pairs(_mlContext, books));
        WeightsAssert.Same(sparse.Model, dense.Model);
        WeightsAssert.Same(sparse.Model, pairs.Model);
        Assert.Equal(
            (LinkedBooks.Books * LinkedBooks.LinksOfBook, 300),
            (sparse.History().TrainingRows + sparse.History().ValidationRows, sparse.History().ValidationRows));
    }

    [Fact]
    public void Checkpoints_change_nothing()
    {
        using var directory = new TemporaryDirectory();
        var data = LinkedBooks.Pairs(_mlContext, LinkedBooks.Create(1));
        using var plain = _mlContext.Transforms.VaeEmbed(Tiny).Fit(data);
        var training = Tiny.Training with { CheckpointFolder = directory.Path };
        using var kept = _mlContext.Transforms.VaeEmbed(Tiny with { Training = training }).Fit(data);
        WeightsAssert.Same(plain.Model, kept.Model);
    }

    [Fact]
    public void Dimensions_are_compared_on_held_out_links()
    {
        var report = VaeDimensionReport.Measure(_mlContext, LinkedBooks.Pairs(_mlContext, LinkedBooks.Create(1)), Tiny, 1, 2);
        Assert.Equal([1, 2], report.Results.Select(result => result.Dimension));
        Assert.All(report.Results, result => Assert.InRange(result.ValidationElbo, -10, -5));
    }

    [Fact]
    public void A_key_as_target_stands_the_workout()
        => Workout.Run(
            _mlContext.Transforms.VaeEmbed(Tiny with { ReconstructionColumnName = "Expected" }),
            LinkedBooks.Pairs(_mlContext, [.. LinkedBooks.Create(1).Take(20)]),
            []);

    [Fact]
    public void What_is_expected_of_a_book_is_a_probability_of_each_link_and_a_saved_model_says_the_same()
    {
        var data = LinkedBooks.Pairs(_mlContext, [.. LinkedBooks.Create(1).Take(20)]);
        using var transformer = _mlContext.Transforms.VaeEmbed(Tiny with { ReconstructionColumnName = "Expected" }).Fit(data);
        Assert.All(transformer.Transform(data).GetColumn<float[]>("Expected").Take(5), row => Assert.Equal(1, row.Sum(), 1e-4));
        using var loaded = VaeTransformer.From(_mlContext, SavedModel.RoundTrip(transformer, data.Schema));
        ViewAssert.SameRows(transformer.Transform(data), loaded.Transform(data), _ => true);
    }

    [Theory]
    [InlineData(600)]
    [InlineData(50)]
    public void Hidden_layers_and_fewer_negatives_train_too(int negatives)
    {
        var options = Tiny with
        {
            Architecture = VaeArchitecture.Mlp(8),
            Likelihood = VaeLikelihood.Categorical with { Negatives = negatives },
        };
        var data = LinkedBooks.Pairs(_mlContext, LinkedBooks.Create(1));
        using var one = _mlContext.Transforms.VaeEmbed(options).Fit(data);
        using var again = _mlContext.Transforms.VaeEmbed(options).Fit(data);
        WeightsAssert.Same(one.Model, again.Model);
        // As many nats as the links give, where all are as likely: nothing is lost by counting few of them.
        Assert.InRange(one.History().Epochs[0].Reconstruction, 6, Math.Log(LinkedBooks.Links) + 0.5);
    }

    [Fact]
    public void A_vocabulary_whose_one_hot_rows_would_take_gigabytes_takes_what_its_pairs_do()
    {
        const int Pairs = 5_000;
        var random = new Random(1);
        var data = _mlContext.Data.LoadFromEnumerable(Enumerable.Range(0, Pairs).Select(i => new Wide
        {
            Book = (uint)random.Next(Wide.Books),
            Links = (uint)random.Next(Wide.AllLinks),
        }));
        // One row of it in two one-hot vectors takes a third of this limit.
        var training = TinyVae.Training with { Epochs = 1, BatchSize = 2_500, MemoryLimit = VaeTrainingOptions.MinimumMemoryLimit };
        using var transformer = _mlContext.Transforms.VaeEmbed(Tiny with { Training = training }).Fit(data);
        Assert.Equal((Wide.Books, Wide.AllLinks), (transformer.Model.Info.FeatureCount, transformer.Model.Info.TargetCount));
        Assert.True(transformer.History().Best.Reconstruction > 0);
    }

    [Fact]
    public void A_category_bears_its_KL_once_for_all_its_links()
    {
        using var transformer = _mlContext.Transforms.VaeEmbed(Tiny with { Objective = new() { Beta = 3 } })
            .Fit(LinkedBooks.Rows(_mlContext, LinkedBooks.Create(1), sparse: true));
        Assert.Equal(3.0 / LinkedBooks.LinksOfBook, transformer.History().Epochs[0].Beta, 1e-12);
    }

    [Fact]
    public void Values_that_are_no_counts_and_missing_keys_are_refused()
    {
        var rows = LinkedBooks.Create(1);
        var half = _mlContext.Data.LoadFromEnumerable(Enumerable.Range(0, 3).Select(i => new LinkedBooks.Row
        {
            Book = (uint)i,
            Links = new(LinkedBooks.Links, 1, [i == 2 ? 0.5f : 1], [rows[i][0]]),
        }));
        Assert.Equal(
            $"Column \"Links\", row 2 (counted from 0), slot {rows[2][0]}: a categorical likelihood counts how often a category has a "
                + "link: expected a whole number from 0, found 0.5. Give 1 where there is a link and 0 elsewhere, or choose "
                + "VaeLikelihood.Gaussian.",
            Refusal.Expect(() => _mlContext.Transforms.VaeEmbed(Tiny).Fit(half), "half a link").Message);

        var missing = _mlContext.Data.LoadFromEnumerable(
            [new LinkedBooks.Pair { Book = 1, Links = 1 }, new LinkedBooks.Pair { Book = 2, Links = LinkedBooks.Links + 5 }]);
        Assert.Equal(
            "Column \"Links\", row 1 (counted from 0): expected a key from 1 to 600, found none. Leave such rows out, or map what is "
                + "missing to a key of its own.",
            Refusal.Expect(() => _mlContext.Transforms.VaeEmbed(Tiny).Fit(missing), "a missing link").Message);
        Assert.Equal(
            "1 option is wrong: Negatives must be from 1 to 1048576, but is 0.",
            Assert.Throws<ArgumentException>(() => _mlContext.Transforms.VaeEmbed(
                Tiny with { Likelihood = VaeLikelihood.Categorical with { Negatives = 0 } })).Message);
    }

    public sealed class Wide
    {
        public const int Books = 37_020, AllLinks = 50_000;

        [KeyType(Books)]
        public uint Book { get; set; }

        [KeyType(AllLinks)]
        public uint Links { get; set; }
    }
}
