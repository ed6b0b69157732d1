using MLNet.Vae.Onnx;

namespace MLNet.Vae.Latents;

/// <summary>
/// From the encoder's last hidden layer to the latent variable, and its prior, of a trained model: its numbers, and how it writes itself as
/// nodes. A new latent variable is a record here and a <see cref="LatentDescriptor"/>.
/// </summary>
internal abstract record LatentNetwork
{
    /// <summary>Length of the code that the decoder reads, which is also that of the embedding.</summary>
    public abstract int Length { get; }

    /// <summary>Components of a mixture prior; <see langword="null"/>: the prior is none.</summary>
    public virtual IReadOnlyList<VaeMixtureComponent>? Components => null;

    /// <summary>Codes of a row; 0: there is no codebook.</summary>
    public virtual int CodeCount => 0;

    /// <summary>Classes of a row; 0: it has none.</summary>
    public virtual int ClassCount => 0;

    /// <summary>Entries of the codebook; 0: there is none.</summary>
    public virtual int CodebookSize => 0;

    /// <summary>Lines and columns of a map that the codes of a row are; <see langword="null"/>: they are none.</summary>
    public virtual (int Height, int Width)? CodeMap => null;

    /// <summary>Dimensions of each level, from the one that the decoder reads up; empty: there are no levels.</summary>
    public virtual IReadOnlyList<int> LevelDimensions => [];

    /// <summary>
    /// From the encoder's last hidden layer, <c>[N, hidden]</c>, to <see cref="TensorNames.Mean"/> and what else this variable gives.
    /// </summary>
    public abstract void Encode(GraphBuilder graph, string hidden);

    /// <summary>
    /// From <see cref="TensorNames.Latent"/> and <see cref="TensorNames.NormalisedCondition"/> to <see cref="TensorNames.PriorMean"/> and
    /// <see cref="TensorNames.PriorLogSigma"/>, where the prior is not N(0, I).
    /// </summary>
    public virtual void WritePrior(GraphBuilder graph)
    {
    }

    /// <summary>
    /// KL(q(z | x) ‖ p(z)) of each row, <c>[N, 1]</c>, nats, from the tensors that <see cref="Encode"/> and <see cref="WritePrior"/> wrote;
    /// <see langword="null"/>: there is none.
    /// </summary>
    public abstract string? Kl(GraphBuilder graph);

    /// <summary>
    /// A sample z ~ q(z | x), <c>[S·N, L]</c>, and ln p(z) − ln q(z | x) of it, nats, <c>[S·N, 1]</c>, from the tensors that
    /// <see cref="Encode"/>
    /// wrote (<see cref="GraphFormulas.PerSample"/> repeats them); <see langword="null"/>: this variable has no density.
    /// </summary>
    /// <param name="graph">Takes the nodes.</param>
    /// <param name="noise">
    /// Standard normal, <c>[S·N, L]</c>: all rows with their first sample, then all with their second, and so on.
    /// </param>
    public virtual (string Z, string LogRatio)? Sample(GraphBuilder graph, string noise) => null;

    /// <summary>What the decoder reads of a whole code z, <c>[N, L]</c>.</summary>
    public virtual string Decoded(GraphBuilder graph, string z) => z;
}
