using static TorchSharp.torch;

namespace MLNet.Vae.Architectures;

/// <summary>Two networks of one input, what they give side by side.</summary>
internal sealed class SideBySide(Network first, Network second) : Network
{
    public override int Outputs => first.Outputs + second.Outputs;

    public override Tensor Forward(Tensor x, Tensor? condition, Generator? dropout)
        => cat([first.Forward(x, condition, dropout), second.Forward(x, condition, dropout)], 1);

    public override IEnumerable<Layer> Export()
    {
        yield return new SideBySideLayer([.. first.Export()], [.. second.Export()]);
    }
}
