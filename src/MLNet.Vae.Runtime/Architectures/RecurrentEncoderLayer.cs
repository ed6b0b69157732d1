using MLNet.Vae.Onnx;

namespace MLNet.Vae.Architectures;

/// <summary>
/// Reads the steps of series in their order: <c>[N, steps·channels]</c> → the memory of the last recurrence after the last step,
/// <c>[N, units]</c>.
/// </summary>
/// <param name="Steps">Of a series.</param>
/// <param name="Channels">Values of a step, side by side in the row.</param>
/// <param name="Recurrences">Each reads the memories of the one before.</param>
internal sealed record RecurrentEncoderLayer(int Steps, int Channels, IReadOnlyList<GatedRecurrence> Recurrences) : Layer
{
    public override string Write(GraphBuilder graph, string y, string x, string condition)
    {
        var steps = graph.StepsFirst($"{y}.steps", graph.ReshapeRows($"{y}.rows", x, Steps, Channels));
        var (_, last) = graph.Recurrences(y, Recurrences, steps);
        return graph.Node("Squeeze", y, last, graph.Indices($"{y}.axis", 0));
    }
}
