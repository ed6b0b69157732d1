using System.Globalization;
using Spectre.Console;

namespace MLNet.Vae.Tool.Terminals;

/// <summary>Shows where training stands, where somebody watches.</summary>
internal sealed class TrainingBar : IProgress<VaeTrainingProgress>
{
    private readonly ProgressTask? _task;

    private TrainingBar(ProgressTask? task) => _task = task;

    public static T Run<T>(Screen screen, Func<TrainingBar, T> work) => screen.IsInteractive
        ? screen.Console.Progress().AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .Start(context => work(new(context.AddTask("reading"))))
        : work(new(null));

    public void Report(VaeTrainingProgress value)
    {
        if (_task is null)
            return;
        _task.MaxValue = value.EpochCount;
        _task.Value = value.Epoch.Epoch;
        _task.Description = string.Create(CultureInfo.InvariantCulture,
            $"epoch {value.Epoch.Epoch} of {value.EpochCount}, held-out bound {value.Epoch.ValidationElbo ?? value.Epoch.Elbo:F2} nats");
    }
}
