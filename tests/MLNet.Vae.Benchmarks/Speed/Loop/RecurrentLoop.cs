using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Vae.Benchmarks.Speed.Loop;

/// <summary>Series by torch's own GRU each way; the decoder reads the code and a learned vector of the step at each.</summary>
internal sealed class RecurrentLoop : LoopModel
{
    private readonly int _steps, _channels;
    private readonly GRU _encoder, _decoder;
    private readonly Parameter _places;
    private readonly Module<Tensor, Tensor> _mean, _logSigma, _output;

    public RecurrentLoop(int steps, int channels, int units, int latent) : base(nameof(RecurrentLoop))
    {
        (_steps, _channels) = (steps, channels);
        (_encoder, _decoder) = (GRU(channels, units), GRU(latent, units));
        _places = new Parameter(randn(steps, 1, latent));
        (_mean, _logSigma, _output) = (Linear(units, latent), Linear(units, latent), Linear(units, channels));
        RegisterComponents();
    }

    public override Tensor forward(Tensor rows)
    {
        var (_, last) = _encoder.call(rows.view(-1, _steps, _channels).transpose(0, 1));
        var (mean, logSigma) = (_mean.call(last[0]), _logSigma.call(last[0]));
        var (memories, _) = _decoder.call(Draw(mean, logSigma).unsqueeze(0) + _places);
        var output = _output.call(memories).transpose(0, 1).reshape(rows.shape);
        return Reconstruction(output, rows) + Kl(mean, logSigma).sum(1).mean();
    }
}
