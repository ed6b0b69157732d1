using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Orleans.Storage;

namespace MLNet.Vae.Tests.Orleans;

/// <summary>What a database is to a cluster: it outlives silos, knows of two writers, and can be down.</summary>
internal sealed class SharedStorage(SharedStorage.Tables tables, IServiceProvider services) : IGrainStorage
{
    private readonly JsonGrainStorageSerializer _serializer = new(ActivatorUtilities.CreateInstance<OrleansJsonSerializer>(services));

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        tables.Check();
        if (tables.Rows.TryGetValue((stateName, grainId), out var row))
        {
            grainState.State = _serializer.Deserialize<T>(row.Content);
            (grainState.ETag, grainState.RecordExists) = (row.Version.ToString(CultureInfo.InvariantCulture), true);
        }
        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        tables.Check();
        lock (tables)
        {
            var version = tables.Rows.TryGetValue((stateName, grainId), out var row) ? row.Version : 0;
            if ((grainState.ETag ?? "0") != version.ToString(CultureInfo.InvariantCulture))
                throw new InconsistentStateException($"{stateName} of {grainId} was written by another.");
            tables.Rows[(stateName, grainId)] = (version + 1, _serializer.Serialize(grainState.State));
            (grainState.ETag, grainState.RecordExists) = ((version + 1).ToString(CultureInfo.InvariantCulture), true);
        }
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => throw new NotSupportedException();

    /// <summary>What silos share.</summary>
    public sealed class Tables
    {
        private volatile bool _isDown;
        private int _asked;

        /// <summary>Of so many calls one fails; 0: none.</summary>
        public int ThrowsEvery { get; set; }

        public bool IsDown
        {
            get => _isDown;
            set => _isDown = value;
        }

        public ConcurrentDictionary<(string, GrainId), (int Version, BinaryData Content)> Rows { get; } = [];

        public void Check()
        {
            if (_isDown || (ThrowsEvery > 0 && Interlocked.Increment(ref _asked) % ThrowsEvery == 0))
                throw new TimeoutException("The database does not answer.");
        }
    }
}
