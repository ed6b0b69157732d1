namespace MLNet.Vae.Graphs;

/// <summary>A column that a pipeline graph adds: the scorer's tensor <c>[N, Width]</c> as a vector of that width.</summary>
internal sealed record PipelineVector(string Column, string Tensor, int Width, IReadOnlyList<string>? SlotNames);
