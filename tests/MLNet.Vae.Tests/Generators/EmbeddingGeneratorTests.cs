using Microsoft.Extensions.AI;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Tests.Estimators;
using MLNet.Vae.Tests.Generation;
using MLNet.Vae.Tests.Kit;
using MLNet.Vae.Tests.Tables;

namespace MLNet.Vae.Tests.Generators;

/// <summary>Rows in, the transformer's embeddings out.</summary>
public sealed class EmbeddingGeneratorTests
{
    private static readonly MLContext Context = new(seed: 1);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, 1024)]
    [InlineData(40, 16)]
    [InlineData(100, 1024)]
    public async Task Arrays_and_rows_have_the_embeddings_of_the_transformer(int count, int blockSize)
    {
        var model = SampleModels.Embedder();
        var options = new VaeScoringOptions { BlockSize = blockSize, Threads = 1 };
        var rows = Rows(count);
        using var transformer = new VaeTransformer(Context, model, options);
        using var scorer = model.CreateScorer(options);
        using var ofArrays = scorer.AsEmbeddingGenerator();
        using var ofRows = transformer.AsEmbeddingGenerator<Row>(Context);

        var expected = transformer.Transform(Context.Data.LoadFromEnumerable(rows)).GetColumn<float[]>("Embedding");

        Assert.Equal(expected, Vectors(await ofArrays.GenerateAsync(rows.Select(row => row.Features), cancellationToken: Token)));
        Assert.Equal(expected, Vectors(await ofRows.GenerateAsync(rows, cancellationToken: Token)));
        Assert.Empty(await ofRows.GenerateAsync([], cancellationToken: Token));
        Assert.Empty(await ofArrays.GenerateAsync([], cancellationToken: Token));
    }

    [Fact]
    public async Task A_pipeline_of_several_steps_embeds_as_it_transforms_fitted_or_loaded()
    {
        var rows = FactorRows.Create(60).ConvertAll(values => new Parts { First = values[0], Rest = values[1..] });
        var data = Context.Data.LoadFromEnumerable(rows);
        using var pipeline = Context.Transforms.Concatenate("Features", nameof(Parts.First), nameof(Parts.Rest))
            .Append(Context.Transforms.VaeEmbed("Code", latentDimension: 2, epochs: 2))
            .Fit(data);
        using var directory = new TemporaryDirectory();
        Context.Model.SaveAtomically(pipeline, data.Schema, directory.File("model.zip"));
        var loaded = Context.Model.Load(directory.File("model.zip"), out _);
        using var generator = pipeline.AsEmbeddingGenerator<Parts>(Context);
        using var ofLoaded = loaded.AsEmbeddingGenerator<Parts>(Context, ownsTransformer: true);

        Assert.Equal(
            pipeline.Transform(data).GetColumn<float[]>("Code"), Vectors(await generator.GenerateAsync(rows, cancellationToken: Token)));
        Assert.Equal(
            loaded.Transform(data).GetColumn<float[]>("Code"), Vectors(await ofLoaded.GenerateAsync(rows, cancellationToken: Token)));
        Assert.Equal(Metadata(generator).DefaultModelId, Metadata(ofLoaded).DefaultModelId);
    }

    [Fact]
    public async Task Rows_of_a_table_are_embedded_holes_and_all()
    {
        var visits = Visit.Rows(100, missing: 0.1);
        using var model = Context.Transforms.VaeEmbed(Visit.Options(epochs: 2)).Fit(Visit.View(Context, visits));
        using var generator = model.AsEmbeddingGenerator<Visit>(Context);

        var expected = model.Transform(Visit.View(Context, visits)).GetColumn<float[]>("Embedding");

        Assert.Equal(expected, Vectors(await generator.GenerateAsync(visits, cancellationToken: Token)));
        Assert.Equal(3, Metadata(generator).DefaultModelDimensions);
    }

    [Fact]
    public async Task A_condition_is_that_of_all_rows()
    {
        var rows = GeneratorModels.Rows(5);
        using var scorer = GeneratorModels.Conditional().CreateScorer();
        using var generator = scorer.AsEmbeddingGenerator("green");
        var expected = new float[5 * scorer.Model.Info.LatentDimension];
        scorer.Encode(rows.SelectMany(row => row).ToArray(), expected, scorer.Condition("green"));

        Assert.Equal(expected, Vectors(await generator.GenerateAsync(rows, cancellationToken: Token)).SelectMany(code => code));
        Assert.StartsWith(
            "This model is conditional: expected the condition of the rows, found none.",
            Assert.Throws<ArgumentException>("condition", () => scorer.AsEmbeddingGenerator()).Message);
        Assert.Throws<ArgumentException>("condition", () => scorer.AsEmbeddingGenerator("pink"));
    }

    [Fact]
    public async Task Tells_what_it_is_and_what_it_is_made_of()
    {
        var model = SampleModels.Embedder();
        using var scorer = model.CreateScorer();
        using var generator = scorer.AsEmbeddingGenerator();
        using var other = SampleModels.Create(SampleModels.EmbeddingColumns, seed: 2).CreateScorer();
        using var otherGenerator = other.AsEmbeddingGenerator();

        var metadata = Metadata(generator);

        Assert.Equal(("MLNet.Vae", SampleModels.Latents), (metadata.ProviderName, metadata.DefaultModelDimensions));
        var generated = await generator.GenerateAsync([new float[6]], cancellationToken: Token);
        Assert.Equal(metadata.DefaultModelId, Assert.Single(generated).ModelId);
        Assert.NotEqual(metadata.DefaultModelId, Metadata(otherGenerator).DefaultModelId);
        Assert.Same(scorer, generator.GetService<VaeScorer>());
        Assert.Same(model, generator.GetService<VaeModel>());
        Assert.Same(model.Info, generator.GetService<VaeModelInfo>());
        Assert.Same(generator, generator.GetService<IEmbeddingGenerator>());
        Assert.Null(generator.GetService<MLContext>());
        Assert.Null(generator.GetService<VaeModel>("key"));
    }

    [Fact]
    public async Task Wishes_that_a_model_cannot_fulfil_are_refused_all_at_once()
    {
        using var scorer = SampleModels.Embedder().CreateScorer();
        using var generator = scorer.AsEmbeddingGenerator();
        var id = Metadata(generator).DefaultModelId;
        var possible = new EmbeddingGenerationOptions { Dimensions = SampleModels.Latents, ModelId = id };

        Assert.Single(await generator.GenerateAsync([new float[6]], possible, Token));
        var error = await Assert.ThrowsAsync<ArgumentException>(
            "options", () => generator.GenerateAsync([new float[6]], new() { Dimensions = 1536, ModelId = "large" }, Token));
        Assert.StartsWith(
            "EmbeddingGenerationOptions.Dimensions is 1,536: expected 3, the latent dimensions that the model was trained with, or "
            + "nothing. "
                + "Another length needs a model of as many latent dimensions. EmbeddingGenerationOptions.ModelId is 'large': expected "
                + $"'{id}', the only model of this generator, or nothing.",
            error.Message);
    }

    [Fact]
    public async Task A_row_that_cannot_be_embedded_is_named()
    {
        var model = SampleModels.Create(SampleModels.EmbeddingColumns, featureNames: SampleData.SlotNames);
        var rows = Rows(30);
        rows[23].Features[2] = float.NaN;
        var options = new VaeScoringOptions { BlockSize = 10 };
        using var transformer = new VaeTransformer(Context, model, options);
        using var scorer = model.CreateScorer(options);
        using var ofArrays = scorer.AsEmbeddingGenerator();
        using var ofRows = transformer.AsEmbeddingGenerator<Row>(Context);
        const string Named = "Features, row 23 (counted from 0), slot 2 (\"height\"): expected a finite number, found NaN.";

        var ofArray = await Assert.ThrowsAsync<ArgumentException>(() => Of(ofArrays, [.. rows.Select(row => row.Features)]));
        var ofRow = await Assert.ThrowsAnyAsync<Exception>(() => Of(ofRows, [.. rows]));

        Assert.StartsWith(Named, ofArray.Message);
        Assert.StartsWith("Column \"Features\", row 23 (counted from 0), slot 2", ofRow.Message);
        await Refused("Row 1 is null: expected a row. Leave it out.", () => Of(ofArrays, [new float[6], null!]));
        await Refused("Row 1 is null: expected a row. Leave it out.", () => Of(ofRows, [new Row(), null!]));
        await Refused(
            "Row 1 has 5 values: expected 6, the features of the model. Give all of them, in the order of training.",
            () => Of(ofArrays, [new float[6], new float[5], new float[7]]));

        static Task Of<T>(IEmbeddingGenerator<T, Embedding<float>> generator, T[] rows)
            => generator.GenerateAsync(rows, cancellationToken: Token);

        static async Task Refused(string message, Func<Task> action)
            => Assert.StartsWith(message, (await Assert.ThrowsAsync<ArgumentException>(action)).Message);
    }

    [Fact]
    public void What_gives_no_embedding_is_refused_when_the_generator_is_made()
    {
        using var detector = new VaeTransformer(Context, SampleModels.Create(SampleModels.DetectionColumns), new());
        using var embedder = new VaeTransformer(Context, SampleModels.Embedder(), new());
        using var dropped = embedder.Append(Context.Transforms.DropColumns("Embedding")
            .Fit(embedder.Transform(Context.Data.LoadFromEnumerable(Rows(1)))));

        Refused("The model adds no embedding to its rows", () => detector.AsEmbeddingGenerator<Row>(Context));
        Refused(
            "What the transformer gives has no column 'Embedding' of 3 Single, the embedding",
            () => dropped.AsEmbeddingGenerator<Row>(Context));
        Assert.ThrowsAny<ArgumentException>(() => embedder.AsEmbeddingGenerator<Parts>(Context));

        static void Refused(string message, Action action)
            => Assert.StartsWith(message, Assert.Throws<InvalidOperationException>(action).Message);
    }

    [Fact]
    public async Task Is_cancelled_before_and_between()
    {
        var model = SampleModels.Embedder();
        using var transformer = new VaeTransformer(Context, model, new() { BlockSize = 8 });
        using var scorer = model.CreateScorer(new() { BlockSize = 8 });
        using var ofArrays = scorer.AsEmbeddingGenerator();
        using var ofRows = transformer.AsEmbeddingGenerator<Row>(Context);

        await Cancelled(ofArrays, Rows(100).Select(row => row.Features));
        await Cancelled(ofRows, Rows(100));

        static async Task Cancelled<T>(IEmbeddingGenerator<T, Embedding<float>> generator, IEnumerable<T> rows)
        {
            using var source = new CancellationTokenSource();
            var task = generator.GenerateAsync(Cancelling(rows, source), cancellationToken: source.Token);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task);
            Assert.True(task.IsCanceled);
            Assert.True(generator.GenerateAsync(rows, cancellationToken: source.Token).IsCanceled);
            Assert.Equal(rows.Count(), (await generator.GenerateAsync(rows, cancellationToken: Token)).Count);
        }

        // By the time the batch is read, it is no longer wanted.
        static IEnumerable<T> Cancelling<T>(IEnumerable<T> rows, CancellationTokenSource source)
        {
            foreach (var row in rows)
                yield return row;
            source.Cancel();
        }
    }

    [Fact]
    public void Many_threads_get_the_vectors_of_one()
    {
        var model = SampleModels.Embedder();
        var options = new VaeScoringOptions { BlockSize = 16, Threads = 1 };
        using var transformer = new VaeTransformer(Context, model, options);
        using var scorer = model.CreateScorer(options);
        using var ofArrays = scorer.AsEmbeddingGenerator();
        using var ofRows = transformer.AsEmbeddingGenerator<Row>(Context);
        var batches = Enumerable.Range(0, 16).Select(seed => Rows(10 + seed, seed)).ToArray();
        var expected = Array.ConvertAll(
            batches, rows => transformer.Transform(Context.Data.LoadFromEnumerable(rows)).GetColumn<float[]>("Embedding").ToArray());

        Parallel.For(0, 64, i =>
        {
            var rows = batches[i % 16];
            Assert.Equal(expected[i % 16], Vectors(ofRows.GenerateAsync(rows).Result));
            Assert.Equal(expected[i % 16], Vectors(ofArrays.GenerateAsync(rows.Select(row => row.Features)).Result));
        });
    }

    [Fact]
    public async Task Disposes_what_it_owns_and_nothing_else()
    {
        var model = SampleModels.Embedder();
        using var shared = model.CreateScorer();
        using var transformer = new VaeTransformer(Context, model, new());
        var (code, row) = (new float[SampleModels.Latents], new float[SampleModels.Features]);
        var borrowing = shared.AsEmbeddingGenerator();
        borrowing.Dispose();
        borrowing.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => borrowing.GenerateAsync([row], cancellationToken: Token));
        shared.Encode(row, code);

        shared.AsEmbeddingGenerator(ownsScorer: true).Dispose();
        transformer.AsEmbeddingGenerator<Row>(Context, ownsTransformer: true).Dispose();

        Assert.Throws<ObjectDisposedException>(() => shared.Encode(row, code));
        Assert.ThrowsAny<Exception>(
            () => transformer.Transform(Context.Data.LoadFromEnumerable(Rows(1))).GetColumn<float[]>("Embedding").ToArray());
    }

    [Fact]
    public async Task A_cache_and_telemetry_go_around_it()
    {
        var counting = new CountingGenerator(SampleModels.Embedder().CreateScorer().AsEmbeddingGenerator(ownsScorer: true));
        using var generator = counting.AsBuilder().UseDistributedCache(new DictionaryCache()).UseOpenTelemetry().Build();
        var rows = Rows(3).Select(row => row.Features).ToArray();

        var first = await generator.GenerateAsync(rows, cancellationToken: Token);
        var second = await generator.GenerateAsync([.. rows, new float[6]], cancellationToken: Token);

        Assert.Equal(Vectors(first), Vectors(second)[..3]);
        Assert.Equal([3, 1], counting.Batches);
        Assert.Equal(SampleModels.Latents, Metadata(generator).DefaultModelDimensions);
    }

    private static float[][] Vectors(GeneratedEmbeddings<Embedding<float>> embeddings)
        => [.. embeddings.Select(embedding => embedding.Vector.ToArray())];

    private static EmbeddingGeneratorMetadata Metadata(IEmbeddingGenerator generator)
        => generator.GetService<EmbeddingGeneratorMetadata>()!;

    private static List<Row> Rows(int count, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => new Row { Features = SampleData.Dense(random, SampleModels.Features) })];
    }

    internal sealed class Row
    {
        [VectorType(SampleModels.Features)]
        public float[] Features { get; set; } = new float[SampleModels.Features];
    }

    internal sealed class Parts
    {
        public float First { get; set; }

        [VectorType(FactorRows.Features - 1)]
        public float[] Rest { get; set; } = [];
    }

    /// <summary>Notes how many rows come through.</summary>
    private sealed class CountingGenerator(IEmbeddingGenerator<float[], Embedding<float>> inner)
        : DelegatingEmbeddingGenerator<float[], Embedding<float>>(inner)
    {
        public List<int> Batches { get; } = [];

        public override Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
            IEnumerable<float[]> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
        {
            Batches.Add(values.Count());
            return base.GenerateAsync(values, options, cancellationToken);
        }
    }
}
