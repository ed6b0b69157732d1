using MLNet.Vae.Measures;

namespace MLNet.Vae;

/// <summary>Measures how far the dimensions of a code keep apart what is known to vary in the data.</summary>
/// <remarks>
/// <para>
/// All measures look at the code alone, whichever model it comes from: posterior means of a variational autoencoder, principal components,
/// features themselves. They compare models on the same rows and factors; figures of papers differ in rows, bins and learners.
/// </para>
/// <para>
/// Ordered factors of more than <c>bins</c> values, and dimensions, are put into bins of as many rows each, so that the mutual information
/// does not change under a monotone map; with fewer values each is a bin of
/// its own. Mutual information of few rows is too high, by about (bins − 1)² / (2 · rows) nats where nothing is told; the gap loses most of
/// that.
/// </para>
/// <para>
/// DCI's importances come from linear models with an L1 penalty on standardised codes: the lasso (Tibshirani 1996) for an ordered factor,
/// its standard deviation as unit, multinomial logistic regression for a categorical one,
/// |weights| summed over the classes. Of 60 % of the rows they learn, on 20 % the strongest penalty within one standard error of the best
/// is chosen (Breiman et al. 1984), on 20 % informativeness is measured. The importances for a factor are
/// scaled to sum to 1, as those of trees are, so that factors of both kinds count alike. A dimension that follows a factor on a curve is
/// told only as far as a line goes.
/// </para>
/// <para>
/// The classifier of the β-VAE score is a logistic regression on 2,000 draws of 64 pairs each, judged on 1,000 more; a pair shares a class
/// or a bin of the factor.
/// </para>
/// <para>A dimension that is the same for all rows tells nothing: no mutual information, no R², the accuracy of a guess, no
/// importance.</para>
/// </remarks>
public static class VaeDisentanglement
{
    /// <summary>Bins when no number is given.</summary>
    internal const int DefaultBins = 20;

    /// <summary>Most bins allowed.</summary>
    internal const int MaximumBins = 1_000;

    /// <summary>Most classes of a categorical factor.</summary>
    internal const int MaximumClasses = 100;

    /// <summary>Fewest rows that anything can be told from.</summary>
    internal const int MinimumRows = 50;

    /// <summary>Rows that DCI learns from and is judged on; of more, as many are drawn.</summary>
    internal const int MaximumLearningRows = 10_000;

    /// <summary>Measures codes against factors.</summary>
    /// <param name="codes">
    /// The code of each row, <c>[rows][dimensions]</c>, finite, 2 dimensions at least, such as <c>VaeGenerator.Encode</c> gives.
    /// </param>
    /// <param name="factors">What is known of the same rows in the same order, 2 factors at least.</param>
    /// <param name="seed">Any number: it draws the pairs of the β-VAE score and splits the rows for DCI. MIG and SAP draw nothing.</param>
    /// <param name="bins">Bins of a dimension or an ordered factor, 2 to 1,000.</param>
    /// <exception cref="ArgumentException">Codes and factors cannot be measured; the message lists all faults.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bins"/> is out of range.</exception>
    public static VaeDisentanglementScores Measure(
        IReadOnlyList<float[]> codes,
        IReadOnlyList<VaeFactor> factors,
        int seed,
        int bins = DefaultBins
    )
    {
        ArgumentNullException.ThrowIfNull(codes);
        ArgumentNullException.ThrowIfNull(factors);
        if (bins is < 2 or > MaximumBins)
            throw new ArgumentOutOfRangeException(nameof(bins), bins, MeasureMessages.BinsOutOfRange(MaximumBins));
        var faults = MeasureFaults.Of(codes, factors).ToList();
        if (faults.Count > 0)
            throw new ArgumentException(MeasureMessages.NotMeasurable(faults));
        return Measure(CodeColumns.Of(codes), [.. factors.Select(factor => FactorColumn.Of(factor, bins))], seed, bins);
    }

    private static VaeDisentanglementScores Measure(CodeColumns codes, FactorColumn[] factors, int seed, int bins)
    {
        var information = factors.Select(factor => MutualInformation.Of(codes, factor, bins)).ToArray();
        var predictability = factors.Select(factor => AttributePredictability.Of(codes, factor)).ToArray();
        var importance = ImportanceMatrix.Learn(codes, factors, seed);
        var perFactor = factors.Select((factor, k) => new VaeFactorScores
        {
            Name = factor.Name,
            Entropy = factor.Bins.Entropy,
            MutualInformation = [.. information[k]],
            Predictability = [.. predictability[k]],
            Importance = [.. importance.Shares[k]],
            Mig = Gap(information[k]) / factor.Bins.Entropy,
            Sap = Gap(predictability[k]),
            Completeness = importance.Completeness(k),
            Informativeness = importance.Skills[k],
        }).ToArray();
        return new()
        {
            BetaVae = PairClassification.Accuracy(codes, factors, seed),
            Mig = perFactor.Average(factor => factor.Mig),
            Sap = perFactor.Average(factor => factor.Sap),
            Disentanglement = importance.Disentanglement(),
            Completeness = perFactor.Average(factor => factor.Completeness),
            Informativeness = perFactor.Average(factor => factor.Informativeness),
            Factors = [.. perFactor],
            DimensionDisentanglement = [.. Enumerable.Range(0, codes.Dimensions).Select(importance.Disentanglement)],
        };
    }

    /// <summary>The largest value less the second.</summary>
    private static double Gap(double[] values)
    {
        var best = values.OrderDescending().Take(2).ToArray();
        return best[0] - best[1];
    }
}
