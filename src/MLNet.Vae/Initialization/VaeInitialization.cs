namespace MLNet.Vae;

/// <summary>The weights that training starts from.</summary>
public enum VaeInitialization
{
    /// <summary>
    /// <see cref="ProbabilisticPca"/> where it is the optimum of what is trained: <see cref="VaeArchitecture.Linear"/>, a Gaussian
    /// likelihood with one σ, a Gaussian latent or a deterministic one without activation and sparsity, the default objective, nothing
    /// corrupted, no condition, no target and no missing values; fewer latent dimensions than features, of which there are at
    /// most 2,048. Otherwise <see cref="Random"/>.
    /// </summary>
    Auto,

    /// <summary>Drawn at random.</summary>
    Random,

    /// <summary>
    /// Probabilistic PCA at maximum likelihood, in closed form from the covariance of the training rows (Tipping and Bishop 1999); plain
    /// PCA for a deterministic latent.
    /// For <see cref="VaeArchitecture.Linear"/> with a Gaussian likelihood, where it is the optimum that training would find (Lucas et al.
    /// 2019):
    /// <see cref="VaeTrainingOptions.Epochs"/> may be 0. Costs one pass over the rows and an eigenvalue decomposition, which takes time
    /// with the cube of the number of features.
    /// </summary>
    ProbabilisticPca,
}
