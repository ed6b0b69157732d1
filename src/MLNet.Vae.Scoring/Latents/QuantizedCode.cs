using MLNet.Vae.Architectures;

namespace MLNet.Vae.Latents;

/// <summary>z = the entries of a codebook nearest to the encoder's output, one for each part of it, side by side; the prior is uniform over the entries.</summary>
/// <param name="Encoder"><c>[codes·dimension, hidden]</c>.</param>
/// <param name="Codebook">The entries, row-major, <c>[codebook, dimension]</c>.</param>
/// <param name="Dimension">Length of an entry.</param>
internal sealed record QuantizedCode(DenseLayer Encoder, float[] Codebook, int Dimension) : LatentNetwork
{
    public override int Length => Encoder.Outputs;

    public override int CodeCount => Length / Dimension;

    public override int CodebookSize => Codebook.Length / Dimension;
}
