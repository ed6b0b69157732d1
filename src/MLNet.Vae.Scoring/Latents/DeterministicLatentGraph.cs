using MLNet.Vae.Architectures;
using MLNet.Vae.Onnx;

namespace MLNet.Vae.Latents;

/// <summary>z = f(hidden).</summary>
internal sealed class DeterministicLatentGraph(DeterministicCode latent) : LatentGraph
{
    public override void Encode(GraphBuilder graph, string hidden)
    {
        if (latent.Activation is { } activation)
            graph.Activate(TensorNames.Mean, activation, graph.Dense("code", latent.Code, hidden));
        else
            graph.Dense(TensorNames.Mean, latent.Code, hidden);
    }

    public override string? Kl(GraphBuilder graph) => null;
}
