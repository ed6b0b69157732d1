using MLNet.Vae.Onnx;

namespace MLNet.Vae.Latents;

/// <summary>
/// A latent variable as nodes. A new one is a class here, a record beside <see cref="LatentNetwork"/>, and a class beside Modules/LatentVariable
/// in training.
/// </summary>
internal abstract class LatentGraph
{
    public static LatentGraph Of(LatentNetwork latent) => latent switch
    {
        GaussianCode gaussian => new GaussianLatentGraph(gaussian),
        HierarchicalCode hierarchical => new HierarchicalLatentGraph(hierarchical),
        MixtureCode mixture => new MixtureLatentGraph(mixture),
        DeterministicCode deterministic => new DeterministicLatentGraph(deterministic),
        QuantizedCode quantized => new QuantizedLatentGraph(quantized),
        _ => throw new NotSupportedException($"No ONNX form is written for {latent.GetType().Name}."),
    };

    /// <summary>From the encoder's last hidden layer, <c>[N, hidden]</c>, to <see cref="TensorNames.Mean"/> and what else this variable gives (GraphInterface).</summary>
    public abstract void Encode(GraphBuilder graph, string hidden);

    /// <summary>
    /// From <see cref="TensorNames.Latent"/> and <see cref="TensorNames.NormalisedCondition"/> to <see cref="TensorNames.PriorMean"/> and
    /// <see cref="TensorNames.PriorLogSigma"/>, where the prior is not N(0, I).
    /// </summary>
    public virtual void Prior(GraphBuilder graph)
    {
    }

    /// <summary>KL(q(z | x) ‖ p(z)) of each row, <c>[N, 1]</c>, nats, from the tensors that <see cref="Encode"/> and <see cref="Prior"/> wrote; <see langword="null"/>: there is none.</summary>
    public abstract string? Kl(GraphBuilder graph);

    /// <summary>
    /// A sample z ~ q(z | x), <c>[S·N, L]</c>, and ln p(z) − ln q(z | x) of it, nats, <c>[S·N, 1]</c>, from the tensors that <see cref="Encode"/>
    /// wrote (<see cref="GraphFormulas.PerSample"/> repeats them); <see langword="null"/>: this variable has no density.
    /// </summary>
    /// <param name="graph">Takes the nodes.</param>
    /// <param name="noise">Standard normal, <c>[S·N, L]</c>: all rows with their first sample, then all with their second, and so on.</param>
    public virtual (string Z, string LogRatio)? Sample(GraphBuilder graph, string noise) => null;

    /// <summary>What the decoder reads of a whole code z, <c>[N, L]</c>.</summary>
    public virtual string Decoded(GraphBuilder graph, string z) => z;
}
