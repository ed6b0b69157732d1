using System.Text.Json;
using MLNet.Vae.Checkpoints;
using MLNet.Vae.Data;
using MLNet.Vae.Groups;
using static System.FormattableString;

namespace MLNet.Vae.Training;

/// <summary>What the ranks of a group must have alike for their weights to be of one model.</summary>
internal static class GroupAgreement
{
    /// <exception cref="InvalidOperationException">Two ranks have other options; names what differs.</exception>
    public static void Check(TrainingGroup group, VaeModelOptions options)
    {
        if (group.IsAlone)
            return;
        var all = group.Gather(JsonSerializer.SerializeToUtf8Bytes(FitDescription.OfRanks(options)))
            .Select(bytes => JsonSerializer.Deserialize<Dictionary<string, string>>(bytes)!).ToArray();
        for (var rank = 1; rank < all.Length; rank++)
        {
            string[] differences =
            [
                .. FitDescription.Changed(all[0], all[rank]).Select(option => Invariant(
                    $"{option.Name} is {option.One ?? "not set"} on rank 0 and {option.Other ?? "not set"} on rank {rank}")),
            ];
            if (differences.Length > 0)
            {
                throw new InvalidOperationException(
                    $"The ranks of a group must have the same options, but {string.Join("; ", differences)}.");
            }
        }
    }

    /// <exception cref="InvalidOperationException">Two ranks have other columns; says which and what they are.</exception>
    public static void Check(TrainingGroup group, TrainingInputs inputs)
    {
        if (group.IsAlone)
            return;
        group.Agree("columns", string.Join(", ", inputs.All.Select(input => $"'{input.Name}'")));
        foreach (var input in inputs.All)
        {
            var names = input.Names();
            group.Agree(
                Invariant($"column '{input.Name}'"),
                Invariant($"{input.Kind} of {input.Width} values{(names is null ? "" : $", {string.Join(", ", names)}")}"));
        }
    }
}
