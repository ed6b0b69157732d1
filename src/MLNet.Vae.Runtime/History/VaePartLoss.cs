namespace MLNet.Vae;

/// <summary>What one part of a mixed likelihood costs.</summary>
/// <param name="Name">That of the part.</param>
/// <param name="Nats">−E ln p(x | z) over its slots, nats per row, normalised units.</param>
public sealed record VaePartLoss(string Name, double Nats);
