using MLNet.Vae.Networks;
using static TorchSharp.torch;

namespace MLNet.Vae.Modules.Latents;

/// <summary>p(z | c) = N(mean(c), diag σ²(c)), learned (Sohn, Lee and Yan 2015); starts near N(0, I).</summary>
internal sealed class ConditionalPrior
{
    private readonly Network _hidden;
    private readonly GaussianHead _head;

    public ConditionalPrior(VaeArchitecture architecture, int condition, int latent, ParameterVector parameters, Generator random)
    {
        _hidden = Network.Prior(architecture, condition, parameters, random);
        _head = new GaussianHead(_hidden.Outputs, latent, sharedSigma: false, parameters, random, nearStandard: true);
    }

    /// <summary><c>[rows, condition]</c> → mean and log σ, <c>[rows, latent]</c> each.</summary>
    public (Tensor Mean, Tensor LogSigma) Forward(Tensor condition) => _head.Forward(_hidden.Forward(condition, condition: null, dropout: null));

    public GaussianPrior Export()
    {
        var (mean, logSigma) = _head.Export();
        return new([.. _hidden.Export()], mean, logSigma);
    }
}
