#:package MLNet.Vae@*
#:package TorchSharp-cpu@0.107.0
#:package Microsoft.ML.OnnxRuntime@1.31.1
#:package MLNet.Vae.Extensions.AI@*
#:package Microsoft.Extensions.AI@10.11.0
#:property PublishAot=false
#:property UseCurrentRuntimeIdentifier=true

using System.Collections.Concurrent;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae;

var cancellation = CancellationToken.None;
var path = Path.GetTempFileName();
var mlContext = new MLContext(seed: 1);
{
    Visit[] visits = [.. Enumerable.Range(0, 100).Select(i => new Visit { Country = i % 3 == 0 ? "NL" : "PT", Age = 20 + i % 50 })];
    var table = mlContext.Data.LoadFromEnumerable(visits);
    var options = new VaeTableOptions { Latent = VaeLatent.Gaussian(3), Training = new() { Epochs = 2, Seed = 1 } };

    using var model = mlContext.Transforms.VaeEmbed(options).Fit(table);
    using var generator = model.AsEmbeddingGenerator<Visit>(mlContext);

    var embeddings = await generator.GenerateAsync(visits, cancellationToken: cancellation);   // one for each visit, in their order
    ReadOnlyMemory<float> vector = embeddings[0].Vector;                                       // [latent dimensions]
    var column = model.Transform(table).GetColumn<float[]>("Embedding").First();
    Console.WriteLine($"{embeddings.Count} vectors of {vector.Length}; as the column has it: {column.AsSpan().SequenceEqual(vector.Span)}");
}
{
    float[][] rows = [.. Enumerable.Range(0, 100).Select(i => new[] { i % 7f, i % 5f, 1, i % 3f })];
    var data = mlContext.Data.LoadFromEnumerable(rows.Select(features => new Row { Features = features }));
    var options = new VaeOptions { Latent = VaeLatent.Gaussian(2), Training = new() { Epochs = 2, Seed = 1 } };
    using (var model = mlContext.Transforms.VaeEmbed(options).Fit(data))
    using (var file = File.Create(path))
        model.Model.ExportOnnx(VaeGraph.Scorer, file);

    using var scorer = VaeModel.Load(path).CreateScorer(new() { Threads = 1 });
    using var generator = scorer.AsEmbeddingGenerator();

    var vectors = await generator.GenerateAsync(rows, cancellationToken: cancellation);
    var dimensions = generator.GetService<EmbeddingGeneratorMetadata>()!.DefaultModelDimensions;
    Console.WriteLine($"of arrays {vectors.Count} vectors of {dimensions}");

    var cache = new DictionaryCache();
    using var cached = generator.AsBuilder()
        .UseDistributedCache(cache, configure: layer =>
            layer.CacheKeyAdditionalValues = [generator.GetService<EmbeddingGeneratorMetadata>()!.DefaultModelId!])
        .UseOpenTelemetry()
        .Build();

    var first = await cached.GenerateAsync([rows[1]], cancellationToken: cancellation);
    var second = await cached.GenerateAsync([rows[1]], cancellationToken: cancellation);
    Console.WriteLine($"cached {cache.Count}; the same: {first[0].Vector.Span.SequenceEqual(second[0].Vector.Span)}");
}
File.Delete(path);

public class Visit
{
    public string Country { get; set; } = "";

    public float Age { get; set; }
}

public class Row
{
    [VectorType(4)]
    public float[] Features { get; set; } = [];
}

// In memory; Redis and others have one of their own.
public class DictionaryCache : IDistributedCache
{
    private readonly ConcurrentDictionary<string, byte[]> _values = new();

    public int Count => _values.Count;

    public byte[]? Get(string key) => _values.GetValueOrDefault(key);

    public Task<byte[]?> GetAsync(string key, CancellationToken token = default) => Task.FromResult(Get(key));

    public void Refresh(string key)
    {
    }

    public Task RefreshAsync(string key, CancellationToken token = default) => Task.CompletedTask;

    public void Remove(string key) => _values.TryRemove(key, out _);

    public Task RemoveAsync(string key, CancellationToken token = default)
    {
        Remove(key);
        return Task.CompletedTask;
    }

    public void Set(string key, byte[] value, DistributedCacheEntryOptions options) => _values[key] = value;

    public Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default)
    {
        Set(key, value, options);
        return Task.CompletedTask;
    }
}
