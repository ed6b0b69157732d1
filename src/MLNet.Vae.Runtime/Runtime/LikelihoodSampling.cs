namespace MLNet.Vae.Runtime;

/// <summary>How ln p(x) is estimated.</summary>
/// <param name="Samples">S, codes of each row.</param>
/// <param name="Seed">Of the codes.</param>
/// <param name="Proposal">What they are drawn from.</param>
internal readonly record struct LikelihoodSampling(int Samples, int Seed, VaeProposal Proposal = VaeProposal.Posterior);
