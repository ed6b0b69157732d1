using Microsoft.Extensions.DependencyInjection;
using MLNet.Vae.Messages;
using MLNet.Vae.Models;
using MLNet.Vae.Partitions;
using MLNet.Vae.Paths;

namespace MLNet.Vae.Jobs;

/// <summary>Whether a silo can score a job, before anything of it is begun.</summary>
internal sealed class JobCheck(AllowedPaths paths, SharedModels models, IServiceProvider services)
{
    // Of a thousand partitions outside, a few show what is wrong.
    private const int MostPaths = 5;

    /// <returns>The identity of its model.</returns>
    /// <exception cref="ArgumentException">It cannot be scored like this: all faults in one message.</exception>
    /// <exception cref="IOException">The model is not there or cannot be read.</exception>
    /// <exception cref="InvalidDataException">The model is none, or of a newer format.</exception>
    public string Check(VaeJob job)
    {
        Throw([.. job.Faults()]);
        var reader = services.GetKeyedService<IVaePartitionReader>(job.Reader);
        string[] sources = reader is { ReadsFiles: true } ? [.. job.Partitions.Select(partition => partition.Source).Distinct()] : [];
        Throw(
        [
            .. reader is null ? [PartitionWorker.NoReader(job.Reader)] : Array.Empty<string>(),
            .. new[] { job.ModelPath, job.OutputFolder }.Concat(sources).Select(Outside).OfType<string>().Take(MostPaths),
        ]);
        using var lease = models.Load(paths.Resolve(job.ModelPath));
        Throw([.. PartitionScorer.Faults(lease.Model.Model, job.Outputs)]);
        return lease.Model.Identity;
    }

    private string? Outside(string path)
    {
        try
        {
            paths.Resolve(path);
            return null;
        }
        catch (Exception fault) when (fault is UnauthorizedAccessException or IOException or ArgumentException)
        {
            return fault.Message;
        }
    }

    private static void Throw(string[] faults)
    {
        if (faults.Length > 0)
            throw new ArgumentException(ScoringMessages.Faults("The job cannot be scored like this", faults));
    }
}
