using System.Globalization;
using Microsoft.Extensions.AI;

namespace MLNet.Vae.Generators;

/// <summary>What generators have in common: the batch, what is asked for beside it, what they tell of themselves. Thread-safe.</summary>
/// <typeparam name="TRow">A row.</typeparam>
internal abstract class EmbeddingGenerator<TRow> : IEmbeddingGenerator<TRow, Embedding<float>>
    where TRow : class
{
    private const string ProviderName = "MLNet.Vae";

    private readonly VaeModel _model;
    private readonly EmbeddingGeneratorMetadata _metadata;
    private readonly IDisposable? _owned;
    private volatile bool _disposed;

    /// <param name="model">The model.</param>
    /// <param name="owned">Disposed with the generator.</param>
    protected EmbeddingGenerator(VaeModel model, IDisposable? owned)
    {
        (_model, _owned) = (model, owned);
        ModelId = model.Fingerprint().ToString("x16", CultureInfo.InvariantCulture);
        _metadata = new(ProviderName, defaultModelId: ModelId, defaultModelDimensions: Dimension);
    }

    /// <summary>What scores.</summary>
    protected abstract object Engine { get; }

    /// <summary>The same for the same weights.</summary>
    private string ModelId { get; }

    private int Dimension => _model.Info.LatentDimension;

    /// <inheritdoc/>
    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<TRow> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled<GeneratedEmbeddings<Embedding<float>>>(cancellationToken);
        try
        {
            return Task.FromResult(Generate(values, options, cancellationToken));
        }
        catch (OperationCanceledException cancelled) when (cancelled.CancellationToken == cancellationToken)
        {
            return Task.FromCanceled<GeneratedEmbeddings<Embedding<float>>>(cancellationToken);
        }
        catch (Exception fault)
        {
            return Task.FromException<GeneratedEmbeddings<Embedding<float>>>(fault);
        }
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is null
            ? Array.Find<object>([this, _metadata, _model, _model.Info, Engine], serviceType.IsInstanceOfType)
            : null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        _owned?.Dispose();
    }

    /// <summary>Embeds the rows of a batch.</summary>
    /// <param name="rows">At least one.</param>
    /// <param name="cancellation">Looked at now and then.</param>
    /// <returns><c>[rows][L]</c>, each an array of its own.</returns>
    protected abstract float[][] Embed(IReadOnlyList<TRow> rows, CancellationToken cancellation);

    private GeneratedEmbeddings<Embedding<float>> Generate(
        IEnumerable<TRow> values, EmbeddingGenerationOptions? options, CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        string[] faults = [.. Faults(options)];
        if (faults.Length > 0)
            throw new ArgumentException(string.Join(" ", faults), nameof(options));
        TRow[] rows = [.. values];
        if (Array.FindIndex(rows, row => row is null) is var missing and >= 0)
            throw new ArgumentException(GeneratorMessages.NoRow(missing), nameof(values));
        var time = DateTimeOffset.UtcNow;
        var vectors = rows.Length == 0 ? [] : Embed(rows, cancellation);
        return new(vectors.Select(vector => new Embedding<float>(vector) { CreatedAt = time, ModelId = ModelId }));
    }

    private IEnumerable<string> Faults(EmbeddingGenerationOptions? options)
    {
        if (options?.Dimensions is { } dimension && dimension != Dimension)
            yield return GeneratorMessages.OtherDimension(Dimension, dimension);
        if (options?.ModelId is { } id && id != ModelId)
            yield return GeneratorMessages.OtherModel(ModelId, id);
    }
}
