namespace MLNet.Vae.Pipelines;

/// <summary>What a graph must know of a column that a model reads, <c>[N, Width]</c>.</summary>
/// <param name="Width">Values of a row.</param>
/// <param name="IsText">Whether it is text, not numbers.</param>
/// <param name="KeyNames">Of a key: what its values from 1 on are called; <see langword="null"/>: they have no names.</param>
internal sealed record GraphColumn(int Width, bool IsText, IReadOnlyList<string>? KeyNames);
