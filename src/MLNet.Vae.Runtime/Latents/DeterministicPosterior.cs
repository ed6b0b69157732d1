using MLNet.Vae.Architectures;
using MLNet.Vae.Onnx;

namespace MLNet.Vae.Latents;

/// <summary>z = f(hidden), with no distribution.</summary>
/// <param name="Code"><c>[latent, hidden]</c>.</param>
/// <param name="Activation">The code's activation; <see langword="null"/>: none.</param>
internal sealed record DeterministicPosterior(DenseLayer Code, Activation? Activation) : LatentNetwork
{
    public override int Length => Code.Outputs;

    public override void Encode(GraphBuilder graph, string hidden)
    {
        if (Activation is { } activation)
            new ActivationLayer(activation).Write(graph, TensorNames.Mean, Code.Write(graph, "code", hidden));
        else
            Code.Write(graph, TensorNames.Mean, hidden);
    }

    public override string? Kl(GraphBuilder graph) => null;
}
