using MLNet.Vae.Modules;
using MLNet.Vae.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Vae.Objectives;

/// <summary>β Σ max(λ, KL) over the latent dimensions (Higgins et al. 2017, eq. 4; free bits λ: Kingma et al. 2016, eq. 15; warm-up of β: Bowman et al. 2016).</summary>
internal sealed class WeightedKl(VaeObjective options, int values) : KlCost
{
    private double _warmth = 1;

    public override Tensor Of(Tensor kl)
    {
        using Scalar beta = Weight((int)kl.size(1)), rows = kl.size(0);
        return options.FreeBits == 0 ? beta * kl.sum() / rows : beta * NotBelow(options.FreeBits, kl.sum(0L) / rows).sum();
    }

    public override double Of(Evaluation evaluation)
        => Beta(evaluation.KlPerDimension.Count) * evaluation.KlPerDimension.Sum(kl => Math.Max(options.FreeBits, kl));

    public override double Weight(int latent) => _warmth * Beta(latent);

    public override bool IsFinal => _warmth == 1;

    public override void Enter(int epoch) => _warmth = Math.Min(1, epoch / (options.WarmUpEpochs + 1.0));

    /// <summary>max(λ, x) = λ + max(0, x − λ).</summary>
    private static Tensor NotBelow(double lambda, Tensor x)
    {
        using Scalar floor = lambda;
        return (x - floor).relu().Plus(floor);
    }

    private double Beta(int latent) => options.NormalizedBeta is { } normalized ? normalized * values / latent : options.Beta;
}
