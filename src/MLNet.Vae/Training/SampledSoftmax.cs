using MLNet.Vae.Architectures;
using MLNet.Vae.Modules;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Vae.Training;

/// <summary>
/// ln softmax(s) of one link of very many, s = h·Wᵀ + b the decoder's output. A step of training multiplies out the rows of W of the links
/// that the batch has and of K more that are drawn for all of it: with j ~ q, e^(s_t) + 1/K Σ_{j ≠ t} e^(s_j) / q_j is the denominator
/// Σ e^(s_j) in expectation (Bengio and Senécal 2008, eq. 10; Jean et al. 2015, section 3.1). q follows how often links occur, to the power
/// of 3/4 (Mikolov et al. 2013, section 2.2). Judging counts all links.
/// </summary>
internal sealed class SampledSoftmax
{
    private const double Power = 0.75;

    private static readonly Scalar MinusInfinity = float.NegativeInfinity;

    private readonly int _negatives;
    private readonly double[] _shares;

    // Σ of q up to and with each link; −ln(K q).
    private readonly double[] _cumulative;
    private readonly float[] _correction;

    /// <param name="shares">Of all pairs trained on, those with each link.</param>
    /// <param name="negatives">K.</param>
    public SampledSoftmax(double[] shares, int negatives)
    {
        // A link that no pair trained on has is a possible one, as rare as the rarest.
        var least = shares.Where(share => share > 0).Min();
        _shares = Array.ConvertAll(shares, share => Math.Max(share, least / 2));
        _negatives = negatives;
        var weights = Array.ConvertAll(_shares, share => Math.Pow(share, Power));
        var total = weights.Sum();
        _cumulative = new double[weights.Length];
        _correction = new float[weights.Length];
        var sum = 0.0;
        for (var j = 0; j < weights.Length; j++)
        {
            _cumulative[j] = sum += weights[j] / total;
            _correction[j] = (float)-Math.Log(negatives * weights[j] / total);
        }
    }

    /// <summary>b starts as the logarithm of how often links occur, so that W has to say only what is special about a category.</summary>
    public void Start(Span<float> bias)
    {
        for (var j = 0; j < bias.Length; j++)
            bias[j] = (float)Math.Log(_shares[j]);
    }

    /// <param name="decoder">Ends in a linear layer of a row of W for each link.</param>
    /// <param name="z">Codes, <c>[rows, latent]</c>.</param>
    /// <param name="links">The link of each, <c>[rows]</c>.</param>
    /// <param name="random">Draws, in training; <see langword="null"/>: all links are counted.</param>
    /// <returns><c>[rows]</c>.</returns>
    public Tensor LogDensity(Mlp decoder, Tensor z, Tensor links, Generator? random)
    {
        var hidden = decoder.Hidden(z, null, random);
        var output = decoder.Output!;
        if (random is null || _negatives >= _shares.Length)
            return output.Forward(hidden).log_softmax(1).gather(1, links.unsqueeze(1)).squeeze(1);

        var (negatives, correction) = Draw(random, z.device);
        var chosen = cat([links, negatives]);
        long[] sizes = [links.size(0), negatives.size(0)];
        var weights = output.Weight.Value.index_select(0, chosen).split(sizes, 0);
        var biases = output.Bias.Value.index_select(0, chosen).split(sizes, 0);
        var own = (hidden * weights[0]).sum(1L).Plus(biases[0]);
        var others = hidden.matmul(weights[1].t()).Plus(biases[1].Plus(correction))
            .masked_fill(links.unsqueeze(1).eq(negatives.unsqueeze(0)), MinusInfinity);
        return own - cat([own.unsqueeze(1), others], 1).logsumexp(1);
    }

    /// <returns>K links, and what is added to s of each, <c>[K]</c>.</returns>
    private (Tensor Links, Tensor Correction) Draw(Generator random, Device device)
    {
        using var uniform = rand([_negatives], ScalarType.Float64, device, generator: random);
        var links = Array.ConvertAll(uniform.ToDoubles(), Drawn);
        return (tensor(links, device: device), tensor(Array.ConvertAll(links, link => _correction[link]), device: device));
    }

    private long Drawn(double uniform)
    {
        var at = Array.BinarySearch(_cumulative, uniform);
        return Math.Min(at < 0 ? ~at : at, _cumulative.Length - 1);
    }
}
