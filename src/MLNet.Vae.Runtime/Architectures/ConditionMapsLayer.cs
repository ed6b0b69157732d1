using MLNet.Vae.Onnx;

namespace MLNet.Vae.Architectures;

/// <summary>
/// Adds a linear map of the normalised condition to every place of maps: <c>[N, maps, height, width]</c> → the same.
/// </summary>
/// <param name="Dense"><c>[maps, condition]</c>.</param>
internal sealed record ConditionMapsLayer(DenseLayer Dense) : Layer
{
    public override string Write(GraphBuilder graph, string y, string x, string condition)
    {
        var shift = graph.ReshapeRows($"{y}.shift.maps", Dense.Write(graph, $"{y}.shift", condition), Dense.Outputs, 1, 1);
        return graph.Node("Add", y, x, shift);
    }
}
