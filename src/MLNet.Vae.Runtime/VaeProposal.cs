namespace MLNet.Vae;

/// <summary>Where <c>VaeTransformer.LogLikelihood</c> draws codes from.</summary>
public enum VaeProposal
{
    /// <summary>
    /// q(z | x), so that most of them explain the row: importance sampling (Burda, Grosse and Salakhutdinov 2016, eq. 8).
    /// </summary>
    Posterior,

    /// <summary>
    /// p(z), whatever the row: plain Monte Carlo, ln 1/S Σ p(x | z). Hardly any code explains the row where the model has more than a few
    /// latent dimensions, so that the estimate is low and its standard error too small: it is there to show why the posterior is drawn
    /// from.
    /// </summary>
    Prior,
}
