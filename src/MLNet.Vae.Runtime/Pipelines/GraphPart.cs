using MLNet.Vae.Onnx.Schema;

namespace MLNet.Vae.Pipelines;

/// <summary>One step of a pipeline as a graph, any number of rows at a time.</summary>
/// <param name="Graph">Nodes and constants.</param>
/// <param name="OperatorSets">Versions of the operators that it is written in.</param>
/// <param name="Reads">The tensor that each column comes in, by the column's name.</param>
/// <param name="Gives">The tensor that each column comes out of; a column that is not there stays as it was.</param>
internal sealed record GraphPart(
    GraphProto Graph,
    IReadOnlyList<OperatorSetIdProto> OperatorSets,
    IReadOnlyDictionary<string, string> Reads,
    IReadOnlyDictionary<string, string> Gives);
