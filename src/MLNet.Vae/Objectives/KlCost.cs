using MLNet.Vae.Checkpoints;
using static System.FormattableString;
using static TorchSharp.torch;

namespace MLNet.Vae.Objectives;

/// <summary>What the KL term costs in the loss, nats per row. <see cref="VaeObjective.KlCost"/> makes it.</summary>
internal abstract class KlCost
{
    /// <summary>In a step.</summary>
    /// <param name="kl">Of each row and latent dimension, <c>[rows, latent]</c>.</param>
    /// <returns>A scalar.</returns>
    public abstract Tensor Of(Tensor kl);

    /// <summary>In its final form, of a whole model, to compare epochs.</summary>
    public abstract double Of(Evaluation evaluation);

    /// <summary>Whether it has its final form: only then can epochs be compared.</summary>
    public virtual bool IsFinal => true;

    /// <summary>What a nat of KL costs at present: β, γ of a capacity, or the multiplier.</summary>
    /// <param name="latent">Latent dimensions.</param>
    public abstract double CurrentBeta(int latent);

    /// <summary>Before an epoch, counted from 1.</summary>
    public virtual void Enter(int epoch)
    {
    }

    /// <summary>After a step on a batch with this KL, nats per row.</summary>
    public virtual void AfterStep(double kl)
    {
    }

    /// <summary>After an epoch whose rows had this KL as they passed, nats per row.</summary>
    public virtual void AfterEpoch(double kl)
    {
    }

    /// <summary>What it remembers from epoch to epoch, but for what <see cref="Enter"/> says anew.</summary>
    public virtual void Exchange(TrainingState state)
    {
    }

    /// <summary>What the epoch chosen leaves to be wished for, in words; <see langword="null"/>: nothing.</summary>
    public virtual string? Shortfall(VaeEpoch epoch) => null;

    /// <summary>Of a KL that was to end at <paramref name="aim"/>.</summary>
    protected static string? Shortfall(VaeEpoch epoch, string option, double aim)
    {
        const double tolerance = 0.05;
        return Math.Abs(epoch.Kl - aim) <= tolerance * aim
            ? null
            : Invariant(
                $"The KL ended at {epoch.Kl:G3} nats per row, not at the {aim:G3} of {option}. Train for longer, or raise LearningRate."
            );
    }
}
