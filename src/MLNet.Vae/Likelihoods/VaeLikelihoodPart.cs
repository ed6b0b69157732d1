namespace MLNet.Vae;

/// <summary>Consecutive slots of the features that have a likelihood of their own; see <see cref="VaeLikelihood.Mixed"/>.</summary>
/// <param name="Name">What reports call it, such as the name of the column that was concatenated.</param>
/// <param name="Start">Its first slot, from 0.</param>
/// <param name="Count">Number of its slots, from 1.</param>
/// <param name="Likelihood">Of these slots.</param>
public sealed record VaeLikelihoodPart(string Name, int Start, int Count, VaeLikelihood Likelihood);
