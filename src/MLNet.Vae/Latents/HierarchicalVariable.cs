using MLNet.Vae.Architectures;
using MLNet.Vae.Modules;
using MLNet.Vae.Objectives;
using TorchSharp;
using static System.FormattableString;
using static TorchSharp.torch;

namespace MLNet.Vae.Latents;

/// <summary>
/// p(z) = N(z_L; 0, I) Π p(z_l | z_{l+1}), inferred by a ladder (Sønderby et al. 2016): a deterministic pass up makes an estimate of each
/// level from the row, and the posterior comes down as the prior does, each level the precision-weighted combination of both.
/// </summary>
internal sealed class HierarchicalVariable : LatentVariable
{
    /// <summary>A level whose posterior differs from its prior by no more is as good as not there.</summary>
    private const double CollapsedNats = 0.1;

    private readonly Level[] _levels;
    private readonly int[] _dimensions;

    public HierarchicalVariable(LatentSurroundings surroundings, HierarchicalLatent options, ParameterVector parameters, Generator random)
    {
        _dimensions = [.. options.Dimensions];
        _levels = new Level[_dimensions.Length];
        var (hidden, architecture) = (surroundings.Hidden, surroundings.Architecture);
        var style = architecture.HiddenStyle with { HiddenSizes = [options.HiddenSize], Dropout = 0 };
        for (var l = 0; l < _levels.Length; l++)
        {
            var body = l == 0 ? null : Between(hidden);
            hidden = body?.Outputs ?? hidden;
            var estimate = new GaussianHead(
                hidden, _dimensions[l], surroundings.SharesPosteriorSigma, parameters, random,
                l == Top ? GaussianStart.OfPosterior : GaussianStart.OfEstimate);
            var prior = l == Top ? null : new LearnedPrior(Between(_dimensions[l + 1]), _dimensions[l], parameters, random);
            _levels[l] = new(body, estimate, prior);
        }

        Mlp Between(int inputs) => new(inputs, condition: 0, style.HiddenSizes, style, outputs: null, parameters, random);
    }

    public override int Length => _dimensions.Sum();

    public override int DecodedLength => _dimensions[0];

    private int Top => _levels.Length - 1;

    public override LatentInference Infer(Tensor hidden, Tensor? condition, Tensor noise, int samples, bool densities)
    {
        var estimates = Estimate(hidden);
        var drawn = Descend([.. estimates.Select(e => (e.Mean.PerSample(samples), e.LogSigma.PerSample(samples)))], noise);
        var (mean, logSigma) = Means(estimates);
        return new(
            SideBySide(drawn, code => code.Z), mean, logSigma,
            MeanOfSamples(SideBySide(drawn, code => GaussianKl.PerDimension(code.Mean, code.LogSigma)), samples),
            densities
                ? GaussianVariable.LogRatio(SideBySide(drawn, code => code.InUnits), SideBySide(drawn, code => code.LogSigma), noise)
                : null
        );
    }

    public override Tensor Decoded(Tensor z) => z.narrow(1, 0, DecodedLength);

    public override IReadOnlyList<double> KlPerLevel(IReadOnlyList<double> klPerDimension)
        => [.. _dimensions.Select((dimension, l) => klPerDimension.Skip(Start(l)).Take(dimension).Sum())];

    public override string? Warning(VaeEpoch epoch)
    {
        if (base.Warning(epoch) is { } warning)
            return warning;
        var kl = KlPerLevel(epoch.KlPerDimension);
        string[] collapsed =
        [
            .. Enumerable
                .Range(0, kl.Count)
                .Where(l => kl[l] < CollapsedNats)
                .Select(l => Invariant($"{l + 1} (KL {kl[l]:F3} nats per row)")),
        ];
        return collapsed.Length == 0
            ? null
            : $"Of {kl.Count} levels, these have collapsed: {string.Join(", ", collapsed)}. Their posterior is their prior, and they say "
                + "nothing of their own about a row. Raise WarmUpEpochs or FreeBits, or leave levels out.";
    }

    public override LatentNetwork Export() => new HierarchicalPosterior(
        [.. _levels.Select(level =>
        {
            var (mean, logSigma) = level.Estimate.Export();
            return new LatentLevel([.. level.Body?.Export() ?? []], mean, logSigma, level.Prior?.Export());
        })],
        (GaussianHead.MinimumLogSigma, GaussianHead.MaximumLogSigma));

    /// <summary>The way up: d₁ = hidden, d_l = f(d_{l−1}), and of each d_l mean and log σ, <c>[rows, latent of the level]</c>.</summary>
    private (Tensor Mean, Tensor LogSigma)[] Estimate(Tensor hidden)
    {
        var estimates = new (Tensor, Tensor)[_levels.Length];
        for (var l = 0; l <= Top; l++)
        {
            hidden = _levels[l].Body?.Forward(hidden, condition: null, dropout: null) ?? hidden;
            estimates[l] = _levels[l].Estimate.Forward(hidden);
        }
        return estimates;
    }

    /// <summary>The way down.</summary>
    /// <param name="estimates">Of each level.</param>
    /// <param name="noise"><c>[rows, latent]</c>; <see langword="null"/>: every level takes its posterior mean.</param>
    private LevelSample[] Descend((Tensor Mean, Tensor LogSigma)[] estimates, Tensor? noise)
    {
        var codes = new LevelSample[_levels.Length];
        for (var l = Top; l >= 0; l--)
        {
            var (mean, logSigma) = estimates[l];
            var epsilon = noise?.narrow(1, Start(l), _dimensions[l]);
            if (_levels[l].Prior is not { } prior)
            {
                var top = Draw(mean, logSigma, epsilon);
                codes[l] = new(top, top, mean, logSigma, null);
                continue;
            }
            var (m, logS) = prior.Forward(codes[l + 1].Z);
            var s = logS.exp();
            var r = GaussianKl.Two * (logSigma - logS);
            var combined = (Mean: (-r).sigmoid() * (mean - m) / s, LogSigma: r.log_sigmoid() / GaussianKl.Two);
            var inUnits = Draw(combined.Mean, combined.LogSigma, epsilon);
            codes[l] = new(m.Plus(s * inUnits), inUnits, combined.Mean, combined.LogSigma, logS);
        }
        return codes;
    }

    /// <summary>
    /// The posterior means, those below given those above, and log σ there, <c>[rows, latent]</c> each. Nothing is learned from them.
    /// </summary>
    private (Tensor Mean, Tensor LogSigma) Means((Tensor Mean, Tensor LogSigma)[] estimates)
    {
        using var _ = no_grad();
        var codes = Descend(estimates, noise: null);
        return (SideBySide(codes, code => code.Z), SideBySide(codes, code => code.PriorLogSigma?.Plus(code.LogSigma) ?? code.LogSigma));
    }

    private static Tensor Draw(Tensor mean, Tensor logSigma, Tensor? noise)
        => noise is null ? mean : GaussianVariable.Reparameterise(mean, logSigma, noise);

    /// <summary><c>[samples·rows, latent]</c> → <c>[rows, latent]</c>.</summary>
    private static Tensor MeanOfSamples(Tensor values, int samples)
    {
        if (samples == 1)
            return values;
        using Scalar count = samples;
        return values.view(samples, -1, values.size(1)).sum(0L) / count;
    }

    private static Tensor SideBySide(LevelSample[] codes, Func<LevelSample, Tensor> part) =>
        codes.Length == 1 ? part(codes[0]) : cat([.. codes.Select(part)], 1);

    private int Start(int level) => _dimensions.Take(level).Sum();

    /// <param name="Body">Makes what the level reads from what the level below read; <see langword="null"/>: they read the same.</param>
    /// <param name="Estimate">Of z from the row alone.</param>
    /// <param name="Prior">Given the level above; <see langword="null"/>: N(0, I), at the top.</param>
    private sealed record Level(Mlp? Body, GaussianHead Estimate, LearnedPrior? Prior);

    /// <summary>
    /// One level of a code. Divergences and ratios of densities do not change with the units of z, and in those of the prior N(m, s²) the
    /// prior is N(0, I). With r = 2(ln σ̂ − ln s) the combination of estimate N(μ̂, σ̂²) and prior has, in these units, the mean
    /// sigmoid(−r)·(μ̂ − m) / s and the log σ ½ ln sigmoid(r).
    /// </summary>
    /// <param name="Z">m + s·<paramref name="InUnits"/>.</param>
    /// <param name="InUnits">(z − m) / s.</param>
    /// <param name="Mean">Of the posterior, in units of the prior.</param>
    /// <param name="LogSigma">Of the posterior, in units of the prior.</param>
    /// <param name="PriorLogSigma">ln s; <see langword="null"/>: 0.</param>
    private sealed record LevelSample(Tensor Z, Tensor InUnits, Tensor Mean, Tensor LogSigma, Tensor? PriorLogSigma);
}
