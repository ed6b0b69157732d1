namespace MLNet.Vae;

/// <summary>
/// What the score of a row is; higher means less like the training rows. Both are evaluated at the posterior mean, so they never change
/// from call to call.
/// </summary>
public enum VaeScoreKind
{
    /// <summary>
    /// Gaussian and Student-t likelihoods: Σ (x − x̂)², normalised units. Bernoulli: −Σ [x ln p + (1 − x) ln(1 − p)], nats.
    /// Categorical: −Σ x ln p, nats.
    /// Poisson and negative binomial: −Σ ln p(x | z), nats.
    /// Mixed: the sum of these. The contribution of a feature is its term.
    /// </summary>
    ReconstructionError,

    /// <summary>
    /// −ln p(x | z = posterior mean) + KL(q(z | x) ‖ p(z)), nats (the negative of the bound of Kingma and Welling 2014, eq. 10).
    /// The contribution of a feature is its log-density term, plus an equal share of the KL term; a density may exceed 1, so
    /// score and contributions may be negative.
    /// </summary>
    NegativeElbo,
}
