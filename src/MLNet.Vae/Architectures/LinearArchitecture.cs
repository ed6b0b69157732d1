using MLNet.Vae.Architectures;
using MLNet.Vae.Modules;
using static TorchSharp.torch;

namespace MLNet.Vae;

/// <summary>One linear layer each way; see <see cref="VaeArchitecture.Linear"/>.</summary>
public sealed record LinearArchitecture : VaeArchitecture
{
    internal override bool IsLinear => true;

    internal override bool EndsDense => true;

    internal override string Describe() => "linear";

    internal override Network Encoder(int features, int condition, ParameterVector parameters, Generator random)
        => new Mlp(features, condition, [], null, outputs: null, parameters, random);

    internal override Network Decoder(int latent, int condition, int outputs, ParameterVector parameters, Generator random)
        => new Mlp(latent, condition, [], null, outputs, parameters, random);
}
