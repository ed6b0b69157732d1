using MLNet.Vae.Onnx;

namespace MLNet.Vae.Architectures;

/// <summary>A nonlinearity, element by element.</summary>
internal sealed record ActivationLayer(Activation Activation) : Layer
{
    public override string Write(GraphBuilder graph, string y, string x, string condition) => Activation switch
    {
        Activation.Relu => graph.Node("Relu", y, x),
        Activation.Gelu => Gelu(graph, y, x),
        Activation.Tanh => graph.Node("Tanh", y, x),
        Activation.Sigmoid => graph.Node("Sigmoid", y, x),
        _ => throw new NotSupportedException($"No ONNX form is written for the activation {Activation}."),
    };

    /// <summary>x·Φ(x) = x · ½ · (1 + erf(x / √2)); opset 17 has no operator for it, ONNX Runtime fuses this one.</summary>
    private static string Gelu(GraphBuilder graph, string y, string x)
    {
        var scaled = graph.Node("Div", $"{y}.scaled", x, graph.Constant($"{y}.sqrt2", MathF.Sqrt(2)));
        var erf = graph.Node("Erf", $"{y}.erf", scaled);
        var twice = graph.Node("Add", $"{y}.twice_phi", erf, graph.Constant($"{y}.one", 1));
        var product = graph.Node("Mul", $"{y}.product", x, twice);
        return graph.Node("Mul", y, product, graph.Constant($"{y}.half", 0.5f));
    }
}
