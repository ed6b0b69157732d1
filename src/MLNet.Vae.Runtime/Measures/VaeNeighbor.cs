namespace MLNet.Vae;

/// <summary>A category near to another.</summary>
/// <param name="Category">Its name.</param>
/// <param name="Distance">How far it is, by the distance asked for; 0 is nearest.</param>
public readonly record struct VaeNeighbor(string Category, double Distance);
