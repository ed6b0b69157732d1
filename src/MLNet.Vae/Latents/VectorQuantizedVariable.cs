using MLNet.Vae.Checkpoints;
using MLNet.Vae.Modules;
using TorchSharp;
using static System.FormattableString;
using static TorchSharp.torch;

namespace MLNet.Vae.Latents;

/// <summary>
/// z = the nearest entries of a codebook, p(z) uniform over the entries (VQ-VAE: van den Oord, Vinyals and Kavukcuoglu 2017).
/// </summary>
internal sealed class VectorQuantizedVariable(
    LatentSurroundings surroundings, VectorQuantizedLatent options, ParameterVector parameters, Generator random) : LatentVariable
{
    // Of a codebook's entries; well below what rows that are anything but alike give.
    private const double TinyPerplexity = 0.05;

    // The vectors of a map come from the encoder as they are.
    private readonly Dense? _encoder =
        options.IsMap ? null : new(surroundings.Hidden, options.Codes * options.CodeDimension, parameters, random);
    private readonly Codebook _codebook = new(options, parameters, random);
    private (Tensor Encoded, Tensor OneHot)? _batch;

    public override int Length => options.IsMap ? surroundings.Hidden : options.Codes * options.CodeDimension;

    public override int NoiseLength => 0;

    public override bool TakesRowsAlone => false;

    public override int CodebookSize => options.CodebookSize;

    public override LatentInference Infer(Tensor hidden, Tensor? condition, Tensor noise, int samples, bool densities)
    {
        var encoded = _encoder?.Forward(hidden) ?? hidden;
        var vectors = encoded.detach().view(-1, options.CodeDimension);
        var codes = _codebook.Nearest(vectors);
        var oneHot = _codebook.OneHot(codes);
        var quantized = _codebook.Lookup(codes).view(-1, Length);
        _batch = (vectors, oneHot);

        // The commitment is there to teach the encoder. It says nothing of how good a code is, so it does not judge an epoch.
        var commitment = encoded.requires_grad ? Commitment(encoded, quantized) : null;
        // The decoder reads the entries, and its gradient reaches the encoder as if it had read the encoder's output.
        var z = encoded.Plus((quantized - encoded).detach());
        return new(z.PerSample(samples), quantized, null, Kl(quantized), Penalty: commitment, Usage: oneHot.sum(0L));
    }

    public override void AfterStep()
    {
        if (_batch is { } batch)
            _codebook.Learn(batch.Encoded, batch.OneHot);
        _batch = null;
    }

    public override void Exchange(TrainingState state) => _codebook.Exchange(state);

    public override LatentNetwork Export() => new QuantizedPosterior(_encoder?.Export(), _codebook.Export(), options.CodeDimension)
    {
        Map = options.IsMap ? (surroundings.Maps!.Height, surroundings.Maps.Width) : null,
    };

    public override string? Warning(VaeEpoch epoch) =>
        epoch.Perplexity < TinyPerplexity * options.CodebookSize
            ? Invariant(
                $"The codebook is hardly used: the perplexity of its {options.CodebookSize} entries is {epoch.Perplexity:F1}. Train for ")
                    + Invariant($"longer, or lower CodebookSize."
            )
            : null;

    /// <summary>KL(q(z | x) ‖ uniform) = codes · ln K, the same for every row; spread over the dimensions.</summary>
    private Tensor Kl(Tensor quantized)
    {
        using Scalar perDimension = Math.Log(options.CodebookSize) / options.CodeDimension;
        return zeros_like(quantized).fill_(perDimension);
    }

    /// <summary>β·‖encoded − sg(quantized)‖², mean over rows (eq. 3).</summary>
    private Tensor Commitment(Tensor encoded, Tensor quantized)
    {
        using Scalar weight = options.Commitment / encoded.size(0);
        return weight * (encoded - quantized).Squared().sum();
    }
}
