using MLNet.Vae.Networks;
using static TorchSharp.torch;

namespace MLNet.Vae.Modules.Latents;

/// <summary>p(z | the level above) = N(mean, diag σ²), by one hidden layer.</summary>
internal sealed class LevelPrior(int above, int latent, MlpArchitecture style, ParameterVector parameters, Generator random)
{
    private readonly Mlp _hidden = new(above, condition: 0, style.HiddenSizes, style, outputs: null, parameters, random);
    private readonly GaussianHead _head = new(style.HiddenSizes[^1], latent, sharedSigma: false, parameters, random);

    /// <summary><c>[rows, above]</c> → mean and log σ, <c>[rows, latent]</c> each.</summary>
    public (Tensor Mean, Tensor LogSigma) Forward(Tensor above) => _head.Forward(_hidden.Forward(above, condition: null, dropout: null));

    public GaussianPrior Export()
    {
        var (mean, logSigma) = _head.Export();
        return new([.. _hidden.Export()], mean, logSigma);
    }
}
