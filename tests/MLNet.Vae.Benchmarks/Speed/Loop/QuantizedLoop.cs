using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Vae.Benchmarks.Speed.Loop;

/// <summary>A codebook that follows the encoder by moving averages (van den Oord, Vinyals and Kavukcuoglu 2017, appendix A.1).</summary>
internal sealed class QuantizedLoop : LoopModel
{
    private const double Commitment = 0.25, Decay = 0.99, Smoothing = 1e-5;

    private readonly int _codes;
    private readonly Module<Tensor, Tensor> _encoder, _decoder;
    private readonly Tensor _entries, _counts, _sums;
    private Tensor? _encoded, _oneHot;

    public QuantizedLoop(int features, int hidden, int latent, int codes) : base(nameof(QuantizedLoop))
    {
        _codes = codes;
        _encoder = Sequential(Linear(features, hidden), ReLU(), Linear(hidden, latent));
        _decoder = Sequential(Linear(latent, hidden), ReLU(), Linear(hidden, features));
        (_entries, _counts) = (randn(codes, latent), ones(codes));
        _sums = _entries.clone();
        RegisterComponents();
        register_buffer("entries", _entries);
        register_buffer("counts", _counts);
        register_buffer("sums", _sums);
    }

    public override Tensor forward(Tensor x)
    {
        var encoded = _encoder.call(x);
        using (no_grad())
        {
            _encoded = encoded.detach();
            var distances = _encoded.pow(2).sum(1, keepdim: true) + _entries.pow(2).sum(1) - 2 * _encoded.matmul(_entries.t());
            _oneHot = functional.one_hot(distances.argmin(1), _codes).to(ScalarType.Float32);
        }
        var quantized = _oneHot.matmul(_entries);
        var commitment = functional.mse_loss(encoded, quantized, Reduction.Sum) / x.shape[0];
        var output = _decoder.call(encoded + (quantized - encoded).detach());
        return Reconstruction(output, x) + Commitment * commitment;
    }

    public override void AfterStep()
    {
        using var _ = no_grad();
        _counts.mul_(Decay).add_(_oneHot!.sum(0), alpha: 1 - Decay);
        _sums.mul_(Decay).add_(_oneHot.t().matmul(_encoded!), alpha: 1 - Decay);
        var total = _counts.sum();
        var smoothed = (_counts + Smoothing) / (total + _codes * Smoothing) * total;
        _entries.copy_(_sums / smoothed.unsqueeze(1));
    }
}
