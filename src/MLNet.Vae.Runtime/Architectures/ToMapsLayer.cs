using MLNet.Vae.Onnx;

namespace MLNet.Vae.Architectures;

/// <summary>Rows to maps: <c>[N, values]</c> → <c>[N, channels, height, width]</c>.</summary>
/// <param name="Shape">How the values of a row lie.</param>
internal sealed record ToMapsLayer(ImageShape Shape) : Layer
{
    public override string Write(GraphBuilder graph, string y, string x, string condition)
    {
        if (Shape.IsByChannel)
            return graph.ReshapeRows(y, x, Shape.Channels, Shape.Height, Shape.Width);
        var pixels = graph.ReshapeRows($"{y}.pixels", x, Shape.Height, Shape.Width, Shape.Channels);
        return graph.Node("Transpose", y, [pixels], GraphBuilder.Attribute("perm", [0, 3, 1, 2]));
    }
}
