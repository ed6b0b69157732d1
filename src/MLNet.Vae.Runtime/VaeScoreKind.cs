namespace MLNet.Vae;

/// <summary>
/// What the score of a row is; higher means less like the training rows. None is sampled anew, so they never change from call to call. A
/// row that the likelihood cannot have is refused, and scores ∞ where a graph runs without this library; a score that overflows is ∞. A
/// category that training has not seen, which one-hot encoding gives as zeros, costs max(24 ln 2, −ln of the least probability that the
/// model gives to a category it knows): 16.6 nats or more.
/// </summary>
public enum VaeScoreKind
{
    /// <summary>
    /// At the posterior mean. Gaussian and Student-t likelihoods: Σ (x − x̂)², normalised units.
    /// Bernoulli: −Σ [x ln p + (1 − x) ln(1 − p)], nats. Categorical: −Σ x ln p, nats.
    /// Poisson and negative binomial: −Σ ln p(x | z), nats.
    /// Mixed: the sum of these. The contribution of a feature is its term.
    /// </summary>
    ReconstructionError,

    /// <summary>
    /// −ln p(x | z = posterior mean) + KL(q(z | x) ‖ p(z)), nats (the negative of the bound of Kingma and Welling 2014, eq. 10), for every
    /// likelihood.
    /// The contribution of a feature is its log-density term, plus an equal share of the KL term; a density may exceed 1, so
    /// score and contributions may be negative. It sees how well a row is reconstructed and how unusual its code is, not how steep the
    /// decoder is between codes: a row in the gap between two clusters, which the decoder passes on its way from one to the other, may
    /// score low. <see cref="NegativeLogLikelihood"/> sees that.
    /// </summary>
    NegativeElbo,

    /// <summary>
    /// −ln p(x), nats, estimated from 64 samples of q(z | x) by importance sampling (Burda, Grosse and Salakhutdinov 2016, eq. 8), with
    /// noise that is part of the model and the same for each row. Needs a latent variable with a density: Gaussian, mixture or
    /// hierarchical. Takes the time of 64 passes of the decoder.
    /// The contribution of a feature is the mean of its −ln p(x | z) over the samples, weighted as they are, plus an equal share of what
    /// the score has beside these; as densities may exceed 1, score and contributions may be negative.
    /// </summary>
    NegativeLogLikelihood,

    /// <summary>
    /// How far a row lies from rows of training, and what the model cannot explain of it, in standard deviations (in the deviations of a
    /// feature, where the likelihood takes it as it is): the mean distance to the nearest of 16 rows, for 64 groups of 16 drawn at random
    /// (an ensemble over subsamples: Aggarwal and Sathe 2015); half the distance to the nearest row of all groups; and half the length of
    /// what |x − x̂| has, feature by feature, beyond what 995 of 1,000 training rows have, in units of what is usual there.
    /// <see cref="VaeModelInfo.ReferenceRowCount"/> training rows are part of the model, in every file of it. For features with distances,
    /// so not for categories.
    /// Training rows that are themselves anomalies hide few of their kind: few are drawn into a group. The contribution of a feature is its
    /// share of the squares of these distances; score and contributions are 0 or more, but for rounding.
    /// </summary>
    NeighborDistance,
}
