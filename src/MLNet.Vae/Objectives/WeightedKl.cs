using MLNet.Vae.Modules;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Vae.Objectives;

/// <summary>
/// β Σ max(λ, KL) over the latent dimensions (Higgins et al. 2017, eq. 4; free bits λ: Kingma et al. 2016, eq. 15; warm-up of β: Bowman et
/// al. 2016).
/// </summary>
internal sealed class WeightedKl(VaeObjective options, int values) : KlCost
{
    private double _warmth = options.WarmUpEpochs == 0 ? 1 : 0;

    public override Tensor Of(Tensor kl)
    {
        using Scalar beta = CurrentBeta((int)kl.size(1)), rows = kl.size(0);
        return options.FreeBits == 0 ? beta * kl.sum() / rows : beta * NotBelow(options.FreeBits, kl).sum();
    }

    public override double Of(Evaluation evaluation)
        => FinalBeta(evaluation.KlPerDimension.Count) * evaluation.KlPerDimension.Sum(kl => Math.Max(options.FreeBits, kl));

    public override double CurrentBeta(int latent) => _warmth * FinalBeta(latent);

    public override bool IsFinal => _warmth == 1;

    public override void Enter(int epoch) => _warmth = Math.Min(1, epoch / (options.WarmUpEpochs + 1.0));

    /// <summary>
    /// max(λ, x) = λ + max(0, x − λ), x the mean over the rows, <c>[latent]</c>. A mean that is above λ by less than its standard error
    /// counts as λ: of means that scatter about λ those above would be pushed down and those below left alone, and the dimension would end
    /// below its floor.
    /// </summary>
    private static Tensor NotBelow(double lambda, Tensor kl)
    {
        using Scalar floor = lambda, rows = kl.size(0);
        var mean = kl.sum(0L) / rows;
        var error = (((kl.Squared().sum(0L) / rows - mean.Squared()) / rows).relu().sqrt()).detach();
        return (mean - error - floor).relu().Plus(floor);
    }

    /// <summary>After the warm-up.</summary>
    private double FinalBeta(int latent) => options.NormalizedBeta is { } normalized ? normalized * values / latent : options.Beta;
}
