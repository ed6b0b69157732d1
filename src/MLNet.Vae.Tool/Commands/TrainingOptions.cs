using System.CommandLine;

namespace MLNet.Vae.Tool.Commands;

/// <summary>How long training is, and by what seed.</summary>
internal sealed class TrainingOptions
{
    public Option<int?> Epochs { get; } = SharedOptions.Count("--epochs", "Most passes over the rows. Default: by their number.");

    public Option<int> Seed { get; } = SharedOptions.Seed();

    public Option<int?> Take { get; } = SharedOptions.Count("--take", "Train on the first n rows alone.");

    public void AddTo(Command command)
    {
        command.Add(Epochs);
        command.Add(Seed);
        command.Add(Take);
    }

    public VaeTrainingOptions Of(ParseResult parsed, VaeTrainingOptions options)
        => options with { Epochs = parsed.GetValue(Epochs), Seed = parsed.GetValue(Seed) };
}
