using MLNet.Vae.Checkpoints;
using MLNet.Vae.Data;
using MLNet.Vae.Groups;

namespace MLNet.Vae.Training;

/// <summary>
/// A fit and the folder that keeps its checkpoints, where it has one: opened before the rows are read, as its seed may come from there;
/// entered once they are.
/// </summary>
internal sealed class KeptFit : IDisposable
{
    private readonly VaeModelOptions _options;
    private readonly CheckpointFolder? _folder;

    private readonly TrainingGroup _group;

    private KeptFit(VaeModelOptions options, TrainingGroup group, int seed, CheckpointFolder? folder)
        => (_options, _group, Seed, _folder) = (options, group, seed, folder);

    /// <summary>What the fit draws from.</summary>
    public int Seed { get; }

    /// <param name="options">Of the fit.</param>
    /// <param name="group">Whose rank 0 has the folder.</param>
    /// <param name="seed">Its own.</param>
    /// <param name="isDrawn">Whether that would be another if the program ran again: then the one of the fit in the folder counts.</param>
    /// <exception cref="IOException">The folder cannot be used.</exception>
    /// <exception cref="InvalidDataException">What it holds is damaged.</exception>
    public static KeptFit Open(VaeModelOptions options, TrainingGroup group, int seed, bool isDrawn)
    {
        CheckpointFolder? folder = null;
        group.Together("opening its checkpoints", () =>
        {
            if (options.Training.CheckpointFolder is { } path && group.Rank == 0)
                folder = CheckpointFolder.Open(Path.GetFullPath(path));
        });
        return new(options, group, group.OfFirst(isDrawn ? folder?.Seed ?? seed : seed), folder);
    }

    /// <returns>The options, which now say where its runs keep their checkpoints.</returns>
    /// <exception cref="InvalidOperationException">The folder holds another fit that has not ended.</exception>
    public VaeModelOptions Enter(TrainingRows rows, TrainingLog log)
    {
        var training = _options.Training;
        if (training.CheckpointFolder is not { } path)
            return _options;
        _group.Together("opening its checkpoints", () => _folder?.Enter(Seed, FitDescription.Of(_options, Seed, rows), log.Info));
        return _options with
        {
            Training = training with
            {
                Checkpoints = new(Path.GetFullPath(path), training.CheckpointEpochs, training.CheckpointInterval),
            },
        };
    }

    /// <summary>Once it has its result.</summary>
    public void End(TrainingLog log) => _folder?.End(log.Warn);

    public void Dispose() => _folder?.Dispose();
}
