using MLNet.Vae.Checkpoints;
using MLNet.Vae.Data;

namespace MLNet.Vae.Training;

/// <summary>
/// A fit and the folder that keeps its checkpoints, where it has one: opened before the rows are read, as its seed may come from there;
/// entered once they are.
/// </summary>
internal sealed class KeptFit : IDisposable
{
    private readonly VaeModelOptions _options;
    private readonly CheckpointFolder? _folder;

    private KeptFit(VaeModelOptions options, int seed, CheckpointFolder? folder) => (_options, Seed, _folder) = (options, seed, folder);

    /// <summary>What the fit draws from.</summary>
    public int Seed { get; }

    /// <param name="options">Of the fit.</param>
    /// <param name="seed">Its own.</param>
    /// <param name="isDrawn">Whether that would be another if the program ran again: then the one of the fit in the folder counts.</param>
    /// <exception cref="IOException">The folder cannot be used.</exception>
    /// <exception cref="InvalidDataException">What it holds is damaged.</exception>
    public static KeptFit Open(VaeModelOptions options, int seed, bool isDrawn)
    {
        var folder = options.Training.CheckpointFolder is { } path ? CheckpointFolder.Open(Path.GetFullPath(path)) : null;
        return new(options, isDrawn ? folder?.Seed ?? seed : seed, folder);
    }

    /// <returns>The options, which now say where its runs keep their checkpoints.</returns>
    /// <exception cref="InvalidOperationException">The folder holds another fit that has not ended.</exception>
    public VaeModelOptions Enter(TrainingRows rows, TrainingLog log)
    {
        if (_folder is null)
            return _options;
        _folder.Enter(Seed, FitDescription.Of(_options, Seed, rows), log.Info);
        var training = _options.Training;
        return _options with
        {
            Training = training with
            {
                Checkpoints = new(Path.GetFullPath(training.CheckpointFolder!), training.CheckpointEpochs, training.CheckpointInterval),
            },
        };
    }

    /// <summary>Once it has its result.</summary>
    public void End(TrainingLog log) => _folder?.End(log.Warn);

    public void Dispose() => _folder?.Dispose();
}
