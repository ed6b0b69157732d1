using MLNet.Vae.Onnx;

namespace MLNet.Vae.Architectures;

/// <summary>
/// Tells every step the code, shifted by what belongs to the step, and maps the memory after each step linearly to what the step gives:
/// <c>[N, code]</c> → <c>[N, parts·steps·channels]</c>, the first value of each step and channel, then the second of each, and so on.
/// </summary>
/// <param name="Places">What is added to the code at each step, <c>[steps, code]</c>.</param>
/// <param name="Recurrences">Each reads the memories of the one before.</param>
/// <param name="Output"><c>[parts·channels, units]</c>.</param>
/// <param name="Steps">Of a series.</param>
/// <param name="Parts">Values of each step and channel.</param>
internal sealed record RecurrentDecoderLayer(
    float[] Places, IReadOnlyList<GatedRecurrence> Recurrences, DenseLayer Output, int Steps, int Parts) : Layer
{
    public override string Write(GraphBuilder graph, string y, string x, string condition)
    {
        var places = graph.Constant($"{y}.places", Places, Steps, Places.Length / Steps);
        var code = graph.Node("Unsqueeze", $"{y}.code", x, graph.Indices($"{y}.axis", 1));
        var steps = graph.StepsFirst($"{y}.steps", graph.Node("Add", $"{y}.told", code, places));
        var (each, _) = graph.Recurrences(y, Recurrences, steps);
        var memories = graph.StepsFirst($"{y}.memories", graph.Node("Squeeze", $"{y}.each", each, graph.Indices($"{y}.axis", 1)));
        var units = Recurrences[^1].Units;
        // As many rows as there are steps of all rows, so that one product does for all.
        var flat = graph.Node("Reshape", $"{y}.flat", memories, graph.Indices($"{y}.flat.shape", -1, units));
        var given = Output.Write(graph, $"{y}.given", flat);
        if (Parts > 1)
        {
            var shape = graph.Indices($"{y}.parts.shape", -1, Steps, Parts, Output.Outputs / Parts);
            var parts = graph.Node("Reshape", $"{y}.parts", given, shape);
            given = graph.Node("Transpose", $"{y}.ordered", [parts], GraphBuilder.Attribute("perm", [0, 2, 1, 3]));
        }
        return graph.Node("Reshape", y, given, graph.Indices($"{y}.shape", -1, Steps * Output.Outputs));
    }
}
