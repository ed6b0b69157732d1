using MLNet.Vae.Onnx;
using static MLNet.Vae.Onnx.GraphBuilder;

namespace MLNet.Vae.Likelihoods;

/// <summary>
/// Ranges of features, one after the other, each with its own distribution; so are the parameters in the decoder's output, and noise.
/// </summary>
internal sealed record MixedOutput(IReadOnlyList<OutputPart> Parts) : OutputDistribution
{
    public override int ParametersOf(int features) => Parts.Sum(part => part.Parameters);

    public override int NoiseOf(int features) => Parts.Sum(part => part.Noise);

    public override OutputDistribution Over(ReadOnlySpan<bool> scaled)
    {
        var parts = new List<OutputPart>();
        foreach (var part in Parts)
        {
            parts.Add(part with { Distribution = part.Distribution.Over(scaled[..part.Features]) });
            scaled = scaled[part.Features..];
        }
        return new MixedOutput(parts);
    }

    public override string Mean(GraphBuilder graph, int features, string output)
    {
        var outputs = Outputs(graph, output);
        return Joined(graph, "mean_of_parts", (i, part, scope) => part.Distribution.Mean(scope, part.Features, outputs[i]));
    }

    public override string Draw(GraphBuilder graph, int features, string output, string noise)
    {
        var (noises, outputs) = (graph.Split("parts_of_noise", noise, [.. Parts.Select(part => part.Noise)]), Outputs(graph, output));
        return Joined(graph, "draw_of_parts", (i, part, scope) => part.Distribution.Draw(scope, part.Features, outputs[i], noises[i]));
    }

    public override string ReconstructionError(GraphBuilder graph, int features, string x, string output)
    {
        var (rows, outputs) = (PartsOf(graph, x), Outputs(graph, output));
        return Joined(
            graph, "error_of_parts", (i, part, scope) => part.Distribution.ReconstructionError(scope, part.Features, rows[i], outputs[i]));
    }

    public override string NegativeLogDensity(GraphBuilder graph, int features, string x, string output)
    {
        var (rows, outputs) = (PartsOf(graph, x), Outputs(graph, output));
        return Joined(
            graph,
            "negative_log_density_of_parts",
            (i, part, scope) => part.Distribution.NegativeLogDensity(scope, part.Features, rows[i], outputs[i]));
    }

    private string Joined(GraphBuilder graph, string name, Func<int, OutputPart, GraphBuilder, string> write)
        => graph.Node("Concat", name, [.. Parts.Select((part, i) => write(i, part, graph.Scope($"part.{i}.")))], Attribute("axis", 1));

    private string[] PartsOf(GraphBuilder graph, string x) => graph.Split("parts_of_x", x, [.. Parts.Select(part => part.Features)]);

    private string[] Outputs(GraphBuilder graph, string output)
        => graph.Split("parts_of_output", output, [.. Parts.Select(part => part.Parameters)]);
}
