using MLNet.Vae.Architectures;
using MLNet.Vae.Modules;
using static TorchSharp.torch;

namespace MLNet.Vae.Latents;

/// <summary>
/// p(z | y) = N(mean(y), diag σ²(y)), y a condition (Sohn, Lee and Yan 2015) or the level above (Sønderby et al. 2016); starts near N(0,
/// I).
/// </summary>
internal sealed class LearnedPrior(Network hidden, int latent, ParameterVector parameters, Generator random)
{
    private readonly GaussianHead _head = new(hidden.Outputs, latent, sharedSigma: false, parameters, random, GaussianStart.OfPrior);

    /// <summary><c>[rows, y]</c> → mean and log σ, <c>[rows, latent]</c> each.</summary>
    public (Tensor Mean, Tensor LogSigma) Forward(Tensor y) => _head.Forward(hidden.Forward(y, condition: null, dropout: null));

    public GaussianPrior Export()
    {
        var (mean, logSigma) = _head.Export();
        return new([.. hidden.Export()], mean, logSigma);
    }
}
