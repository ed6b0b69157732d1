using MLNet.Vae.Onnx;
using static MLNet.Vae.Onnx.GraphBuilder;

namespace MLNet.Vae.Architectures;

/// <summary>Convolutions as nodes, and the way from rows to maps and back.</summary>
internal static class ConvolutionGraph
{
    /// <summary>In a shape that Reshape is given: as long as the input's axis, so that N stays free.</summary>
    private const long SameLength = 0;

    public static string Convolution(this GraphBuilder graph, string y, ConvolutionLayer layer, string x)
        => graph.Node("Conv", y, graph.Operands(y, layer.Shape, layer.Weight, layer.Bias, x), [.. Way(layer.Shape)]);

    public static string TransposedConvolution(this GraphBuilder graph, string y, TransposedConvolutionLayer layer, string x)
        => graph.Node(
            "ConvTranspose",
            y,
            graph.Operands(y, layer.Shape, layer.Weight, layer.Bias, x),
            [.. Way(layer.Shape), Attribute("output_padding", [layer.Shape.Vertical.OutputPadding, layer.Shape.Horizontal.OutputPadding])]);

    public static string ToMaps(this GraphBuilder graph, string y, ImageShape shape, string x)
    {
        if (shape.Layout == PixelLayout.Planar)
            return graph.Reshape(y, x, shape.Channels, shape.Height, shape.Width);
        var pixels = graph.Reshape($"{y}.pixels", x, shape.Height, shape.Width, shape.Channels);
        return graph.Node("Transpose", y, [pixels], Attribute("perm", [0, 3, 1, 2]));
    }

    public static string ToRows(this GraphBuilder graph, string y, ToRowsLayer layer, string x)
    {
        var shape = layer.Shape;
        if (shape.Layout == PixelLayout.Interleaved)
        {
            var parts = graph.Reshape($"{y}.parts", x, layer.Parts, shape.Channels, shape.Height, shape.Width);
            x = graph.Node("Transpose", $"{y}.pixels", [parts], Attribute("perm", [0, 1, 3, 4, 2]));
        }
        return graph.Reshape(y, x, layer.Parts * shape.ValueCount);
    }

    private static string Reshape(this GraphBuilder graph, string y, string x, params long[] row)
        => graph.Node("Reshape", y, x, graph.Indices($"{y}.shape", [SameLength, .. row]));

    private static string[] Operands(this GraphBuilder graph, string y, ConvolutionShape shape, float[] weight, float[] bias, string x) =>
    [
        x,
        graph.Constant($"{y}.weight", weight, shape.Outputs, shape.Inputs, shape.Kernel, shape.Kernel),
        graph.Constant($"{y}.bias", bias, bias.Length),
    ];

    private static IEnumerable<Onnx.Schema.AttributeProto> Way(ConvolutionShape shape)
    {
        var (vertical, horizontal) = (shape.Vertical, shape.Horizontal);
        return
        [
            Attribute("kernel_shape", [vertical.Kernel, horizontal.Kernel]),
            Attribute("strides", [vertical.Stride, horizontal.Stride]),
            Attribute("pads", [vertical.Padding, horizontal.Padding, vertical.Padding, horizontal.Padding]),
        ];
    }
}
