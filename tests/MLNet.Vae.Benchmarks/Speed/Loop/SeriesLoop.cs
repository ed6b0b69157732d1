using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Vae.Benchmarks.Speed.Loop;

/// <summary>
/// Series by convolutions of 4 steps with stride 2, to 32 and 64 maps, two residual blocks after each, the second dilated.
/// </summary>
internal sealed class SeriesLoop : LoopModel
{
    private const int First = 32, Second = 64;

    private readonly int _steps, _channels;
    private readonly Module<Tensor, Tensor> _encoder, _mean, _logSigma, _decoder;

    public SeriesLoop(int steps, int channels, int latent) : base(nameof(SeriesLoop))
    {
        (_steps, _channels) = (steps, channels);
        var left = Second * (steps / 4);
        _encoder = Sequential(
            Conv1d(channels, First, 4, 2, 1), new Residual(First, 1), new Residual(First, 2), ReLU(),
            Conv1d(First, Second, 4, 2, 1), new Residual(Second, 1), new Residual(Second, 2), ReLU(), Flatten());
        (_mean, _logSigma) = (Linear(left, latent), Linear(left, latent));
        _decoder = Sequential(
            Linear(latent, left), Unflatten(1, [Second, steps / 4]),
            new Residual(Second, 1), new Residual(Second, 2), ReLU(), ConvTranspose1d(Second, First, 4, 2, 1),
            new Residual(First, 1), new Residual(First, 2), ReLU(), ConvTranspose1d(First, channels, 4, 2, 1));
        RegisterComponents();
    }

    public override Tensor forward(Tensor rows)
    {
        var h = _encoder.call(rows.view(-1, _steps, _channels).transpose(1, 2));
        var (mean, logSigma) = (_mean.call(h), _logSigma.call(h));
        var output = _decoder.call(Draw(mean, logSigma)).transpose(1, 2).reshape(rows.shape);
        return Reconstruction(output, rows) + Kl(mean, logSigma).sum(1).mean();
    }

    private sealed class Residual : Module<Tensor, Tensor>
    {
        private readonly Module<Tensor, Tensor> _branch;

        public Residual(int maps, int dilation) : base(nameof(Residual))
        {
            _branch = Sequential(ReLU(), Conv1d(maps, maps, 3, 1, dilation, dilation), ReLU(), Conv1d(maps, maps, 1));
            RegisterComponents();
        }

        public override Tensor forward(Tensor x) => x + _branch.call(x);
    }
}
