namespace MLNet.Vae.Latents;

/// <summary>What a prior may need of a model, each asked for only by the priors that have it.</summary>
/// <param name="Codebook">The entries, <c>[size][dimension]</c>.</param>
/// <param name="Moments">Of a prior that <see cref="LatentDescriptor.NeedsPriorGraph"/>.</param>
/// <param name="CodePriorEntries">What stands for each entry in a prior over codes, <c>[codebook][32]</c>.</param>
/// <param name="Step">Of a prior over codes.</param>
internal sealed record PriorSources(
    Func<float[][]> Codebook, PriorMoments Moments, Func<float[][]> CodePriorEntries, CodePriorStep Step);
