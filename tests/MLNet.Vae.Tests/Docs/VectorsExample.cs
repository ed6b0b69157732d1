using Microsoft.Extensions.AI;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Tests.Generation;
using MLNet.Vae.Tests.Generators;
using MLNet.Vae.Tests.Kit;
using MLNet.Vae.Tests.Tables;

namespace MLNet.Vae.Tests.Docs;

/// <summary>The lines shown in the documentation.</summary>
public sealed class VectorsExample
{
    [Fact]
    public async Task Rows_of_a_class_are_embedded()
    {
        var mlContext = new MLContext(seed: 1);
        var visits = Visit.Rows(100, missing: 0.1);
        var table = Visit.View(mlContext, visits);
        var options = Visit.Options(epochs: 2);
        var cancellation = TestContext.Current.CancellationToken;

        using var model = mlContext.Transforms.VaeEmbed(options).Fit(table);
        using var generator = model.AsEmbeddingGenerator<Visit>(mlContext);

        var embeddings = await generator.GenerateAsync(visits, cancellationToken: cancellation);   // one for each visit, in their order
        ReadOnlyMemory<float> vector = embeddings[0].Vector;                                       // [latent dimensions]

        Assert.Equal((100, 3), (embeddings.Count, vector.Length));
        Assert.Equal(model.Transform(table).GetColumn<float[]>("Embedding").First(), vector.ToArray());
    }

    [Fact]
    public async Task Arrays_are_embedded()
    {
        using var directory = new TemporaryDirectory();
        SampleModels.Embedder().ExportOnnx(directory.Path);
        var path = directory.File("scorer.onnx");
        float[][] rows = [[1, 2, 3, 4, 5, 6], [2, 3, 4, 5, 6, 7]];
        var cancellation = TestContext.Current.CancellationToken;

        using var scorer = VaeModel.Load(path).CreateScorer(new() { Threads = 1 });
        using var generator = scorer.AsEmbeddingGenerator();

        var vectors = await generator.GenerateAsync(rows, cancellationToken: cancellation);
        var dimensions = generator.GetService<EmbeddingGeneratorMetadata>()!.DefaultModelDimensions;

        Assert.Equal(2, vectors.Count);
        Assert.All(vectors, row => Assert.Equal(dimensions, row.Vector.Length));
    }

    [Fact]
    public async Task A_cache_goes_around()
    {
        using var scorer = GeneratorModels.Gaussian.CreateScorer();
        using var generator = scorer.AsEmbeddingGenerator();
        var cache = new DictionaryCache();

        using var cached = generator.AsBuilder()
            .UseDistributedCache(cache, configure: layer =>
                layer.CacheKeyAdditionalValues = [generator.GetService<EmbeddingGeneratorMetadata>()!.DefaultModelId!])
            .UseOpenTelemetry()
            .Build();

        var first = await cached.GenerateAsync([[1f, 2f, 3f, 4f]], cancellationToken: TestContext.Current.CancellationToken);
        var second = await cached.GenerateAsync([[1f, 2f, 3f, 4f]], cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(first[0].Vector.ToArray(), second[0].Vector.ToArray());
        Assert.Equal(1, cache.Count);
    }
}
