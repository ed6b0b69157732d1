using MLNet.Vae.Checkpoints;
using MLNet.Vae.Modules;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Vae.Objectives;

/// <summary>What training minimises, and what an epoch is judged by. Nats per row, summed over features and latents.</summary>
/// <param name="options">The form.</param>
/// <param name="values">Values reconstructed.</param>
internal sealed class TrainingObjective(VaeObjective options, int values)
{
    private readonly KlCost _kl = options.KlCost(values);

    /// <summary>Whether the loss is −E ln p(x | z) + <see cref="CurrentBeta"/>·KL from one sample per row, and nothing else.</summary>
    public bool IsWeightedBound => options is { Samples: 1, ImportanceWeighted: false, FreeBits: 0, Capacity: null };

    /// <summary>K, samples of z per row.</summary>
    public int Samples => options.Samples;

    /// <summary>Whether the loss needs ln p(z) − ln q(z | x).</summary>
    public bool NeedsDensities => options.ImportanceWeighted;

    /// <summary>K of the importance-weighted bound that judges an epoch; 0: it is not judged by that.</summary>
    public int ImportanceSamples => options.ImportanceWeighted ? options.Samples : 0;

    /// <summary>−E ln p(x | z) + β·KL, or its variant, mean over the rows of a batch; a scalar.</summary>
    public Tensor Loss(BoundTerms terms)
    {
        using Scalar rows = terms.Kl.size(0);
        var loss = options.ImportanceWeighted
            ? -ImportanceWeightedBound(terms).sum() / rows
            : Mean(terms.Reconstruction).Plus(_kl.Of(terms.Kl));
        return terms.Penalty is null ? loss : loss.Plus(terms.Penalty);
    }

    /// <summary>
    /// ln 1/K Σ p(x, z) / q(z | x) of each row, <c>[rows]</c> (Burda et al. 2016, eq. 8), through the largest term so that nothing
    /// overflows.
    /// </summary>
    public static Tensor ImportanceWeightedBound(BoundTerms terms)
    {
        using Scalar logSamples = Math.Log(terms.Samples);
        var logWeights = (terms.LogRatio! - terms.Reconstruction).view(terms.Samples, -1);
        return logWeights.logsumexp(0) - logSamples;
    }

    /// <summary>Before an epoch, counted from 1.</summary>
    public void Enter(int epoch) => _kl.Enter(epoch);

    /// <summary>After the optimiser's step on a batch.</summary>
    /// <param name="kl">Its KL, nats per row.</param>
    public void AfterStep(double kl) => _kl.AfterStep(kl);

    /// <summary>After an epoch.</summary>
    /// <param name="kl">That of its rows as they passed, nats per row.</param>
    public void AfterEpoch(double kl) => _kl.AfterEpoch(kl);

    public void Exchange(TrainingState state) => _kl.Exchange(state);

    /// <summary>Whether the loss has its final form: only then can epochs be compared.</summary>
    public bool IsFinal => _kl.IsFinal;

    /// <inheritdoc cref="KlCost.CurrentBeta"/>
    public double CurrentBeta(int latent) => _kl.CurrentBeta(latent);

    /// <summary>The final form of the loss, to compare epochs: less is better.</summary>
    public double Judge(Evaluation evaluation) => evaluation.Penalty
        + (evaluation.ImportanceWeightedBound is { } bound ? -bound : evaluation.Reconstruction + _kl.Of(evaluation));

    /// <summary>What the epoch chosen leaves to be wished for, in words; <see langword="null"/>: nothing.</summary>
    public string? Shortfall(VaeEpoch epoch) => _kl.Shortfall(epoch);

    private static Tensor Mean(Tensor values)
    {
        using Scalar count = values.numel();
        return values.sum() / count;
    }
}
