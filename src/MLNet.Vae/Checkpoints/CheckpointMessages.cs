using static System.FormattableString;

namespace MLNet.Vae.Checkpoints;

/// <summary>What is said of checkpoints.</summary>
internal static class CheckpointMessages
{
    private const string Afresh = "delete that folder to train afresh";

    public static string InUse(string folder)
        => $"CheckpointFolder '{folder}' is in use by another fit. Give each fit that runs at the same time a folder of its own.";

    public static string NotWritable(string folder, string reason) =>
        $"CheckpointFolder '{folder}' cannot be used: {reason} Choose a folder that exists or can be made, is writable and has room.";

    public static string Differs(string folder, IEnumerable<string> differences) =>
        $"CheckpointFolder '{folder}' holds a fit that has not ended and is another one: {string.Join("; ", differences)}. Give the "
            + $"options and rows of that fit to go on with it, give another folder, or {Afresh}.";

    public static string Damaged(string file, string reason, string folder)
        => $"The checkpoint '{file}' cannot be read: {reason}. Give another CheckpointFolder than '{folder}', or {Afresh}.";

    public static string Replaced(string folder, IEnumerable<string> differences) =>
        $"CheckpointFolder '{folder}' held a fit that had ended and was another one ({string.Join("; ", differences)}); it makes room for "
            + "this one.";

    public static string Resumed(string file, int epoch, int batches)
        => Invariant($"Training goes on from '{file}', in epoch {epoch}, after {batches} of its batches.");

    public static string TakenOver(string file)
        => $"Training had ended: its result is taken from '{file}'. To train again, give another CheckpointFolder or {Afresh}.";

    public static string Difference(string name, string? was, string? now) => (was, now) switch
    {
        (null, _) => $"{name} was not set and is {now}",
        (_, null) => $"{name} was {was} and is not set",
        _ => $"{name} was {was} and is {now}",
    };
}
