using MLNet.Vae.Checkpoints;
using MLNet.Vae.Modules;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Vae.Latents;

/// <summary>
/// The entries e of a vector-quantised variable: moving averages of the encoder's outputs that they stand for (van den Oord, Vinyals and
/// Kavukcuoglu 2017, appendix A.1). Entries and averages are slots without a gradient, which leaves Adam idle, so that the best epoch's
/// come back.
/// </summary>
internal sealed class Codebook
{
    /// <summary>ε of the Laplace smoothing: no entry is divided by a count of 0.</summary>
    internal const double Smoothing = 1e-5;

    /// <summary>The decay is (1 + t) / (10 + t) after t batches, where that is less, as in TensorFlow's moving averages.</summary>
    private const double WarmUp = 10;

    private static readonly Scalar MinusTwo = -2, Epsilon = Smoothing;

    private readonly VectorQuantizedLatent _options;
    private readonly Generator _random;
    private readonly Trainable _entries;
    private readonly Trainable _counts;
    private readonly Trainable _sums;
    private int _batches;

    public Codebook(VectorQuantizedLatent options, ParameterVector parameters, Generator random)
    {
        (_options, _random) = (options, random);
        _entries = parameters.Add(Dense.Initial(options.CodeDimension, random, options.CodebookSize, options.CodeDimension));
        _counts = parameters.Add(zeros(options.CodebookSize));
        _sums = parameters.Add(zeros(options.CodebookSize, options.CodeDimension));
    }

    /// <summary>e, <c>[codebook, dimension]</c>.</summary>
    public Tensor Entries => _entries.Value.detach();

    /// <summary>N, the moving average of how many vectors of a batch each entry stands for, <c>[codebook]</c>.</summary>
    public Tensor Counts => _counts.Value.detach();

    /// <summary>argmin ‖z − e‖² of each row, by ‖e‖² − 2 z·e: <c>[rows, dimension]</c> → <c>[rows]</c>.</summary>
    public Tensor Nearest(Tensor z) => nn.functional.linear(z, MinusTwo * Entries, Entries.Squared().sum(1L)).argmin(1);

    /// <summary><c>[rows]</c> → <c>[rows, dimension]</c>.</summary>
    public Tensor Lookup(Tensor codes) => Entries.index_select(0, codes);

    /// <summary>Which entry stands for which row, as ones among zeros: <c>[rows]</c> → <c>[rows, codebook]</c>.</summary>
    public Tensor OneHot(Tensor codes) => nn.functional.one_hot(codes, _options.CodebookSize).to_type(ScalarType.Float32);

    /// <summary>Learns from a batch.</summary>
    /// <param name="z">The encoder's outputs, <c>[rows, dimension]</c>.</param>
    /// <param name="oneHot">Which entry stands for which, <c>[rows, codebook]</c>.</param>
    public void Learn(Tensor z, Tensor oneHot)
    {
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        // The entries that the first batch meets are random: nothing is learned of what they stand for, and all of them are dead.
        if (_batches++ > 0)
            Update(z, oneHot);
        Reseed(z);
    }

    public void Exchange(TrainingState state) => state.Value("codebook.batches", ref _batches);

    public float[] Export() => _entries.ToArray();

    /// <summary>N ← γN + (1 − γ)n, m ← γm + (1 − γ)Σz, e = m / N̂, with N̂ = (N + ε) / (ΣN + Kε) · ΣN.</summary>
    private void Update(Tensor z, Tensor oneHot)
    {
        // While the encoder is young its outputs drift faster than long averages follow, and all of them would end up at one entry: the
        // first averages are short.
        var decay = Math.Min(_options.Decay, (1.0 + _batches) / (WarmUp + _batches));
        using Scalar kept = decay, gain = 1 - decay, totalSmoothing = _options.CodebookSize * Smoothing;
        _counts.Value.mul_(kept).add_(oneHot.sum(0L), gain);
        _sums.Value.mul_(kept).add_(oneHot.t().mm(z), gain);

        var total = Counts.sum();
        var smoothed = Counts.Plus(Epsilon) / total.Plus(totalSmoothing) * total;
        _entries.Value.copy_(_sums.Value / smoothed.view(-1, 1));
    }

    /// <summary>Entries that stand for next to nothing become outputs of the encoder, as far as the rows go, with the mean use.</summary>
    private void Reseed(Tensor z)
    {
        var rows = z.size(0);
        var meanUse = (double)rows / _options.CodebookSize;
        using Scalar threshold = _options.DeadCodeThreshold * meanUse, use = meanUse;
        var dead = Counts.le(threshold).nonzero().view(-1);
        var count = Math.Min(dead.size(0), rows);
        if (count == 0)
            return;
        var reborn = dead.narrow(0, 0, count);
        var seeds = z.index_select(0, randperm(rows, generator: _random).narrow(0, 0, count).to(z.device));
        _entries.Value.index_copy_(0, reborn, seeds);
        _sums.Value.index_copy_(0, reborn, use * seeds);
        _counts.Value.index_copy_(0, reborn, use * ones((int)count, device: z.device));
    }
}
