using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace MLNet.Vae;

/// <summary>Trains a variational autoencoder on rows that are mostly normal, and scores how unlike them a row is.</summary>
/// <remarks>
/// | Characteristic | |
/// | --- | --- |
/// | Input column | known-size <c>Vector&lt;Single&gt;</c>, dense or sparse |
/// | Other columns read | a condition: key, <c>Boolean</c>, <c>Single</c> or known-size <c>Vector&lt;Single&gt;</c> |
/// | Output columns | <c>Score</c>, <c>Single</c>, higher = more anomalous; <c>PredictedLabel</c>, <c>Boolean</c>; contributions,
/// <c>Vector&lt;Single, features&gt;</c>, on request |
/// | Label needed | no |
/// | Normalisation needed | no |
/// | Packages the application adds | TorchSharp-cpu (to train), Microsoft.ML.OnnxRuntime (to score) |
///
/// The threshold is the (1 − contamination) quantile of the scores of the held-out rows; <see cref="VaeTransformer.WithThreshold"/> changes
/// it afterwards.
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

    /// <summary>Trains on <paramref name="input"/> and sets the threshold on the rows held out of it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column that is read is missing or of another type.</exception>
    /// <exception cref="InvalidOperationException">
    /// The rows cannot be trained on, or a native library or GPU cannot be used; the message says which and what to do.
    /// </exception>
    /// <exception cref="OperationCanceledException">See <see cref="VaeTrainingOptions.CancellationToken"/>.</exception>
    public VaeTransformer Fit(IDataView input) => _fit.Fit(input, WithThreshold);

    /// <summary>The schema that the transformer will deliver for such an input.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column that is read is missing or of another type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => _fit.Shape(inputSchema);

    /// <summary>
    /// A threshold that no more than the share of contamination of <paramref name="scores"/> lies above: half way to the next score
    /// where there is one, so that no row sits on it and rounding cannot turn a label.
    /// </summary>
    internal static double Threshold(float[] scores, double contamination)
    {
        Array.Sort(scores);
        var above = (int)((decimal)contamination * scores.Length);
        var highest = scores[scores.Length - 1 - above];
        var next = Array.FindIndex(scores, score => score > highest);
        return next < 0 ? highest : ((double)highest + scores[next]) / 2;
    }

    private VaeModelInfo WithThreshold(VaeModelInfo info, float[] heldOutScores) => info with
    {
        Threshold = Threshold(heldOutScores, _contamination),
        Contamination = _contamination,
    };
}
