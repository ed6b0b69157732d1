using MLNet.Vae.Architectures;

namespace MLNet.Vae.Latents;

/// <summary>z = f(hidden), with no distribution.</summary>
/// <param name="Code"><c>[latent, hidden]</c>.</param>
/// <param name="Activation">Bends the code; <see langword="null"/>: not at all.</param>
internal sealed record DeterministicCode(DenseLayer Code, Activation? Activation) : LatentNetwork
{
    public override int Length => Code.Outputs;
}
