using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace MLNet.Vae;

/// <summary>Trains a variational autoencoder on rows that are mostly normal, and scores how unlike them a row is.</summary>
/// <remarks>
/// | Characteristic | |
/// | --- | --- |
/// | Input column | known-size <c>Vector&lt;Single&gt;</c>, dense or sparse |
/// | Other columns read | a condition: key, <c>Boolean</c>, <c>Single</c> or known-size <c>Vector&lt;Single&gt;</c> |
/// | Output columns | <c>Score</c>, <c>Single</c>, higher = more anomalous; <c>PredictedLabel</c>, <c>Boolean</c>; <c>PValue</c>,
/// <c>Single</c>, the share of normal rows that score as high; contributions, <c>Vector&lt;Single, features&gt;</c>, on request |
/// | Label needed | no |
/// | Normalisation needed | no |
/// | Packages the application adds | TorchSharp-cpu (to train), Microsoft.ML.OnnxRuntime (to score) |
///
/// The threshold is the (1 − contamination) quantile of scores of rows by models that they did not train: the rows held out by the model
/// itself, the others in parts by models that were trained on the rest (cross-fitting, with the rank of split conformal prediction). Of
/// other normal rows the share of contamination lies above it. The log warns where rows × contamination is below 5, too few to say.
/// <see cref="VaeTransformer.WithThreshold"/> changes it afterwards.
/// </remarks>
public sealed class VaeAnomalyEstimator : IEstimator<VaeTransformer>
{
    private readonly VaeFit _fit;
    private readonly double _contamination;

    internal VaeAnomalyEstimator(IHostEnvironment env, VaeAnomalyOptions options)
    {
        _fit = new VaeFit(env, nameof(VaeAnomalyEstimator), options);
        _contamination = options.Contamination;
    }

    /// <summary>
    /// Trains on <paramref name="input"/>, and sets the threshold on scores that its rows have of models that they did not train, which
    /// takes no longer than the training.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">A column that is read is missing or of another type.</exception>
    /// <exception cref="InvalidOperationException">
    /// The rows cannot be trained on, or a native library or GPU cannot be used; the message says which and what to do.
    /// </exception>
    /// <exception cref="OperationCanceledException">See <see cref="VaeTrainingOptions.CancellationToken"/>.</exception>
    public VaeTransformer Fit(IDataView input) => _fit.Fit(input, _contamination);

    /// <summary>The schema that the transformer will deliver for such an input.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column that is read is missing or of another type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => _fit.Shape(inputSchema);
}
