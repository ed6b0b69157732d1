using System.Diagnostics;
using MLNet.Vae.Groups;
using MLNet.Vae.Interop;

namespace MLNet.Vae.Checkpoints;

/// <summary>
/// The checkpoint of one run: a file that is there whole or as it was before. Of a group rank 0 has it, and all ranks call the same
/// members.
/// </summary>
internal sealed class RunCheckpoint(RunCheckpoints runs, TrainingGroup ranks, string path)
{
    private readonly Stopwatch _sinceLast = Stopwatch.StartNew();
    private int _epochs;

    public string Path => path;

    public bool Exists => ranks.Any(ranks.Rank == 0 && File.Exists(path));

    /// <summary>Whether it is time for one, within an epoch; each rank of a group says for itself.</summary>
    public bool IsDue => _sinceLast.Elapsed >= runs.Interval;

    /// <summary>Whether it is time for one, at the end of an epoch, of which it is told.</summary>
    public bool IsDueAfterEpoch() => ++_epochs >= runs.Epochs || IsDue;

    /// <param name="exchange">Hands over the state.</param>
    /// <returns>
    /// <see langword="null"/>, or why it could not be written: a disk that is full ends no training. The one before is as it was, and the
    /// next is tried when it is due.
    /// </returns>
    public string? Write(Action<TrainingState> exchange)
    {
        using var state = new StateWriter(ranks);
        exchange(state);
        _epochs = 0;
        _sinceLast.Restart();
        if (ranks.Rank > 0)
            return null;
        try
        {
            FileSet.WriteOne("checkpoint", path, state.WriteTo);
            return null;
        }
        catch (IOException fault)
        {
            return fault.Message;
        }
    }

    /// <param name="exchange">Takes the state back.</param>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public void Read(Action<TrainingState> exchange)
    {
        try
        {
            using var file = SafetensorsFile.Open(Stream());
            exchange(new StateReader(file, ranks));
        }
        catch (Exception fault) when (fault is InvalidDataException or System.Text.Json.JsonException)
        {
            throw new InvalidDataException(CheckpointMessages.Damaged(path, fault.Message, runs.Folder), fault);
        }
    }

    /// <summary>The file or, of a group, what rank 0 read of it: the others may be on machines that have no such folder.</summary>
    private Stream Stream()
    {
        if (ranks.IsAlone)
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        byte[] own = [];
        ranks.Together("reading its checkpoint", () => own = ranks.Rank == 0 ? File.ReadAllBytes(path) : []);
        return new MemoryStream(ranks.Gather(own)[0]);
    }
}
