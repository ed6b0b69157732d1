using MLNet.Vae.Data;
using MLNet.Vae.Groups;
using static System.FormattableString;

namespace MLNet.Vae.Training;

/// <summary>What the ranks of a group must have alike for their weights to be of one model.</summary>
internal static class GroupAgreement
{
    /// <exception cref="InvalidOperationException">Two ranks differ; says in what.</exception>
    public static void Check(TrainingGroup group, VaeModelOptions options, TrainingInputs inputs)
    {
        if (group.IsAlone)
            return;
        var training = options.Training;
        group.Agree("architecture", options.Architecture.Describe());
        group.Agree("latent variable", Invariant($"{options.Latent}"));
        group.Agree("likelihood", options.Likelihood.Describe());
        group.Agree("objective", Invariant($"{options.Objective}"));
        group.Agree(
            "training",
            Invariant($"batches of {training.BatchSize}, {training.Epochs?.ToString() ?? "all"} epochs, {training.Steps} steps, ")
                + Invariant($"learning rate {training.LearningRate}, {training.Schedule}, {training.ValidationFraction} held out, ")
                + Invariant($"averaged every {training.SynchronizeEvery}, patience {training.Patience?.ToString() ?? "by rows"}"));
        foreach (var input in inputs.All)
        {
            var names = input.Names();
            group.Agree(
                Invariant($"column '{input.Name}'"),
                Invariant($"{input.Kind} of {input.Width} values{(names is null ? "" : $", {string.Join(", ", names)}")}"));
        }
    }
}
