using Microsoft.ML.Runtime;
using MLNet.Vae.Data;
using MLNet.Vae.Groups;
using MLNet.Vae.Interop;
using MLNet.Vae.Modules;
using MLNet.Vae.References;
using MLNet.Vae.Runtime;
using MLNet.Vae.Training;
using static System.FormattableString;
using static TorchSharp.torch;

namespace MLNet.Vae.Calibration;

/// <summary>
/// Scores of the rows of a fit by models that they did not train. Those held out have theirs from the model itself; the others are split
/// into parts, each of which is scored by a model that was trained on the rest for as many steps, by the same learning rates, as the fit's
/// own best weights took. There are as many parts as three quarters of the time of the fit pay for; the last quarter is for making and
/// scoring them. What these models score otherwise, as they saw fewer rows, the rows held out say, which all of them score. The ranks of a
/// group make each model together, and score rows of their own.
/// </summary>
/// <param name="host">Marks exceptions; its log and GPU settings count.</param>
/// <param name="options">Of the fit.</param>
/// <param name="seed">Of the fit.</param>
/// <param name="rows">Of the fit.</param>
/// <param name="log">Told what was done.</param>
internal sealed class CrossFit(IHost host, VaeModelOptions options, int seed, TrainingRows rows, TrainingLog log)
{
    private const int LeastParts = 2, MostParts = 5;

    private const double TimeShare = 0.75;

    // Above a threshold set on rows held out alone: then the share of others above it is off by a tenth of itself, and more say no more.
    private const int EnoughAbove = 100;

    // Of all rows: the share of as many others above a threshold is then off by no more than twice what it varies by in any case.
    private const double EnoughShare = 0.3;

    // Apart from the streams that a fit makes of its own seed.
    private const int FirstStream = 2_000;

    private readonly TrainingGroup _group = rows.Group;

    /// <summary>Rows of the fit that are known to be anomalies, which are none of those that train.</summary>
    public IReadOnlyList<float[]> KnownAnomalies { get; init; } = [];

    /// <summary>In no particular order.</summary>
    /// <param name="model">Of the fit.</param>
    /// <param name="contamination">What the scores are for.</param>
    public float[] Scores(VaeModel model, double contamination)
    {
        var heldOut = _group.Each<float>(Scores(model, rows.HeldOut));
        if (AreEnough(heldOut.Length, contamination) || _group.Any(rows is not InMemoryRows) || rows.CountOfAll < MostParts)
            return heldOut;
        var inMemory = (InMemoryRows)rows;
        var training = model.Info.Training!;
        if (training.StopReason is VaeStopReason.Cancelled or VaeStopReason.TimeLimit)
            return heldOut;
        var affordable = (int)Math.Min(MostParts, TimeShare * training.Epochs[^1].Epoch / Math.Max(1, training.BestEpoch));
        // Where one model is all that there is time for, one half alone is scored.
        var (parts, models) = (Math.Max(LeastParts, affordable), Math.Max(1, affordable));
        using var scope = NewDisposeScope();
        var order = Order();
        List<float> scores = [.. heldOut];
        for (var part = 0; part < models; part++)
        {
            var (first, end) = (rows.Count * part / parts, rows.Count * (part + 1) / parts);
            var (before, after) = IsInOrder ? (Math.Max(0, first - Gap), Math.Min(rows.Count, end + Gap)) : (first, end);
            // Where a part and its gaps are all that there is, nothing is left to train on.
            if (!_group.Any(before > 0 || after < rows.Count))
                return heldOut;
            var rest = cat(new[] { order.narrow(0, 0, before), order.narrow(0, after, rows.Count - after) }, 0);
            if (Trained(inMemory, rest, part, training) is not { } trained)
                return heldOut;
            // Compared with what it was trained on, in the order in which they were drawn.
            var other = RowReferences.Of(host, options).Model(trained.Network, model.Info, Compared, KnownAnomalies);
            var left = inMemory.Rows(order.narrow(0, first, end - first));
            // By one session, whose making takes as long as some hundred steps of a small model.
            var scored = Scores(other, cat(new[] { left, rows.HeldOut }, 0));
            var (ofLeft, there) = (scored[..(int)left.size(0)], scored[(int)left.size(0)..]);
            scores.AddRange(ScoreAlignment.Of(_group.Each<float>(ofLeft), _group.Each<float>(there), heldOut));

            float[] Compared()
            {
                var drawn = IsInOrder ? rest.index_select(0, Shuffled(rest.size(0))) : rest;
                return ReferenceSample.OfAll(rows, drawn.size(0), RowReferences.MostRows, Seeds.Combine(seed, FirstStream),
                    most => inMemory.Rows(drawn.narrow(0, 0, Math.Min(most, drawn.size(0)))).ToArray());
            }
        }
        log.Info(
            Invariant($"The threshold is set on {scores.Count} rows: {heldOut.Length} held out, and {models} of {parts} parts of the ")
                + "others, scored by models that they did not train.");
        return [.. scores];
    }

    private bool AreEnough(int heldOut, double contamination) => heldOut * contamination >= EnoughAbove
        || (heldOut * contamination >= ConformalThreshold.LeastRowsAbove && heldOut >= EnoughShare * (rows.CountOfAll + heldOut));

    private long Steps(long count) => (count + options.Training.BatchSize - 1) / options.Training.BatchSize;

    /// <summary>Whether parts are stretches of rows that follow each other, as the rows held out are.</summary>
    private bool IsInOrder => options.Training.ValidationSplit == VaeValidationSplit.Last;

    private long Gap => options.Training.ValidationGap;

    private Tensor Order() => IsInOrder ? arange(rows.Count, dtype: ScalarType.Int64) : Shuffled(rows.Count);

    private Tensor Shuffled(long count)
    {
        using var random = new Generator((uint)Seeds.OfRank(Seeds.Combine(seed, FirstStream), _group.Rank));
        return randperm(count, generator: random);
    }

    /// <returns><see langword="null"/>: the fit was cancelled or this one diverged, and what there is is to be kept.</returns>
    private TrainingResult? Trained(InMemoryRows all, Tensor indices, int number, VaeTrainingHistory history)
    {
        var partSeed = Seeds.Combine(seed, FirstStream + 1 + number);
        using var part = all.Part(indices, options, partSeed);
        // The same steps by the same learning rates, which a schedule of its own would have at 0 by then; both shorter in proportion where
        // there is no time for all of them. Fewer rows have fewer steps in an epoch.
        var planned = TrainingPlan.For(options.Training, all.LargestCount, options.Objective.ScheduleEpochs).Epochs;
        var share = Math.Min(1, TimeShare * history.Epochs[^1].Epoch / Math.Max(1, history.BestEpoch));
        var inPart = share * Steps(all.LargestCount) / Steps(part.LargestCount);
        var training = options.Training with
        {
            Epochs = (int)Math.Ceiling(inPart * history.BestEpoch),
            ScheduledEpochs = (int)Math.Ceiling(inPart * planned),
            ValidationFraction = 0,
            Restarts = 1,
            Progress = null,
        };
        try
        {
            var result = new VaeTrainer(options with { Training = training }, partSeed, part, TrainingLog.Silent()).Train();
            return result.History.StopReason == VaeStopReason.Cancelled ? null : result;
        }
        catch (OperationCanceledException) when (options.Training.OnCancellation == VaeCancellationBehavior.ReturnBest)
        {
            return null;
        }
        catch (DivergedException diverged)
        {
            log.Warn(
                Invariant($"A model of part {number + 1} of the rows, for the threshold, gave no weights: {diverged.Message}. ")
                    + "The threshold is set on the rows held out alone.");
            return null;
        }
    }

    private float[] Scores(VaeModel model, Tensor scored)
        => scored.size(0) == 0 ? [] : ArrayScorer.Scores(new MLNetHost(host), model, options.Scoring, scored.ToArray());
}
