using Microsoft.ML;
using MLNet.Vae;

namespace Cluster;

/// <summary>Trains the model of a machine: what of a silo needs torch. One that is given its models does without.</summary>
internal sealed class MachineTrainer : IVaeFleetTrainer
{
    public Task<VaeModel> Train(VaeFleetReadings readings, CancellationToken cancellation)
    {
        var mlContext = new MLContext(seed: 1);
        var options = new VaeOptions
        {
            Latent = VaeLatent.Gaussian(4),
            Architecture = VaeArchitecture.Mlp(32),
            ScoreColumnName = "Score",
            Training = new() { Epochs = 20, Seed = 1, Threads = 1, CancellationToken = cancellation },
        };
        using var transformer = mlContext.Transforms.VaeEmbed(options)
            .Fit(mlContext.Data.LoadFromEnumerable(Reading.Of(readings.Rows)));
        return Task.FromResult(transformer.Model);
    }
}
