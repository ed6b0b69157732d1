using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace MLNet.Vae;

/// <summary>
/// Trains a classifier on rows of which few have a label, with a variational autoencoder whose code has the class beside it (M2: Kingma,
/// Rezende, Mohamed and Welling 2014).
/// </summary>
/// <remarks>
/// | Characteristic | |
/// | --- | --- |
/// | Input column | known-size <c>Vector&lt;Single&gt;</c>, dense or sparse |
/// | Other columns read | in training, the label: a key, missing where there is none |
/// | Output columns | <c>Score</c>, <c>Vector&lt;Single, classes&gt;</c>, the probability of each class; <c>PredictedLabel</c>, a key |
/// | Label needed | of some rows of each class |
/// | Normalisation needed | no |
/// | Packages the application adds | TorchSharp-cpu (to train), Microsoft.ML.OnnxRuntime (to score) |
///
/// <c>mlContext.MulticlassClassification.Evaluate</c> takes what it gives. A step takes as long as one of a plain variational autoencoder
/// whose decoder runs once for each class.
/// </remarks>
public sealed class VaeSemiSupervisedEstimator : IEstimator<VaeTransformer>
{
    private readonly VaeFit _fit;

    internal VaeSemiSupervisedEstimator(IHostEnvironment env, VaeSemiSupervisedOptions options)
        => _fit = new VaeFit(env, nameof(VaeSemiSupervisedEstimator), options);

    /// <summary>Trains on <paramref name="input"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column that is read is missing or of another type.</exception>
    /// <exception cref="InvalidOperationException">
    /// The rows cannot be trained on, none has a label, or a native library or GPU cannot be used; the message says which and what to do.
    /// </exception>
    /// <exception cref="OperationCanceledException">See <see cref="VaeTrainingOptions.CancellationToken"/>.</exception>
    public VaeTransformer Fit(IDataView input) => _fit.Fit(input);

    /// <summary>The schema that the transformer will deliver for such an input.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column that is read is missing or of another type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => _fit.Shape(inputSchema);
}
