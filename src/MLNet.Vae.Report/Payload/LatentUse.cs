namespace MLNet.Vae.Reporting;

/// <summary>What the latent dimensions are used for.</summary>
internal sealed class LatentUse
{
    public LatentUse(VaeModelInfo info, ReportRows rows)
    {
        Variance = rows.EmbeddingVariance();
        Kl =
            info.Training is { Epochs.Count: > 0 } training && info.HasLogSigma
                ? [.. training.Best.KlPerDimension]
                : KlToStandardNormal(info, rows);
        KlIsFromTraining = info.Training is { Epochs.Count: > 0 };
        var active = info.Latent.ActiveVariance;
        Unused = [.. Enumerable.Range(0, Variance.Length).Where(l => Variance[l] <= active)];
        Order =
        [
            .. Enumerable
                .Range(0, Variance.Length)
                .OrderByDescending(l => Variance[l] > active)
                .ThenByDescending(l => Kl?[l] ?? Variance[l])
                .ThenBy(l => l),
        ];
    }

    /// <summary>Of the posterior mean, over the rows, <c>[L]</c>.</summary>
    public double[] Variance { get; }

    /// <summary>Nats per row, <c>[L]</c>; <see langword="null"/>: not known.</summary>
    public double[]? Kl { get; }

    /// <summary>Otherwise it is over the rows of the report.</summary>
    public bool KlIsFromTraining { get; }

    /// <summary>Dimensions whose posterior mean hardly varies.</summary>
    public int[] Unused { get; }

    /// <summary>All dimensions, the most used first.</summary>
    public int[] Order { get; }

    /// <summary>Σ ½ (μ² + σ² − 1) − ln σ (Kingma and Welling 2014, appendix B), each dimension's mean over the rows.</summary>
    private static double[]? KlToStandardNormal(VaeModelInfo info, ReportRows rows)
    {
        if (rows.LogSigma is not { } logSigma || !info.Latent.IsStandardNormal(info))
            return null;
        var kl = new double[info.LatentDimension];
        for (var i = 0; i < logSigma.Length; i++)
        {
            var (mean, log) = ((double)rows.Embedding[i], (double)logSigma[i]);
            kl[i % kl.Length] += (0.5 * ((mean * mean) + Math.Exp(2 * log) - 1) - log) / rows.Count;
        }

        return kl;
    }
}
