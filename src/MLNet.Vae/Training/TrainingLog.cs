using Microsoft.ML.Runtime;
using static System.FormattableString;

namespace MLNet.Vae.Training;

/// <summary>Epoch lines and warnings on the ML.NET channel, and the warnings kept for the history.</summary>
/// <param name="channel">Where lines go; <see langword="null"/>: nowhere.</param>
/// <param name="time">By which epochs are told of once a second.</param>
internal sealed class TrainingLog(IChannel? channel, TimeProvider? time = null)
{
    private const int NamedParts = 8;

    // Fits of few rows have hundreds of epochs a second.
    private static readonly TimeSpan BetweenEpochs = TimeSpan.FromSeconds(1);

    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private (long Time, bool IsPretraining)? _lastEpoch;

    private readonly List<string> _warnings = [];

    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>Of a training that nobody is to hear of.</summary>
    public static TrainingLog Silent() => new(null);

    /// <summary>For one of several trainings: it has the warnings so far, and keeps its own to itself.</summary>
    public TrainingLog Fork()
    {
        var fork = new TrainingLog(channel, _time);
        fork._warnings.AddRange(_warnings);
        return fork;
    }

    public void Info(string message) => channel?.Info(MessageSensitivity.None, "{0}", message);

    public void Warn(string message)
    {
        _warnings.Add(message);
        channel?.Warning(MessageSensitivity.None, "{0}", message);
    }

    /// <summary>
    /// A line on the first epoch, pretraining apart, and on the last that was planned, and on others once a second at most.
    /// </summary>
    public void Epoch(VaeTrainingProgress progress)
    {
        var epoch = progress.Epoch;
        if (_lastEpoch is var (time, isPretraining) && isPretraining == epoch.IsPretraining && epoch.Epoch != progress.EpochCount
            && _time.GetElapsedTime(time) < BetweenEpochs)
        {
            return;
        }

        _lastEpoch = (_time.GetTimestamp(), epoch.IsPretraining);
        Info(Line(progress));
    }

    internal static string Line(VaeTrainingProgress progress)
    {
        var epoch = progress.Epoch;
        var error = epoch.ValidationStandardError is { } standardError ? Invariant($" ± {standardError:F3}") : "";
        var heldOut = epoch.ValidationElbo is { } elbo ? Invariant($" (held out {elbo:F3}{error})") : "";
        var sigma = epoch.DecoderSigma is { } s ? Invariant($"  σ {s:G3}") : "";
        var beta = epoch.Beta == 1 ? "" : Invariant($"  β {epoch.Beta:G3}");
        var penalty = epoch.Penalty == 0 ? "" : Invariant($"  penalty {epoch.Penalty:F3}");
        var perplexity = epoch.Perplexity is { } p ? Invariant($"  perplexity {p:F1}") : "";
        var levels = epoch.KlPerLevel is { Count: > 1 } kl ? $" (levels {string.Join(", ", kl.Select(k => Invariant($"{k:F3}")))})" : "";
        var pretraining = epoch.IsPretraining ? " (pretraining)" : "";
        return Invariant(
                $"Epoch {epoch.Epoch}/{progress.EpochCount}{pretraining}  ELBO {epoch.Elbo:F3}{heldOut}  reconstruction ")
                    + Invariant($"{epoch.Reconstruction:F3}  "
            )
            + Invariant(
                $"KL {epoch.Kl:F3}{levels}{beta}{penalty}  active units ")
                    + Invariant($"{epoch.ActiveUnits}/{epoch.KlPerDimension.Count}{perplexity}{sigma}{Parts(epoch.ReconstructionPerPart)}  "
            )
            + Invariant($"{epoch.RowsPerSecond:N0} rows/s  {Left(progress.TimeLeft)} left");
    }

    private static string Parts(IReadOnlyList<VaePartLoss>? parts)
    {
        if (parts is null)
            return "";
        var named = parts.Count <= NamedParts ? parts : parts.OrderByDescending(part => part.Nats).Take(NamedParts);
        var nats = string.Join(", ", named.Select(part => Invariant($"{part.Name} {part.Nats:F3}")));
        return $"  nats per part {nats}{(parts.Count > NamedParts ? ", …" : "")}";
    }

    private static string Left(TimeSpan time)
        => time.TotalMinutes < 1 ? Invariant($"{time.TotalSeconds:F0} s") : Invariant($"{(int)time.TotalMinutes} min {time.Seconds} s");
}
