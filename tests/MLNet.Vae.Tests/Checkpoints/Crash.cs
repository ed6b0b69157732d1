using MLNet.Vae.Tests.Training;

namespace MLNet.Vae.Tests.Checkpoints;

/// <summary>What ends a fit as the end of its process would: no part of a fit handles it, or writes anything because of it.</summary>
internal sealed class Crash : Exception
{
    /// <summary>At the end of an epoch, before its checkpoint.</summary>
    public static EpochRecorder In(int epoch, int restart = 1)
        => new(report =>
        {
            if (report.Epoch.Epoch == epoch && report.Restart == restart)
                throw new Crash();
        });
}
