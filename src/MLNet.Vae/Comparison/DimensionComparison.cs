using MLNet.Vae.Data;
using MLNet.Vae.Training;
using Microsoft.ML.Runtime;
using static System.FormattableString;

namespace MLNet.Vae.Comparison;

/// <summary>Trains one model for each latent dimension, on the same rows and with the same seed.</summary>
internal sealed class DimensionComparison(VaeModelOptions options, int seed, TrainingRows data, IChannel channel)
{
    // The eigenvalues of more take minutes and gigabytes, which nobody expects of a column of a report.
    private const int MaximumPcaFeatures = 4_096;

    private readonly List<VaeDimensionResult> _results = [];

    /// <summary>Whether every dimension asked for has its result.</summary>
    public bool IsComplete { get; private set; }

    /// <exception cref="ArgumentException">
    /// A dimension is out of range, or the options allow no comparison; the message lists all faults.
    /// </exception>
    public static void Check(VaeModelOptions options, IReadOnlyList<int> dimensions)
    {
        var faults = new List<string>();
        if (options.Latent.WithDimension(1) is null)
            faults.Add($"Latent must be one of a single number of dimensions, such as {nameof(VaeLatent)}.{nameof(VaeLatent.Gaussian)}");
        faults.AddRange(dimensions.Where(dimension => dimension is < 1 or > GaussianLatent.MaximumDimension).Distinct()
            .Select(dimension => OptionFaults.Range(nameof(dimensions), dimension, 1, GaussianLatent.MaximumDimension)));
        if (options.Training.ValidationFraction == 0)
        {
            faults.Add(
                $"{nameof(VaeTrainingOptions)}.{nameof(VaeTrainingOptions.ValidationFraction)} must be above 0: dimensions are compared "
                + "on held-out rows"
            );
        }
        OptionFaults.Throw(faults);
    }

    /// <param name="asked">Dimensions; none: 1, 2, 4 and so on up to the number of features.</param>
    /// <exception cref="DivergedException">No dimension gave any weights.</exception>
    public VaeDimensionReport Run(IReadOnlyList<int> asked)
    {
        if (data.HeldOut.size(0) == 0)
            throw DataErrors.NothingHeldOut("dimensions", "Choose one, such as 8");
        var features = data.Layout.Features;
        var pca = features <= MaximumPcaFeatures && !data.Layout.AreLinks ? TrainingThreads.Components(data, options.Training) : null;
        int[] dimensions =
        [
            .. (asked.Count > 0 ? asked : PowersOfTwo(Math.Min(features, GaussianLatent.MaximumDimension))).Distinct().Order(),
        ];
        for (var i = 0; i < dimensions.Length; i++)
        {
            var (dimension, log) = (dimensions[i], new TrainingLog(channel));
            log.Info(Invariant($"Latent dimension {dimension} ({i + 1} of {dimensions.Length})."));
            try
            {
                if (Trained(dimension, log) is not { } history)
                {
                    log.Info(Invariant($"The comparison was cancelled; it has {_results.Count} of {dimensions.Length} dimensions."));
                    break;
                }
                _results.Add(new() { Dimension = dimension, ExplainedVariance = pca?.ExplainedVariance(dimension), History = history });
            }
            catch (DivergedException diverged) when (_results.Count > 0 || i < dimensions.Length - 1)
            {
                log.Warn(
                    Invariant($"Latent dimension {dimension}, seed {seed}, gave no model and is left out of the comparison: ")
                        + $"{diverged.Message}."
                );
            }
        }
        IsComplete = _results.Count == dimensions.Length;
        return new() { Results = _results };
    }

    /// <returns><see langword="null"/> where the fit was cancelled and those before it are to be kept.</returns>
    private VaeTrainingHistory? Trained(int dimension, TrainingLog log)
    {
        try
        {
            var history = new Restarts(WithDimension(dimension), seed, data, log).Train().History;
            if (history.StopReason != VaeStopReason.Cancelled)
                return history;
            throw new OperationCanceledException(
                Invariant($"The comparison was cancelled at dimension {dimension}."),
                options.Training.CancellationToken
            );
        }
        catch (OperationCanceledException)
            when (options.Training.OnCancellation == VaeCancellationBehavior.ReturnBest && _results.Count > 0)
        {
            return null;
        }
    }

    private VaeModelOptions WithDimension(int dimension) => options with
    {
        Latent = options.Latent.WithDimension(dimension)!,
        Training = options.Training with { Checkpoints = options.Training.Checkpoints?.InGroup(Invariant($"-{dimension}")) },
    };

    private static List<int> PowersOfTwo(int largest)
    {
        var powers = new List<int>();
        for (var power = 1; power <= largest; power *= 2)
            powers.Add(power);
        return powers;
    }
}
