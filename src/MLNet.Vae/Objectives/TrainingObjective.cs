using MLNet.Vae.Modules;
using MLNet.Vae.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Vae.Objectives;

/// <summary>What training minimises, and what an epoch is judged by. Nats per row, summed over features and latents.</summary>
internal sealed class TrainingObjective(VaeObjective options)
{
    /// <summary>β in this epoch.</summary>
    public double Beta { get; private set; } = options.Beta;

    /// <summary>Whether the loss is −E ln p(x | z) + <see cref="Beta"/>·KL from one sample per row, and nothing else.</summary>
    public bool IsWeightedBound => options is { Samples: 1, ImportanceWeighted: false };

    /// <summary>K, samples of z per row.</summary>
    public int Samples => options.Samples;

    /// <summary>Whether the loss needs ln p(z) − ln q(z | x).</summary>
    public bool NeedsDensities => options.ImportanceWeighted;

    /// <summary>−E ln p(x | z) + β·KL, mean over the rows of a batch; a scalar.</summary>
    public Tensor Loss(BoundTerms terms)
    {
        using Scalar beta = Beta, rows = terms.Kl.size(0);
        var loss = options.ImportanceWeighted
            ? -ImportanceWeightedBound(terms).sum() / rows
            : Mean(terms.Reconstruction).Plus(beta * terms.Kl.sum() / rows);
        return terms.Penalty is null ? loss : loss.Plus(terms.Penalty);
    }

    /// <summary>ln 1/K Σ p(x, z) / q(z | x) of each row, <c>[rows]</c> (Burda et al. 2016, eq. 8), through the largest term so that nothing overflows.</summary>
    public static Tensor ImportanceWeightedBound(BoundTerms terms)
    {
        using Scalar logSamples = Math.Log(terms.Samples);
        var logWeights = (terms.LogRatio! - terms.Reconstruction).view(terms.Samples, -1);
        return logWeights.logsumexp(0) - logSamples;
    }

    /// <summary>Before an epoch, counted from 1.</summary>
    public void Enter(int epoch) => Beta = options.Beta * Math.Min(1, epoch / (options.WarmUpEpochs + 1.0));

    /// <summary>The loss of an epoch, for early stopping: less is better.</summary>
    public double Judge(Evaluation evaluation) => evaluation.Reconstruction + options.Beta * evaluation.Kl + evaluation.Penalty;

    private static Tensor Mean(Tensor values)
    {
        using Scalar count = values.numel();
        return values.sum() / count;
    }
}
