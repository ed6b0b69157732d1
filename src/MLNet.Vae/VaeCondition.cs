namespace MLNet.Vae;

/// <summary>What encoder and decoder are conditioned on (conditional VAE: Sohn, Lee and Yan 2015).</summary>
/// <remarks>
/// A key is one value per category, 1 for its own and 0 for the others; a <c>Boolean</c> as 0 or 1; a <c>Single</c> and the values of a
/// <c>Vector&lt;Single&gt;</c> standardised. A model so trained needs the same column, of the same type, wherever it scores.
/// </remarks>
public sealed record VaeCondition
{
    /// <summary>Name of the column: a key, <c>Boolean</c>, <c>Single</c>, <c>Double</c>, or a vector of numbers of known size.</summary>
    public required string ColumnName { get; init; }

    /// <summary>
    /// Whether the prior depends on the condition: p(z | c) = N(mean(c), diag σ²(c)), learned with the rest (Sohn, Lee and Yan 2015, eq.
    /// 4).
    /// Otherwise it is N(0, I) whatever the condition, so that z holds what the condition does not (Kingma et al. 2014, eq. 6).
    /// Needs <see cref="VaeLatent.Gaussian"/>.
    /// </summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool LearnedPrior { get; init; }

    internal IEnumerable<string> Faults(VaeLatent latent)
    {
        if (ColumnName is null)
            yield return $"{nameof(VaeCondition)}.{nameof(ColumnName)} must not be null";
        if (LearnedPrior && latent is not GaussianLatent)
        {
            yield return $"{nameof(VaeCondition)}.{nameof(LearnedPrior)} is a prior of Gaussian latent variables, but Latent is "
                + $"{latent.Kind}; "
                + $"choose {nameof(VaeLatent)}.{nameof(VaeLatent.Gaussian)} or leave it out";
        }
    }
}
