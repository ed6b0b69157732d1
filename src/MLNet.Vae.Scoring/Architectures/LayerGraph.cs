using MLNet.Vae.Onnx;
using static MLNet.Vae.Onnx.GraphBuilder;

namespace MLNet.Vae.Architectures;

/// <summary>The layers of a network as nodes; x and y are <c>[N, width]</c>, or <c>[N, maps, height, width]</c> between ToMapsLayer and ToRowsLayer.</summary>
internal static class LayerGraph
{
    /// <param name="graph">Takes the nodes.</param>
    /// <param name="scope">Begins the names of nodes and weights.</param>
    /// <param name="layers">From first to last; none: <paramref name="x"/> itself.</param>
    /// <param name="x">What the first reads.</param>
    /// <param name="condition">What <see cref="ConditionLayer"/> appends.</param>
    public static string Layers(
        this GraphBuilder graph, string scope, IReadOnlyList<Layer> layers, string x, string condition = TensorNames.NormalisedCondition)
    {
        for (var i = 0; i < layers.Count; i++)
        {
            var y = $"{scope}.{i}";
            x = layers[i] switch
            {
                DenseLayer dense => graph.Dense(y, dense, x),
                NormLayer norm => graph.Norm(y, norm, x),
                ConvolutionLayer convolution => graph.Convolution(y, convolution, x),
                TransposedConvolutionLayer transposed => graph.TransposedConvolution(y, transposed, x),
                ToMapsLayer(var shape) => graph.ToMaps(y, shape, x),
                ToRowsLayer rows => graph.ToRows(y, rows, x),
                ConditionLayer => graph.Node("Concat", y, [x, condition], Attribute("axis", 1)),
                ActivationLayer(var activation) => graph.Activate(y, activation, x),
                var other => throw new NotSupportedException($"No ONNX form is written for {other.GetType().Name}."),
            };
        }
        return x;
    }

    public static string Dense(this GraphBuilder graph, string y, DenseLayer layer, string x)
        => graph.Node(
            "Gemm",
            y,
            [
                x,
                graph.Constant($"{y}.weight", layer.Weight, layer.Outputs, layer.Inputs),
                graph.Constant($"{y}.bias", layer.Bias, layer.Outputs),
            ],
            Attribute("transB", 1));

    private static string Norm(this GraphBuilder graph, string y, NormLayer layer, string x)
        => graph.Node(
            "LayerNormalization",
            y,
            [
                x,
                graph.Constant($"{y}.gain", layer.Gain, layer.Gain.Length),
                graph.Constant($"{y}.bias", layer.Bias, layer.Bias.Length),
            ],
            Attribute("axis", -1),
            Attribute("epsilon", layer.Epsilon));

    public static string Activate(this GraphBuilder graph, string y, Activation activation, string x) => activation switch
    {
        Activation.Relu => graph.Node("Relu", y, x),
        Activation.Gelu => graph.Gelu(y, x),
        Activation.Tanh => graph.Node("Tanh", y, x),
        Activation.Sigmoid => graph.Node("Sigmoid", y, x),
        _ => throw new NotSupportedException($"No ONNX form is written for the activation {activation}."),
    };

    /// <summary>x·Φ(x) = x · ½ · (1 + erf(x / √2)); opset 17 has no operator for it, ONNX Runtime fuses this one.</summary>
    private static string Gelu(this GraphBuilder graph, string y, string x)
    {
        var scaled = graph.Node("Div", $"{y}.scaled", x, graph.Constant($"{y}.sqrt2", MathF.Sqrt(2)));
        var erf = graph.Node("Erf", $"{y}.erf", scaled);
        var twice = graph.Node("Add", $"{y}.twice_phi", erf, graph.Constant($"{y}.one", 1));
        var product = graph.Node("Mul", $"{y}.product", x, twice);
        return graph.Node("Mul", y, product, graph.Constant($"{y}.half", 0.5f));
    }
}
