namespace MLNet.Vae.Likelihoods;

/// <summary>Values that a likelihood cannot have.</summary>
/// <param name="Slot">The first of them.</param>
/// <param name="Count">1, or all slots of a group that is at fault as a whole.</param>
/// <param name="Expected">In words.</param>
/// <param name="Found">In words.</param>
internal sealed record SupportFault(int Slot, int Count, string Expected, string Found);
