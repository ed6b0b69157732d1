using Microsoft.ML.Data;
using MLNet.Vae;

namespace Microsoft.ML;

/// <summary>
/// <c>ChangeModelThreshold</c> of the anomaly detection catalog for detectors of this library, as ML.NET has it for its own. Each gives a
/// new model and leaves the old one as it was; both are the caller's to dispose.
/// </summary>
public static class VaeThresholdCatalog
{
    /// <summary>The same detector with another threshold.</summary>
    /// <param name="catalog">The anomaly detection catalog of an <see cref="MLContext"/>.</param>
    /// <param name="model">A detector.</param>
    /// <param name="threshold">Rows that score above are predicted anomalous; in the units of the score.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threshold"/> is not finite.</exception>
    public static VaeTransformer ChangeModelThreshold(this AnomalyDetectionCatalog catalog, VaeTransformer model, double threshold)
        => Of(catalog, model).WithThreshold(threshold);

    /// <inheritdoc cref="ChangeModelThreshold(AnomalyDetectionCatalog, VaeTransformer, double)"/>
    public static VaeTableTransformer ChangeModelThreshold(
        this AnomalyDetectionCatalog catalog, VaeTableTransformer model, double threshold)
        => Of(catalog, model).WithThreshold(threshold);

    /// <summary>The same detector with another threshold.</summary>
    /// <param name="catalog">The anomaly detection catalog of an <see cref="MLContext"/>.</param>
    /// <param name="model">A detector of windows of a series.</param>
    /// <param name="threshold">Nats of evidence above which a reading is predicted anomalous; 0 or more, finite.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threshold"/> is below 0 or not finite.</exception>
    public static VaeSeriesTransformer ChangeModelThreshold(
        this AnomalyDetectionCatalog catalog, VaeSeriesTransformer model, double threshold)
        => Of(catalog, model).WithThreshold(threshold);

    /// <summary>A fitted pipeline that ends in a detector, which has another threshold.</summary>
    /// <param name="catalog">The anomaly detection catalog of an <see cref="MLContext"/>.</param>
    /// <param name="model">What <c>Fit</c> of the pipeline gave; the parts before the detector are shared with what comes back.</param>
    /// <param name="threshold">Rows that score above are predicted anomalous; in the units of the score.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threshold"/> is not finite.</exception>
    public static TransformerChain<VaeTransformer> ChangeModelThreshold(
        this AnomalyDetectionCatalog catalog, TransformerChain<VaeTransformer> model, double threshold)
        => new([.. Of(catalog, model).SkipLast(1), catalog.ChangeModelThreshold(model.LastTransformer, threshold)]);

    /// <inheritdoc cref="ChangeModelThreshold(AnomalyDetectionCatalog, TransformerChain{VaeTransformer}, double)"/>
    public static TransformerChain<VaeTableTransformer> ChangeModelThreshold(
        this AnomalyDetectionCatalog catalog, TransformerChain<VaeTableTransformer> model, double threshold)
        => new([.. Of(catalog, model).SkipLast(1), catalog.ChangeModelThreshold(model.LastTransformer, threshold)]);

    private static T Of<T>(AnomalyDetectionCatalog catalog, T model)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(model);
        return model;
    }
}
