using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Vae.Benchmarks.Speed.Loop;

/// <summary>
/// Two levels, inferred by a ladder (Sønderby et al. 2016): the lower posterior is the precision-weighted combination of the row's estimate
/// and the prior.
/// </summary>
internal sealed class HierarchicalLoop : LoopModel
{
    private readonly Module<Tensor, Tensor> _encoder,
        _mean,
        _logSigma,
        _up,
        _topMean,
        _topLogSigma,
        _down,
        _priorMean,
        _priorLogSigma,
        _decoder;

    public HierarchicalLoop(int features, int hidden, int lower, int top) : base(nameof(HierarchicalLoop))
    {
        _encoder = Hidden(features, hidden);
        (_mean, _logSigma) = (Linear(hidden, lower), Linear(hidden, lower));
        _up = Hidden(hidden, hidden);
        (_topMean, _topLogSigma) = (Linear(hidden, top), Linear(hidden, top));
        _down = Hidden(top, hidden);
        (_priorMean, _priorLogSigma) = (Linear(hidden, lower), Linear(hidden, lower));
        _decoder = Sequential(Linear(lower, hidden), ReLU(), Linear(hidden, features));
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        var h = _encoder.call(x);
        var (estimate, estimateLogSigma) = (_mean.call(h), _logSigma.call(h));
        var u = _up.call(h);
        var (topMean, topLogSigma) = (_topMean.call(u), _topLogSigma.call(u));

        var d = _down.call(Draw(topMean, topLogSigma));
        var (priorMean, priorLogSigma) = (_priorMean.call(d), _priorLogSigma.call(d));
        var (precision, priorPrecision) = (exp(-2 * estimateLogSigma), exp(-2 * priorLogSigma));
        var mean = (estimate * precision + priorMean * priorPrecision) / (precision + priorPrecision);
        var logSigma = -log(precision + priorPrecision) / 2;

        var output = _decoder.call(Draw(mean, logSigma));
        var kl = Kl((mean - priorMean) / exp(priorLogSigma), logSigma - priorLogSigma).sum(1) + Kl(topMean, topLogSigma).sum(1);
        return Reconstruction(output, x) + kl.mean();
    }
}
