using MLNet.Vae.Architectures;
using MLNet.Vae.Onnx;
using static MLNet.Vae.Onnx.GraphBuilder;

namespace MLNet.Vae.Latents;

/// <summary>
/// p(z) = p(z₁ | z₂) … p(z_L): levels of Gaussians, each the prior of the one below, with the inference of a ladder (Sønderby et al. 2016):
/// the estimate that each level makes on the way up is combined with its prior on the way down. Tensors of level n, counted from 1 next to
/// the decoder, are called "level(n).…"; a code is the levels z₁, …, z_L side by side.
/// </summary>
/// <param name="Levels">From the one that the decoder reads up.</param>
/// <param name="LogSigmaRange">Bounds that every log σ that a network gives is clamped to.</param>
internal sealed record HierarchicalPosterior(IReadOnlyList<LatentLevel> Levels, (float Minimum, float Maximum) LogSigmaRange)
    : LatentNetwork
{
    public override int Length => Levels.Sum(level => level.Length);

    public override IReadOnlyList<int> LevelDimensions => [.. Levels.Select(level => level.Length)];

    private int Top => Levels.Count - 1;

    public override void Encode(GraphBuilder graph, string hidden)
    {
        for (var l = 0; l <= Top; l++)
        {
            hidden = graph.Layers($"{Name(l)}.body", Levels[l].Body, hidden);
            Normal(graph, $"{Name(l)}.estimate", Levels[l].Mean, Levels[l].LogSigma, hidden);
        }
        var (means, logSigmas) = (new string[Top + 1], new string[Top + 1]);
        for (var l = Top; l >= 0; l--)
        {
            var (mean, logSigma) = Estimate(l);
            if (l < Top)
            {
                var prior = Prior(graph, l, means[l + 1]);
                var priorSigma = graph.Node("Exp", $"{Name(l)}.prior.sigma", prior.LogSigma);
                (mean, logSigma) = InUnitsOfThePrior(graph, l, (mean, logSigma), prior, priorSigma);
                mean = InUnitsOfTheCode(graph, $"{Name(l)}.mean", mean, prior.Mean, priorSigma);
                logSigma = graph.Node("Add", $"{Name(l)}.log_sigma", logSigma, prior.LogSigma);
            }
            (means[l], logSigmas[l]) = (mean, logSigma);
        }
        SideBySide(graph, TensorNames.Mean, means);
        SideBySide(graph, TensorNames.LogSigma, logSigmas);
    }

    /// <summary>The sum of each level's, with the levels above at their posterior means.</summary>
    public override string Kl(GraphBuilder graph)
    {
        var levels = Enumerable.Range(0, Top + 1).Select(l => l == Top ? Estimate(l) : Combined(l)).ToArray();
        return GaussianTerms.Kl(
            graph,
            SideBySide(graph, "kl.mean", [.. levels.Select(level => level.Mean)]),
            SideBySide(graph, "kl.log_sigma", [.. levels.Select(level => level.LogSigma)]));
    }

    public override void WritePrior(GraphBuilder graph)
    {
        var within = graph.Within("prior/");
        var (means, logSigmas) = (new string[Top + 1], new string[Top + 1]);
        var above = "";
        for (var l = 0; l < Top; l++)
        {
            above = Slice(within, TensorNames.Latent, l + 1);
            (means[l], logSigmas[l]) = Prior(within, l, above);
        }
        var top = Top == 0 ? TensorNames.Latent : above;
        means[Top] = logSigmas[Top] = within.Node("Mul", "zero", top, graph.Constant("prior.zero", 0));
        SideBySide(graph, TensorNames.PriorMean, means);
        SideBySide(graph, TensorNames.PriorLogSigma, logSigmas);
    }

    public override (string Z, string LogRatio)? Sample(GraphBuilder graph, string noise)
    {
        var (codes, inUnits, logSigmas) = (new string[Top + 1], new string[Top + 1], new string[Top + 1]);
        for (var l = Top; l >= 0; l--)
        {
            var estimate = (Mean: graph.PerSample(Estimate(l).Mean), LogSigma: graph.PerSample(Estimate(l).LogSigma));
            if (l == Top)
            {
                codes[l] = inUnits[l] = Draw(graph, l, estimate, noise);
                logSigmas[l] = estimate.LogSigma;
                continue;
            }
            var prior = Prior(graph, l, codes[l + 1]);
            var priorSigma = graph.Node("Exp", $"{Name(l)}.prior.sigma", prior.LogSigma);
            var posterior = InUnitsOfThePrior(graph, l, estimate, prior, priorSigma);
            (inUnits[l], logSigmas[l]) = (Draw(graph, l, posterior, noise), posterior.LogSigma);
            codes[l] = InUnitsOfTheCode(graph, $"{Name(l)}.z", inUnits[l], prior.Mean, priorSigma);
        }
        var ratio = GaussianTerms.LogRatio(
            graph, SideBySide(graph, "z.in_units", inUnits), SideBySide(graph, "z.log_sigma", logSigmas), noise);
        return (SideBySide(graph, "z", codes), ratio);
    }

    public override string Decoded(GraphBuilder graph, string z) => Slice(graph, z, 0);

    private static string Name(int level) => $"level{level + 1}";

    /// <summary>What the level makes of the row alone, written by <see cref="Encode"/>.</summary>
    private static (string Mean, string LogSigma) Estimate(int l) => ($"{Name(l)}.estimate.mean", $"{Name(l)}.estimate.log_sigma");

    /// <summary>The posterior in units of the prior, as <see cref="InUnitsOfThePrior"/> calls it.</summary>
    private static (string Mean, string LogSigma) Combined(int l) => ($"{Name(l)}.combined.mean", $"{Name(l)}.combined.log_sigma");

    private (string Mean, string LogSigma) Prior(GraphBuilder graph, int l, string above)
    {
        var prior = Levels[l].Prior!;
        return Normal(graph, $"{Name(l)}.prior", prior.Mean, prior.LogSigma, graph.Layers($"{Name(l)}.prior.body", prior.Hidden, above));
    }

    private (string Mean, string LogSigma) Normal(GraphBuilder graph, string name, DenseLayer mean, DenseLayer logSigma, string hidden) => (
        mean.Write(graph, $"{name}.mean", hidden),
        graph.Clamp($"{name}.log_sigma", logSigma.Write(graph, $"{name}.log_sigma.unclamped", hidden), LogSigmaRange));

    /// <summary>
    /// The precision-weighted combination of estimate N(μ̂, σ̂²) and prior N(m, s²), as (z − m) / s: with r = 2(ln σ̂ − ln s) its mean is
    /// sigmoid(−r)·(μ̂ − m) / s, and its log σ is ½ ln sigmoid(r) = −½ softplus(−r).
    /// </summary>
    private static (string Mean, string LogSigma) InUnitsOfThePrior(
        GraphBuilder graph, int l, (string Mean, string LogSigma) estimate, (string Mean, string LogSigma) prior, string priorSigma)
    {
        var (mean, logSigma) = Combined(l);
        var difference = graph.Node("Sub", $"{Name(l)}.log_ratio", prior.LogSigma, estimate.LogSigma);
        var minusR = graph.Node("Mul", $"{Name(l)}.minus_r", difference, graph.Constant("level.two", 2));
        var distance = graph.Node("Sub", $"{Name(l)}.distance", estimate.Mean, prior.Mean);
        var inUnits = graph.Node("Div", $"{Name(l)}.distance_in_units", distance, priorSigma);
        var softplus = graph.Node("Softplus", $"{Name(l)}.softplus", minusR);
        return (
            graph.Node("Mul", mean, graph.Node("Sigmoid", $"{Name(l)}.weight", minusR), inUnits),
            graph.Node("Mul", logSigma, softplus, graph.Constant("level.minus_half", -0.5f)));
    }

    /// <summary>m + s·value.</summary>
    private static string InUnitsOfTheCode(GraphBuilder graph, string name, string value, string priorMean, string priorSigma)
        => graph.Node("Add", name, graph.Node("Mul", $"{name}.scaled", value, priorSigma), priorMean);

    /// <summary>mean + σ·noise of the level.</summary>
    private string Draw(GraphBuilder graph, int l, (string Mean, string LogSigma) posterior, string noise)
    {
        var sigma = graph.Node("Exp", $"{Name(l)}.sigma", posterior.LogSigma);
        var shift = graph.Node("Mul", $"{Name(l)}.shift", sigma, Slice(graph, noise, l));
        return graph.Node("Add", $"{Name(l)}.in_units", posterior.Mean, shift);
    }

    private static string SideBySide(GraphBuilder graph, string name, string[] levels)
        => graph.Node("Concat", name, levels, Attribute("axis", 1));

    /// <summary>The part of a code, or of noise for one, that belongs to a level.</summary>
    private string Slice(GraphBuilder graph, string code, int l)
    {
        if (Top == 0)
            return code;
        var start = Levels.Take(l).Sum(level => level.Length);
        return graph.Node(
            "Slice",
            $"{code}.{Name(l)}",
            code,
            graph.Indices($"{Name(l)}.start", start),
            graph.Indices($"{Name(l)}.end", start + Levels[l].Length),
            graph.Indices("level.axes", 1));
    }
}
