using System.Diagnostics;
using MLNet.Vae;
using Spectre.Console;

namespace Examples;

/// <summary>Shows where training stands: in one line that changes on a terminal, in a line every few seconds elsewhere.</summary>
internal sealed class TrainingProgress(StatusContext status) : IProgress<VaeTrainingProgress>
{
    private readonly TimeSpan _interval = AnsiConsole.Profile.Capabilities.Interactive
        ? TimeSpan.FromSeconds(0.2)
        : TimeSpan.FromSeconds(4);
    private readonly Stopwatch _watch = Stopwatch.StartNew();

    public void Report(VaeTrainingProgress value)
    {
        if (_watch.Elapsed < _interval)
        {
            return;
        }

        _watch.Restart();
        var epoch = value.Epoch;
        status.Status($"epoch {epoch.Epoch}/{value.EpochCount}, ELBO {epoch.ValidationElbo ?? epoch.Elbo:F1}, "
            + $"{epoch.ActiveUnits} of {epoch.KlPerDimension.Count} latent units active, at most {value.TimeLeft.TotalSeconds:F0} s left");
    }
}
