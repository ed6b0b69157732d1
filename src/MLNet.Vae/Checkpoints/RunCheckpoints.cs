using MLNet.Vae.Groups;
using static System.FormattableString;

namespace MLNet.Vae.Checkpoints;

/// <summary>Where the runs of a fit keep their checkpoints, and how often. A fit has one run for each restart.</summary>
/// <param name="Folder">The fit's.</param>
/// <param name="Epochs">After so many; <see langword="null"/>: however many.</param>
/// <param name="Interval">After so much time, whatever the epoch.</param>
internal sealed record RunCheckpoints(string Folder, int? Epochs, TimeSpan Interval)
{
    private const string Prefix = "run", Extension = ".safetensors";

    /// <summary>Of the files of runs.</summary>
    public const string Pattern = Prefix + "*" + Extension;

    private string _group = "";

    /// <summary>Tells runs of the same seed apart, such as those of another latent dimension.</summary>
    public RunCheckpoints InGroup(string group) => this with { _group = group };

    /// <summary>Of the run with this seed.</summary>
    /// <param name="seed">Of the run.</param>
    /// <param name="ranks">That make it, of which rank 0 has the file.</param>
    public RunCheckpoint Of(int seed, TrainingGroup ranks)
        => new(this, ranks, Path.Combine(Folder, Invariant($"{Prefix}{_group}-{seed}{Extension}")));
}
