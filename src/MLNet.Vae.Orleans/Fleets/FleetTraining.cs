using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace MLNet.Vae.Fleets;

/// <summary>Trains models of keys on this silo, so many at once.</summary>
internal sealed class FleetTraining(IOptions<VaeClusterOptions> options, IServiceProvider services) : IDisposable
{
    private readonly SemaphoreSlim _free = new(options.Value.MaximumTrainings);

    /// <returns>A scorer.onnx.</returns>
    /// <exception cref="InvalidOperationException">The fleet has no trainer, or that gives a model of other readings.</exception>
    public async Task<byte[]> Train(VaeFleetReadings readings, CancellationToken cancellation)
    {
        var trainer = services.GetKeyedService<IVaeFleetTrainer>(readings.Fleet)
            ?? throw new InvalidOperationException(
                $"Fleet \"{readings.Fleet}\": expected a trainer of that name among the services of the silo, found none. Register one "
                    + "with services.AddKeyedSingleton<IVaeFleetTrainer, ...>(name), or give each key a model with "
                    + "VaeFleetClient.SetModel.");
        await _free.WaitAsync(cancellation);
        try
        {
            var model = await Task.Run(() => trainer.Train(readings, cancellation), cancellation);
            return model.ToOnnx(VaeGraph.Scorer);
        }
        finally
        {
            _free.Release();
        }
    }

    public void Dispose() => _free.Dispose();
}
