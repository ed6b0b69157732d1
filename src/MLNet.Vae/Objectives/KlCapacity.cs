using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Vae.Objectives;

/// <summary>γ·|KL − C|, C rising linearly with the epochs (Burgess et al. 2018, eq. 8).</summary>
internal sealed class KlCapacity(VaeCapacity options) : KlCost
{
    private double _capacity;

    public override Tensor Of(Tensor kl)
    {
        using Scalar gamma = options.Gamma, capacity = _capacity, rows = kl.size(0);
        return gamma * (kl.sum() / rows - capacity).abs();
    }

    public override double Of(Evaluation evaluation) => options.Gamma * Math.Abs(evaluation.Kl - options.Maximum);

    public override double CurrentBeta(int latent) => options.Gamma;

    public override string? Shortfall(VaeEpoch epoch) => Shortfall(epoch, nameof(VaeObjective.Capacity), options.Maximum);

    public override bool IsFinal => _capacity == options.Maximum;

    public override void Enter(int epoch) => _capacity = options.Maximum * Math.Min(1, epoch / (options.Epochs + 1.0));
}
