using MLNet.Vae.Checkpoints;
using MLNet.Vae.Initialization;
using static TorchSharp.torch;

namespace MLNet.Vae.Latents;

/// <summary>From the encoder's last hidden layer to the code that the decoder reads; <see cref="VaeLatent.Create"/> makes it.</summary>
internal abstract class LatentVariable
{
    /// <summary>Length of the embedding.</summary>
    public abstract int Length { get; }

    /// <summary>Standard normal numbers that one sample of a row takes.</summary>
    public virtual int NoiseLength => Length;

    /// <summary>Samples that a row has beside those asked for: one for each value that a part of its code may have.</summary>
    public virtual int Branches => 1;

    /// <summary>Length of what the decoder reads.</summary>
    public virtual int DecodedLength => Length;

    /// <summary>Entries of the codebook; 0: there is none.</summary>
    public virtual int CodebookSize => 0;

    /// <summary>Whether what it adds to the loss of a row, and what it learns from it, has to do with that row alone.</summary>
    public virtual bool TakesRowsAlone => true;

    /// <param name="hidden"><c>[rows, hidden]</c>.</param>
    /// <param name="condition"><c>[rows, condition]</c>; <see langword="null"/>: none.</param>
    /// <param name="noise">Standard normal, <c>[samples·rows, <see cref="NoiseLength"/>]</c>.</param>
    /// <param name="samples">K, samples per row.</param>
    /// <param name="densities">Whether <see cref="LatentInference.LogRatio"/> is wanted.</param>
    public abstract LatentInference Infer(Tensor hidden, Tensor? condition, Tensor noise, int samples, bool densities);

    /// <summary>What the decoder reads of a whole code z, <c>[rows, latent]</c>.</summary>
    public virtual Tensor Decoded(Tensor z) => z;

    /// <summary>The KL of each level of a hierarchical variable; <see langword="null"/>: it is none.</summary>
    public virtual IReadOnlyList<double>? KlPerLevel(IReadOnlyList<double> klPerDimension) => null;

    /// <summary>Before an epoch, counted from 1.</summary>
    /// <param name="epoch">Counted from 1.</param>
    /// <param name="epochs">As many as will be run at most.</param>
    /// <param name="codes">
    /// Posterior means and log σ, <c>[rows · latent]</c> each, of some of the rows that are trained on, as the variable stands; of a group,
    /// of rows of all ranks, which call it together.
    /// </param>
    public virtual void Enter(int epoch, int epochs, Func<(float[] Mean, float[] LogSigma)> codes)
    {
    }

    /// <summary>Whether the present epoch pretrains: its bound is another than the one that epochs are compared by.</summary>
    public virtual bool IsPretraining => false;

    /// <summary>After the optimiser's step on a batch: what is learned otherwise than by gradient.</summary>
    public virtual void AfterStep()
    {
    }

    /// <summary>What it remembers from step to step beside its parameters.</summary>
    public virtual void Exchange(TrainingState state)
    {
    }

    /// <summary>Takes over a closed form; for a variable that has one.</summary>
    public virtual void Set(LinearSolution solution) => throw new NotSupportedException($"{GetType().Name} has no closed form.");

    public abstract LatentNetwork Export();

    /// <summary>
    /// What to tell of a variable that <paramref name="epoch"/>, whose weights are kept, leaves unused; <see langword="null"/>: nothing.
    /// </summary>
    public virtual string? Warning(VaeEpoch epoch) =>
        epoch.ActiveUnits > 0
            ? null
            : "No latent dimension is active: the posterior has collapsed onto the prior and the embedding says nothing about a row. "
                + "Lower Beta, or train for longer.";
}
