using static TorchSharp.torch;
using MLNet.Vae.Training;

namespace MLNet.Vae.Objectives;

/// <summary>What the KL term costs in the loss, nats per row. A new form is a class here and an option of <see cref="VaeObjective"/>.</summary>
internal abstract class KlCost
{
    /// <summary>In a step.</summary>
    /// <param name="kl">Of each row and latent dimension, <c>[rows, latent]</c>.</param>
    /// <returns>A scalar.</returns>
    public abstract Tensor Of(Tensor kl);

    /// <summary>In its final form, of a whole model, to compare epochs.</summary>
    public abstract double Of(Evaluation evaluation);

    /// <summary>What a nat of KL costs at present.</summary>
    /// <param name="latent">Latent dimensions.</param>
    public abstract double Weight(int latent);

    /// <summary>Before an epoch, counted from 1.</summary>
    public virtual void Enter(int epoch)
    {
    }

    /// <summary>After a step on a batch with this KL, nats per row, at a share of the full learning rate.</summary>
    public virtual void AfterStep(double kl, double pace)
    {
    }

    /// <param name="options">The form.</param>
    /// <param name="values">Values reconstructed.</param>
    public static KlCost Create(VaeObjective options, int values) => options switch
    {
        { KlTarget: { } target } => new ConstrainedKl(target),
        { Capacity: { } capacity } => new KlCapacity(capacity),
        _ => new WeightedKl(options, values),
    };
}
