using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Vae.Benchmarks.Speed.Loop;

/// <summary>Gaussian latent variable. Rows are the features and then the condition, of which encoder and decoder are told.</summary>
internal sealed class GaussianLoop : LoopModel
{
    private readonly int _features, _condition;
    private readonly Module<Tensor, Tensor> _encoder, _mean, _logSigma, _decoder;

    public GaussianLoop(int features, int hidden, int latent, int condition = 0) : this(
        features, condition, Hidden(features + condition, hidden), hidden, latent,
        Sequential(Linear(latent + condition, hidden), ReLU(), Linear(hidden, features)))
    {
    }

    private GaussianLoop(
        int features,
        int condition,
        Module<Tensor, Tensor> encoder,
        int hidden,
        int latent,
        Module<Tensor, Tensor> decoder
    )
        : base(nameof(GaussianLoop))
    {
        (_features, _condition) = (features, condition);
        (_encoder, _decoder) = (encoder, decoder);
        (_mean, _logSigma) = (Linear(hidden, latent), Linear(hidden, latent));
        RegisterComponents();
    }

    /// <summary>Pictures of 28 × 28; convolutions of 4 × 4 with stride 2, to 32 and 64 maps, and a hidden layer.</summary>
    public static GaussianLoop Convolutional(int hidden, int latent)
    {
        const int Side = 28, First = 32, Second = 64, Left = Side / 4;
        return new(
            Side * Side, 0,
            Sequential(
                Unflatten(1, [1, Side, Side]), Conv2d(1, First, 4, 2, 1), ReLU(), Conv2d(First, Second, 4, 2, 1), ReLU(),
                Flatten(), Linear(Second * Left * Left, hidden), ReLU()),
            hidden, latent,
            Sequential(
                Linear(latent, hidden), ReLU(), Linear(hidden, Second * Left * Left), ReLU(), Unflatten(1, [Second, Left, Left]),
                ConvTranspose2d(Second, First, 4, 2, 1), ReLU(), ConvTranspose2d(First, 1, 4, 2, 1), Flatten()));
    }

    public override Tensor forward(Tensor rows)
    {
        var x = _condition == 0 ? rows : rows.narrow(1, 0, _features);
        var h = _encoder.call(rows);
        var (mean, logSigma) = (_mean.call(h), _logSigma.call(h));
        var z = Draw(mean, logSigma);
        var output = _decoder.call(_condition == 0 ? z : cat([z, rows.narrow(1, _features, _condition)], 1));
        return Reconstruction(output, x) + Kl(mean, logSigma).sum(1).mean();
    }
}
