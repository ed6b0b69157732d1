using Microsoft.ML;
using Microsoft.ML.Runtime;
using MLNet.Vae.Data;
using MLNet.Vae.Interop;
using MLNet.Vae.Training;

namespace MLNet.Vae.Benchmarks.Speed;

/// <summary>Training on random rows that lie ready, without rows held out.</summary>
internal sealed class TrainingRun : IDisposable
{
    private const int Seed = 1;

    private readonly IChannel _channel = ((IChannelProvider)new MLContext()).Start(nameof(TrainingRun));
    private readonly TrainingLog _log;
    private readonly VaeOptions _options;
    private readonly TrainingRows _data;

    /// <param name="model">Architecture, latent variable and batch size.</param>
    /// <param name="rows">To train on.</param>
    /// <param name="layout">Of a row.</param>
    /// <param name="epochs">That are timed, after one that is not.</param>
    /// <param name="threads">Of torch.</param>
    public TrainingRun(VaeOptions model, int rows, RowLayout layout, int epochs, int threads)
    {
        _log = new TrainingLog(_channel);
        _options = model with
        {
            Training = model.Training with { Epochs = epochs + 1, ValidationFraction = 0, Threads = threads, Seed = Seed },
        };
        var device = TorchRuntime.Prepare(new GpuChoice(Device: null, MayFallBack: false), _log);
        _data = new TrainingRowsLoader(
            new ArrayRows(SampleNetwork.Values(rows * layout.Width, Seed), layout),
            _options,
            Seed,
            device
        ).Load();
    }

    /// <summary>Rows by which an epoch is judged.</summary>
    public long JudgedRows => _data.Judged.size(0);

    /// <summary>The median epoch of a new model.</summary>
    public double SecondsPerEpoch()
    {
        var history = Trained.Sound(new VaeTrainer(_options, Seed, _data, _log).Train().History);
        return Race.Median([.. history.Epochs.Skip(1).Select(epoch => _data.Count / epoch.RowsPerSecond)]);
    }

    public void Dispose()
    {
        _data.Dispose();
        _channel.Dispose();
    }
}
