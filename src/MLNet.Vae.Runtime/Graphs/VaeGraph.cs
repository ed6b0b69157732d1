namespace MLNet.Vae;

/// <summary>
/// The ONNX graphs of a model. Tensors are float32, the number of rows N is free, features and reconstruction are in the user's units:
/// normalisation is inside the graphs. A vector-quantised model has <c>codes [N, codes]</c>, numbers of the codebook's entries from 0 up,
/// in place of
/// <c>log_sigma</c>.
/// Every graph of a conditional model also takes <c>condition [N, C]</c>: 1 in the place of a key's value
/// and 0 in all others, 0 or 1 for a <c>Boolean</c>, numbers as they stand. Of a model with a target the reconstruction is the target,
/// <c>[N, T]</c>, and there is no score and no contribution.
/// </summary>
public enum VaeGraph
{
    /// <summary><c>features [N, D]</c> → <c>mean [N, L]</c>, <c>log_sigma [N, L]</c>: the posterior q(z | x).</summary>
    Encoder,

    /// <summary><c>z [N, L]</c> → <c>reconstruction [N, D]</c>: the mean of p(x | z).</summary>
    Decoder,

    /// <summary>
    /// <c>features [N, D]</c> → <c>mean [N, L]</c>, <c>log_sigma [N, L]</c>, <c>reconstruction [N, D]</c>, <c>score [N, 1]</c>,
    /// <c>contributions [N, D]</c>, everything evaluated at z = posterior mean. The contributions of a row sum to its score.
    /// </summary>
    Scorer,
}
