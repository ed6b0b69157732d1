using static TorchSharp.torch;

namespace MLNet.Vae.Modules;

/// <summary>The nonlinearities, element by element.</summary>
internal static class Activations
{
    public static Tensor Activate(this Tensor x, Activation activation) => activation switch
    {
        Activation.Relu => x.relu(),
        Activation.Gelu => nn.functional.gelu(x),
        Activation.Tanh => x.tanh(),
        Activation.Sigmoid => x.sigmoid(),
        _ => throw new InvalidOperationException($"Unknown activation {activation}."),
    };
}
