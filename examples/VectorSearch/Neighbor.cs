namespace VectorSearch;

/// <summary>A row that was found.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Label">What it shows.</param>
/// <param name="Distance">From what was looked for.</param>
internal readonly record struct Neighbor(int Id, string Label, double Distance);
