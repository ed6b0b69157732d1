using MLNet.Vae.Modules;
using static TorchSharp.torch;

namespace MLNet.Vae.Architectures;

/// <summary>
/// Adds a linear map of the condition to every place of maps: <c>[rows, maps, height, width]</c> → the same.
/// </summary>
internal sealed class MapCondition(int condition, int maps, ParameterVector parameters, Generator random)
{
    private readonly Dense _dense = new(condition, maps, parameters, random);

    public Tensor Forward(Tensor x, Tensor condition) => x.Plus(_dense.Forward(condition).view(-1, maps, 1, 1));

    public ConditionMapsLayer Export() => new(_dense.Export());
}
