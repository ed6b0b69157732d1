using Parameter = TorchSharp.Modules.Parameter;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Vae.Benchmarks.Speed.Loop;

/// <summary>A mixture of Gaussians as the prior, everything of it learned, and the bound −ln Σ π_c exp(−KL_c) on its divergence.</summary>
internal sealed class MixtureLoop : LoopModel
{
    private readonly Module<Tensor, Tensor> _encoder, _mean, _logSigma, _decoder;
    private readonly Parameter _logits, _means, _logSigmas;

    public MixtureLoop(int features, int hidden, int latent, int components) : base(nameof(MixtureLoop))
    {
        _encoder = Hidden(features, hidden);
        (_mean, _logSigma) = (Linear(hidden, latent), Linear(hidden, latent));
        _decoder = Sequential(Linear(latent, hidden), ReLU(), Linear(hidden, features));
        (_logits, _means, _logSigmas) = (new(zeros(components)), new(randn(components, latent)), new(zeros(components, latent)));
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        var h = _encoder.call(x);
        var (mean, logSigma) = (_mean.call(h), _logSigma.call(h));
        var output = _decoder.call(Draw(mean, logSigma));
        var kl = Kl((mean.unsqueeze(1) - _means) / exp(_logSigmas), logSigma.unsqueeze(1) - _logSigmas).sum(2);
        return Reconstruction(output, x) - (functional.log_softmax(_logits, 0) - kl).logsumexp(1).mean();
    }
}
