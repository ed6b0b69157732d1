using Microsoft.Extensions.Options;

namespace MLNet.Vae.Models;

/// <summary>The models that jobs score with on this silo, each loaded once. Thread-safe.</summary>
internal sealed class SharedModels(IOptions<VaeClusterOptions> options) : IDisposable
{
    // Jobs beside each other have a model each; of more, the one that waited longest is loaded again.
    private const int MostIdle = 4;

    private readonly Lock _gate = new();

    // The one used last is the last.
    private readonly List<Entry> _entries = [];

    /// <summary>Models that are loaded.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _entries.Count;
        }
    }

    /// <summary>Loads a model to see whether it is one.</summary>
    /// <param name="path">Of a file that may be opened.</param>
    /// <returns>To be disposed after use.</returns>
    /// <exception cref="IOException">The file is not there or cannot be read.</exception>
    /// <exception cref="InvalidDataException">It holds no model, or one of a newer format.</exception>
    public Lease Load(string path) => Add(path, SharedModel.Load(path, options.Value.Scoring));

    /// <summary>The model of a file as it was when it was loaded first.</summary>
    /// <param name="path">Of a file that may be opened.</param>
    /// <param name="identity">Of the model.</param>
    /// <returns>To be disposed after use.</returns>
    /// <exception cref="InvalidDataException">The file holds another model by now, or none.</exception>
    /// <exception cref="IOException">The file is not there or cannot be read.</exception>
    public Lease Get(string path, string identity)
    {
        lock (_gate)
        {
            if (_entries.Find(entry => entry.Path == path && entry.Model.Identity == identity) is { } found)
                return Enter(found);
        }
        var lease = Load(path);
        if (lease.Model.Identity == identity)
            return lease;
        lease.Dispose();
        throw new InvalidDataException(
            $"'{path}': expected the model that the job began with, found another. Put the former back, or submit a job anew.");
    }

    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var entry in _entries)
                entry.Model.Dispose();
            _entries.Clear();
        }
    }

    private Lease Add(string path, SharedModel model)
    {
        lock (_gate)
        {
            if (_entries.Find(entry => entry.Path == path && entry.Model.Identity == model.Identity) is { } same)
            {
                // Another thread was first.
                model.Dispose();
                return Enter(same);
            }
            var entry = new Entry(path, model);
            _entries.Add(entry);
            return Enter(entry);
        }
    }

    private Lease Enter(Entry entry)
    {
        entry.Users++;
        _entries.Remove(entry);
        _entries.Add(entry);
        return new(this, entry);
    }

    private void Leave(Entry entry)
    {
        lock (_gate)
        {
            entry.Users--;
            while (_entries.Count > MostIdle && _entries.Find(other => other.Users == 0) is { } idle)
            {
                _entries.Remove(idle);
                idle.Model.Dispose();
            }
        }
    }

    /// <summary>Use of a model, which stays as long.</summary>
    internal sealed class Lease(SharedModels owner, Entry entry) : IDisposable
    {
        private bool _disposed;

        public SharedModel Model => entry.Model;

        public void Dispose()
        {
            if (!_disposed)
                owner.Leave(entry);
            _disposed = true;
        }
    }

    /// <param name="path">Where it was loaded from.</param>
    /// <param name="model">The model.</param>
    internal sealed class Entry(string path, SharedModel model)
    {
        public string Path => path;

        public SharedModel Model => model;

        public int Users { get; set; }
    }
}
