using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace MLNet.Vae;

/// <summary>
/// Trains a variational autoencoder on a column of features and adds its posterior mean, and more on request, as columns.
/// </summary>
/// <remarks>
/// | Characteristic | |
/// | --- | --- |
/// | Input column | known-size <c>Vector&lt;Single&gt;</c>, dense or sparse; with a target also a key |
/// | Other columns read | a condition: key, <c>Boolean</c>, <c>Single</c> or known-size <c>Vector&lt;Single&gt;</c>; in training, a target:
/// known-size <c>Vector&lt;Single&gt;</c> |
/// | Output columns | embedding and log σ, <c>Vector&lt;Single, latent dimension&gt;</c>; reconstruction, contributions,
/// <c>Vector&lt;Single, features&gt;</c>; score, <c>Single</c> |
/// | Passes over the data | one; where the rows exceed <see cref="VaeTrainingOptions.MemoryLimit"/> one more per epoch, and one for a
/// prior over codes |
/// | Normalisation needed | no, see <see cref="VaeModelOptions.Normalization"/> |
/// | Packages the application adds | TorchSharp-cpu (to train), Microsoft.ML.OnnxRuntime (to score) |
///
/// Every fit is independent: the same estimator can be fitted again, and by several threads at once.
/// </remarks>
public sealed class VaeEstimator : IEstimator<VaeTransformer>
{
    private readonly VaeFit _fit;

    internal VaeEstimator(IHostEnvironment env, VaeOptions options) => _fit = new VaeFit(env, nameof(VaeEstimator), options);

    /// <summary>Trains on <paramref name="input"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column that is read is missing or of another type.</exception>
    /// <exception cref="InvalidOperationException">
    /// The rows cannot be trained on, or a native library or GPU cannot be used; the message says which and what to do.
    /// </exception>
    /// <exception cref="OperationCanceledException">See <see cref="VaeTrainingOptions.CancellationToken"/>.</exception>
    public VaeTransformer Fit(IDataView input) => _fit.Fit(input);

    /// <summary>The schema that the transformer will deliver for such an input.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column that is read is missing or of another type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => _fit.Shape(inputSchema);
}
