namespace MLNet.Vae;

/// <summary>A row near to another, or to a vector.</summary>
/// <param name="Row">Its number, from 0.</param>
/// <param name="Name">What it is called; its number where rows have no names.</param>
/// <param name="Distance">How far it is, by the distance asked for; 0 is nearest.</param>
public readonly record struct VaeRowNeighbor(int Row, string Name, double Distance);
