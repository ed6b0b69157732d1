using System.Text.Json;
using MLNet.Vae.Interop;

namespace MLNet.Vae.Checkpoints;

/// <summary>
/// The folder that a fit keeps its checkpoints in, locked while it runs: one file that says which fit, and one of each run.
/// </summary>
internal sealed class CheckpointFolder : IDisposable
{
    private const string FitFile = "fit.json", LockFile = "lock", What = "checkpoint";

    private readonly string _folder;
    private readonly FileStream _lock;
    private Fit? _fit;

    private CheckpointFolder(string folder, FileStream locked)
    {
        (_folder, _lock) = (folder, locked);
        _fit = ReadFit();
    }

    /// <summary>The seed of the fit that it holds; <see langword="null"/>: it holds none.</summary>
    public int? Seed => _fit?.Seed;

    /// <summary>Makes it where it is not there.</summary>
    /// <exception cref="IOException">It cannot be made or written, or another fit is using it.</exception>
    /// <exception cref="InvalidDataException">What it holds is damaged.</exception>
    public static CheckpointFolder Open(string folder)
    {
        FileStream locked;
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new IOException(CheckpointMessages.NotWritable(folder, fault.Message), fault);
        }
        try
        {
            locked = new(Path.Combine(folder, LockFile), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException fault)
        {
            throw new IOException(CheckpointMessages.NotWritable(folder, fault.Message), fault);
        }
        catch (IOException fault)
        {
            throw new IOException(CheckpointMessages.InUse(folder), fault);
        }
        try
        {
            return new(folder, locked);
        }
        catch
        {
            locked.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Makes it the folder of a fit: of the one that it holds where they are the same, else of a new one, for which one that has ended
    /// makes room.
    /// </summary>
    /// <param name="seed">Of the fit.</param>
    /// <param name="description">See <see cref="FitDescription"/>.</param>
    /// <param name="tell">Told where another makes room.</param>
    /// <exception cref="InvalidOperationException">It holds another that has not ended; the message names what differs.</exception>
    public void Enter(int seed, IReadOnlyDictionary<string, string> description, Action<string> tell)
    {
        if (_fit is { } held)
        {
            var differences = FitDescription.Differences(held.Description, description);
            if (differences.Count == 0)
                return;
            if (!held.HasEnded)
                throw new InvalidOperationException(CheckpointMessages.Differs(_folder, differences));
            tell(CheckpointMessages.Replaced(_folder, differences));
            foreach (var run in Directory.GetFiles(_folder, RunCheckpoints.Pattern))
                File.Delete(run);
        }
        Write(new(seed, HasEnded: false, description));
    }

    /// <summary>
    /// The fit has its result, which is not to be lost where this cannot be written: then <paramref name="warn"/> is told.
    /// </summary>
    public void End(Action<string> warn)
    {
        try
        {
            Write(_fit! with { HasEnded = true });
        }
        catch (IOException fault)
        {
            warn(fault.Message);
        }
    }

    public void Dispose() => _lock.Dispose();

    private Fit? ReadFit()
    {
        var path = Path.Combine(_folder, FitFile);
        if (!File.Exists(path))
            return null;
        try
        {
            return JsonSerializer.Deserialize<Fit>(File.ReadAllText(path)) is { Description: not null } fit
                ? fit
                : throw new JsonException("it describes no fit");
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException(CheckpointMessages.Damaged(path, fault.Message, _folder), fault);
        }
    }

    private void Write(Fit fit)
    {
        FileSet.Write(What, _folder, (FitFile, stream => JsonSerializer.Serialize(stream, fit)));
        _fit = fit;
    }

    private sealed record Fit(int Seed, bool HasEnded, IReadOnlyDictionary<string, string> Description);
}
