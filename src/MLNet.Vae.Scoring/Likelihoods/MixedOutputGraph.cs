using MLNet.Vae.Onnx;
using static MLNet.Vae.Onnx.GraphBuilder;

namespace MLNet.Vae.Likelihoods;

/// <summary>Ranges of features, one after the other, each with its own distribution; so are the parameters in the decoder's last layer.</summary>
internal sealed class MixedOutputGraph(MixedOutput distribution) : OutputGraph
{
    private readonly IReadOnlyList<OutputPart> _parts = distribution.Parts;
    private readonly OutputGraph[] _graphs = [.. distribution.Parts.Select(part => Of(part.Distribution, part.Features))];

    public override string Mean(GraphBuilder graph, string output)
    {
        var outputs = Outputs(graph, output);
        return Joined(graph, "mean_of_parts", i => _graphs[i].Mean(Scope(graph, i), outputs[i]));
    }

    public override string Draw(GraphBuilder graph, string output, string noise)
    {
        var (parts, outputs) = (graph.Split("parts_of_noise", noise, [.. _parts.Select(part => part.Features)]), Outputs(graph, output));
        return Joined(graph, "draw_of_parts", i => _graphs[i].Draw(Scope(graph, i), outputs[i], parts[i]));
    }

    public override string ReconstructionError(GraphBuilder graph, string x, string output)
    {
        var (rows, outputs) = (Features(graph, x), Outputs(graph, output));
        return Joined(graph, "error_of_parts", i => _graphs[i].ReconstructionError(Scope(graph, i), rows[i], outputs[i]));
    }

    public override string NegativeLogDensity(GraphBuilder graph, string x, string output)
    {
        var (rows, outputs) = (Features(graph, x), Outputs(graph, output));
        return Joined(graph, "negative_log_density_of_parts", i => _graphs[i].NegativeLogDensity(Scope(graph, i), rows[i], outputs[i]));
    }

    private string Joined(GraphBuilder graph, string name, Func<int, string> part)
        => graph.Node("Concat", name, [.. Enumerable.Range(0, _parts.Count).Select(part)], Attribute("axis", 1));

    private string[] Features(GraphBuilder graph, string x) => graph.Split("parts_of_x", x, [.. _parts.Select(part => part.Features)]);

    private string[] Outputs(GraphBuilder graph, string output) => graph.Split("parts_of_output", output, [.. _parts.Select(part => part.Parameters)]);

    private static GraphBuilder Scope(GraphBuilder graph, int part) => graph.Scope($"part.{part}.");
}
