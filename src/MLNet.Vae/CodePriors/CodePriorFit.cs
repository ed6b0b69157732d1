using MLNet.Vae.Data;
using MLNet.Vae.Latents;
using MLNet.Vae.Modules;
using MLNet.Vae.Training;
using TorchSharp;
using static System.FormattableString;
using static TorchSharp.torch;

namespace MLNet.Vae.CodePriors;

/// <summary>
/// Fits a prior over codes by gradient descent on −ln p, and keeps the pass that is best on the rows held out. The same seed, codes and
/// thread count give the same prior, so that a fit that was broken off while it was here goes on by doing it again.
/// </summary>
internal sealed class CodePriorFit(VaeCodePrior options, VaeTrainingOptions training, int seed, TrainingLog log)
{
    private const int BatchSize = 128, Steps = 1_500, MinimumEpochs = 3, MaximumEpochs = 100, PatienceSteps = 300, MinimumPatience = 2;
    private const double LearningRate = 3e-3, MaximumGradientNorm = 1;

    /// <param name="model">Its codebook and the sizes of its codes.</param>
    /// <param name="rows">Codes to fit to.</param>
    /// <param name="heldOut">Codes to judge by; there may be none.</param>
    /// <exception cref="OperationCanceledException">It was cancelled, and is not to give what there is.</exception>
    public (CodePriorNetwork Network, VaeCodePriorInfo Info) Run(VaeModel model, CodeRows rows, CodeRows heldOut)
    {
        using var gradients = enable_grad();
        using var scope = NewDisposeScope();
        using var weightsRandom = new Generator((uint)Seeds.Of(seed, RandomStream.CodePrior));
        using var parameters = new ParameterVector(CPU);
        var entries = model.Info.CodebookSize;
        using var prior = new RecurrentPrior(
            CodePriorLayout.Of(model.Info), entries, options.Units, model.Info.ConditionCount, parameters, weightsRandom);
        parameters.Build();
        prior.Start(Counts(rows.Codes, entries));
        using var threads = TrainingThreads.Use(
            training, TrainingThreads.OfStep(BatchSize, parameters.MultiplyAddsPerRow * model.Info.CodeCount), CPU);
        using var adam = new Adam(parameters);
        using var best = parameters.Values.detach().clone();

        var stepsPerEpoch = (int)((rows.Count + BatchSize - 1) / BatchSize);
        var epochs = options.Epochs ?? Math.Clamp(Steps / stepsPerEpoch, MinimumEpochs, MaximumEpochs);
        var patience = Math.Max(MinimumPatience, PatienceSteps / stepsPerEpoch);
        var (nats, bestEpoch, last) = (Judge(prior, rows, heldOut), 0, 0);
        for (var epoch = 1; epoch <= epochs && epoch - bestEpoch <= patience; epoch++)
        {
            if (!Pass(prior, rows, parameters, adam, epoch, LearningRate * (1 + Math.Cos(Math.PI * (epoch - 1) / epochs)) / 2))
                break;
            last = epoch;
            var now = Judge(prior, rows, heldOut);
            if (now.Judged < nats.Judged)
            {
                (nats, bestEpoch) = (now, epoch);
                Copy(parameters.Values, best);
            }
        }
        Copy(best, parameters.Values);
        var uniform = model.Info.CodeCount * Math.Log(entries);
        var told = heldOut.Count > 0 ? "held-out rows" : "the rows fitted to";
        log.Info(
            Invariant($"Prior over codes: {nats.Judged:F2} nats per row on {told} (every code as likely: {uniform:F2}), pass {bestEpoch} ")
            + Invariant($"of {last}."));
        return (prior.Export(), new()
        {
            Units = options.Units,
            HeldOutNats = heldOut.Count > 0 ? nats.Judged : null,
            Nats = nats.Fitted,
            Epochs = last,
            BestEpoch = bestEpoch,
        });
    }

    /// <returns>Whether it got to its end: otherwise it was cancelled, and the best so far is to be had.</returns>
    private bool Pass(RecurrentPrior prior, CodeRows rows, ParameterVector parameters, Adam adam, int epoch, double learningRate)
    {
        using var shuffle = new Generator((uint)Seeds.Combine(Seeds.Of(seed, RandomStream.CodePrior), epoch));
        using var order = randperm(rows.Count, generator: shuffle);
        for (var start = 0L; start < rows.Count; start += BatchSize)
        {
            if (training.IsCancelled)
            {
                return training.OnCancellation == VaeCancellationBehavior.ReturnBest
                    ? false
                    : throw new OperationCanceledException(
                        "Training was cancelled in the fit of the prior over codes.", training.CancellationToken);
            }
            using var scope = NewDisposeScope();
            var chosen = order.narrow(0, start, Math.Min(BatchSize, rows.Count - start));
            using Scalar zero = 0, codes = (double)chosen.size(0) * rows.Codes.size(1);
            var nats = prior.NegativeLogProbability(rows.Codes.index_select(0, chosen), rows.Condition?.index_select(0, chosen));
            parameters.Gradients.fill_(zero);
            (nats.sum() / codes).backward();
            var norm = parameters.Gradients.norm().item<float>();
            using Scalar shrink = MaximumGradientNorm / norm;
            if (norm > MaximumGradientNorm)
                parameters.Gradients.mul_(shrink);
            if (float.IsFinite(norm))
                adam.Step(learningRate);
        }
        return true;
    }

    /// <summary>Nats per row of those fitted to, or of a share of them where there are many, and of those that judge.</summary>
    private static (double Fitted, double Judged) Judge(RecurrentPrior prior, CodeRows rows, CodeRows heldOut)
    {
        const int LookedAt = 2_048;
        var fitted = Mean(prior, rows, LookedAt);
        return (fitted, heldOut.Count > 0 ? Mean(prior, heldOut, heldOut.Count) : fitted);
    }

    private static double Mean(RecurrentPrior prior, CodeRows rows, long most)
    {
        const int Block = 1_024;
        using var _ = no_grad();
        var (sum, count) = (0.0, Math.Min(most, rows.Count));
        for (var start = 0L; start < count; start += Block)
        {
            using var scope = NewDisposeScope();
            var length = Math.Min(Block, count - start);
            var nats = prior.NegativeLogProbability(rows.Codes.narrow(0, start, length), rows.Condition?.narrow(0, start, length));
            sum += nats.to_type(ScalarType.Float64).sum().item<double>();
        }
        return sum / count;
    }

    private static double[] Counts(Tensor codes, int entries)
    {
        using var counts = codes.reshape(-1).bincount(weights: null, minlength: entries).to_type(ScalarType.Float64);
        return counts.ToDoubles();
    }

    private static void Copy(Tensor from, Tensor to)
    {
        using var _ = no_grad();
        to.copy_(from);
    }
}
