using System.Collections.Immutable;
using MathNet.Numerics.Statistics;
using MLNet.Vae.Measures;

namespace MLNet.Vae;

/// <summary>
/// How well the prior covers what rows are encoded to: whether samples fall into holes, where the decoder was never trained.
/// </summary>
/// <remarks>
/// <para>
/// Codes are drawn from the prior, decoded, and the rows encoded again. Where the decoder was trained, the new code is near the one drawn;
/// in a hole it is anywhere. The unit in each dimension is the standard deviation of the new posterior q(z | x), so that a dimension that
/// is not used neither helps nor harms; of a model without one, the standard deviation of the training rows' codes. The distance is the
/// root of the mean square over the dimensions. What is near, held-out rows say: codes drawn from their posteriors go the same way, and
/// near is what is not beyond the <see cref="NearQuantile"/> quantile of their distances. So of a prior that covers what is encoded, 95 %
/// of the samples are near.
/// </para>
/// <para>
/// The distance from a sample to the nearest training row is compared with that of held-out rows: a ratio above 1 says that samples are
/// less like the training rows than new rows are. Samples are the decoder's means, which lack the noise of rows, so that the ratio of a
/// good model may be well below 1; one near 0 says that rows are copied. Differences are Euclidean, of features as the model normalises
/// them: by the standard deviation of the training rows or by their range, of counts of ln(1 + x); as they are where it does not.
/// </para>
/// <para>
/// A plain autoencoder has no prior. In its place stands what is commonly done: a normal distribution with mean and covariance of the
/// training rows' codes. <see cref="HasOwnPrior"/> says so.
/// </para>
/// <para>A model whose latent dimensions are all unused has no holes, nor any use: look at <see cref="VaeEpoch.ActiveUnits"/> too.</para>
/// </remarks>
public sealed record VaePriorCoverage
{
    /// <summary>Share of held-out codes that is near by definition.</summary>
    public const double NearQuantile = 0.95;

    /// <summary>Fewest training rows, and fewest held-out rows.</summary>
    internal const int MinimumRows = 20;

    /// <summary>Training rows that distances are taken to; of more, as many are drawn.</summary>
    internal const int MaximumTrainingRows = 10_000;

    internal VaePriorCoverage() { }

    /// <summary>Whether the model has a prior; otherwise a normal distribution was fitted to the training rows' codes.</summary>
    public required bool HasOwnPrior { get; init; }

    /// <summary>Share of the samples whose code stays near, 0 to 1; 0.95 is as good as held-out rows.</summary>
    public required double NearShare { get; init; }

    /// <summary>How far is near: the quantile of the held-out rows' distances.</summary>
    public required double NearLimit { get; init; }

    /// <summary>Median over the samples of the distance to the nearest training row.</summary>
    public required double MedianSampleDistance { get; init; }

    /// <summary>The same of the held-out rows.</summary>
    public required double MedianHeldOutDistance { get; init; }

    /// <summary>The first median over the second; 1 where both are 0, infinite where only the second is.</summary>
    public double DistanceRatio => MedianSampleDistance == MedianHeldOutDistance ? 1 : MedianSampleDistance / MedianHeldOutDistance;

    /// <summary>The samples, in the order drawn.</summary>
    public required ImmutableArray<VaePriorSample> Samples { get; init; }

    /// <summary>Measures a model.</summary>
    /// <param name="generator">Over the model.</param>
    /// <param name="trainingRows">Features of the rows it was trained on, <c>[n][D]</c>, 20 at least.</param>
    /// <param name="heldOutRows">Features of rows of the same kind that it was not trained on, 20 at least.</param>
    /// <param name="count">Samples to draw, from 1.</param>
    /// <param name="seed">Any number; it makes every draw.</param>
    /// <param name="condition">Of a conditional model: that of all rows given, and of the samples.</param>
    /// <exception cref="ArgumentException">
    /// Rows are too few, of another width or not finite; the condition is missing, unknown or superfluous.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1.</exception>
    /// <exception cref="InvalidOperationException">
    /// The model reconstructs other values than its features, so that samples cannot be encoded.
    /// </exception>
    public static VaePriorCoverage Measure(
        VaeGenerator generator,
        IReadOnlyList<float[]> trainingRows,
        IReadOnlyList<float[]> heldOutRows,
        int count,
        int seed,
        VaeConditionValue? condition = null
    )
    {
        ArgumentNullException.ThrowIfNull(generator);
        ArgumentNullException.ThrowIfNull(trainingRows);
        ArgumentNullException.ThrowIfNull(heldOutRows);
        if (count < 1)
            throw new ArgumentOutOfRangeException(nameof(count), MeasureMessages.NoSamples(count));
        foreach (
            var (name, what, rows) in new[]
            {
                (nameof(trainingRows), "training", trainingRows),
                (nameof(heldOutRows), "held-out", heldOutRows),
            }
        )
        {
            if (rows.Count < MinimumRows)
                throw new ArgumentException(MeasureMessages.TooFewRowsToCompare(what, MinimumRows, rows.Count), name);
        }
        if (generator.Model.Info.TargetCount > 0)
            throw new InvalidOperationException(MeasureMessages.SamplesAreNoFeatures());
        return Measured(new(generator, trainingRows, condition, seed), heldOutRows, count);
    }

    /// <summary>The figures in a line.</summary>
    public override string ToString() =>
        FormattableString.Invariant(
            $"{(HasOwnPrior ? "prior of the model" : "normal distribution fitted to codes")}: {NearShare:P1} of samples near, nearest ")
                + FormattableString.Invariant($"training row at {DistanceRatio:F2} times the distance of held-out rows"
        );

    private static VaePriorCoverage Measured(PriorRoundTrip roundTrip, IReadOnlyList<float[]> heldOutRows, int count)
    {
        var heldOut = roundTrip.Distances(roundTrip.CodesOf(heldOutRows), out _).Order().ToArray();
        var limit = heldOut[(int)Math.Ceiling(NearQuantile * heldOut.Length) - 1];
        var codes = roundTrip.Sample(count);
        var distances = roundTrip.Distances(codes, out var rows);
        var nearest = roundTrip.TrainingRows.Nearest(rows);
        VaePriorSample[] samples = [.. codes.Select((code, i) => new VaePriorSample
        {
            Latent = code,
            Row = rows[i],
            LatentDistance = distances[i],
            IsNear = distances[i] <= limit,
            NearestTrainingRow = nearest[i].Row,
            NearestTrainingDistance = nearest[i].Distance,
        })];
        return new()
        {
            HasOwnPrior = roundTrip.HasOwnPrior,
            NearShare = samples.Count(sample => sample.IsNear) / (double)count,
            NearLimit = limit,
            MedianSampleDistance = nearest.Select(found => found.Distance).Median(),
            MedianHeldOutDistance = roundTrip.TrainingRows.Nearest(heldOutRows).Select(found => found.Distance).Median(),
            Samples = [.. samples],
        };
    }
}
