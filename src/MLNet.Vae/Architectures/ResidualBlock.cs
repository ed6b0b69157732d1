using MLNet.Vae.Modules;
using static TorchSharp.torch;

namespace MLNet.Vae.Architectures;

/// <summary>
/// x + w·a(v·a(x)), with a the activation, v a dilated convolution over three steps and w one over a single step (He et al. 2016b, whose
/// activation comes first; van den Oord et al. 2016, whose kernels are dilated): <c>[rows, maps, 1, steps]</c> → the same.
/// </summary>
internal sealed class ResidualBlock
{
    private const int Kernel = 3;

    private readonly Activation _activation;
    private readonly Convolution _dilated;
    private readonly Convolution _mixing;

    public ResidualBlock(
        int maps, int steps, int dilation, Activation activation, ParameterVector parameters, Generator random)
    {
        _activation = activation;
        _dilated = new(new(maps, maps, new(steps, Kernel, 1, dilation)), parameters, random);
        _mixing = new(new(maps, maps, new(steps, 1, 1)), parameters, random);
    }

    /// <summary>As many as asked for, each with twice the dilation of the one before.</summary>
    public static List<ResidualBlock> Several(
        int count, ImageShape maps, Activation activation, ParameterVector parameters, Generator random) =>
    [
        .. Enumerable.Range(0, count)
            .Select(i => new ResidualBlock(maps.Channels, maps.Width, 1 << i, activation, parameters, random)),
    ];

    public Tensor Forward(Tensor x)
        => x.Plus(_mixing.Forward(_dilated.Forward(x.Activate(_activation)).Activate(_activation)));

    public ResidualLayer Export()
    {
        var activation = new ActivationLayer(_activation);
        return new([activation, _dilated.Export(), activation, _mixing.Export()]);
    }
}
