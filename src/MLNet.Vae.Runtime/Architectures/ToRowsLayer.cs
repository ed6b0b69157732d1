using MLNet.Vae.Onnx;

namespace MLNet.Vae.Architectures;

/// <summary>
/// Maps to rows, <c>[N, parts·channels, height, width]</c> → <c>[N, parts·values]</c>: the first value of each pixel and channel, then the
/// second of each, and so on.
/// </summary>
/// <param name="Shape">How the values of a part lie.</param>
/// <param name="Parts">Values of each pixel and channel.</param>
internal sealed record ToRowsLayer(ImageShape Shape, int Parts) : Layer
{
    public override string Write(GraphBuilder graph, string y, string x, string condition)
    {
        if (!Shape.IsByChannel)
        {
            var parts = graph.ReshapeRows($"{y}.parts", x, Parts, Shape.Channels, Shape.Height, Shape.Width);
            x = graph.Node("Transpose", $"{y}.pixels", [parts], GraphBuilder.Attribute("perm", [0, 1, 3, 4, 2]));
        }
        return graph.ReshapeRows(y, x, Parts * Shape.ValueCount);
    }
}
