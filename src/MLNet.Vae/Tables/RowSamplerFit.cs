using MLNet.Vae.Data;
using MLNet.Vae.Modules;
using MLNet.Vae.Training;
using TorchSharp;
using static System.FormattableString;
using static TorchSharp.torch;

namespace MLNet.Vae.Tables;

/// <summary>
/// Fits what draws rows by gradient descent on −ln p(row), or on −ln p(row | z) with z drawn anew from the posterior at each step; judges
/// averaged weights, and keeps those of the pass that is best on the rows held out. The same seed, rows and thread count give the same.
/// </summary>
internal sealed class RowSamplerFit(VaeRowSampler options, VaeTrainingOptions training, int seed, TrainingLog log)
{
    private const int BatchSize = 256, Steps = 1_500, MinimumEpochs = 3, MaximumEpochs = 200, Patience = 8, MostHeldOut = 10_000;
    private const double LearningRate = 2e-3, MaximumGradientNorm = 5, HeldOutShare = 0.1;

    /// <exception cref="OperationCanceledException">It was cancelled, and is not to give what there is.</exception>
    public (MaskedNetwork Network, VaeRowSamplerInfo Info) Run(RowCodes codes, SampledRows rows)
    {
        using var gradients = enable_grad();
        using var scope = NewDisposeScope();
        using var weightsRandom = new Generator((uint)Seeds.Of(seed, RandomStream.Weights));
        using var parameters = new ParameterVector(CPU);
        using var density = new MaskedDensity(
            codes, (int)rows.Mean.size(1), options.GivenLatent == true, options.Units, parameters, weightsRandom);
        parameters.Build();
        var heldOut = (int)Math.Min(MostHeldOut, (long)(rows.Count * HeldOutShare));
        var fitted = rows.Count - heldOut;
        density.Start(Counts(codes, rows, fitted));
        using var threads = TrainingThreads.Use(training, TrainingThreads.OfStep(BatchSize, parameters.MultiplyAddsPerRow), CPU);
        using var adam = new Adam(parameters);
        using var best = parameters.Values.detach().clone();
        using var average = new AveragedWeights(parameters);

        var stepsPerEpoch = (int)((fitted + BatchSize - 1) / BatchSize);
        var epochs = options.Epochs ?? Math.Clamp(Steps / stepsPerEpoch, MinimumEpochs, MaximumEpochs);
        var (nats, bestEpoch, last, step) = (Judge(density, rows, heldOut), 0, 0, 0);
        for (var epoch = 1; epoch <= epochs && epoch - bestEpoch <= Patience; epoch++)
        {
            if (!Pass(density, rows, fitted, parameters, adam, average, epoch, ref step, epochs * stepsPerEpoch))
                break;
            last = epoch;
            average.Use(() =>
            {
                var now = Judge(density, rows, heldOut);
                if (now.Judged < nats.Judged)
                {
                    (nats, bestEpoch) = (now, epoch);
                    Copy(parameters.Values, best);
                }
                return now;
            });
        }
        Copy(best, parameters.Values);
        log.Info(Invariant($"Sampler of rows: {nats.Judged:F3} nats per row on {(heldOut > 0 ? "held-out rows" : "the rows fitted to")}, ")
            + Invariant($"pass {bestEpoch} of {last}."));
        return (density.Export(), new()
        {
            Units = options.Units,
            GivenLatent = options.GivenLatent == true,
            HeldOutNats = heldOut > 0 ? nats.Judged : null,
            Nats = nats.Fitted,
            Epochs = last,
            BestEpoch = bestEpoch,
        });
    }

    /// <returns>Whether it got to its end: otherwise it was cancelled, and the best so far is to be had.</returns>
    private bool Pass(
        MaskedDensity density, SampledRows rows, long fitted, ParameterVector parameters, Adam adam, AveragedWeights average, int epoch,
        ref int step, int steps)
    {
        const int WarmUp = 50;
        using var random = new Generator((uint)Seeds.Combine(Seeds.Of(seed, RandomStream.RowSampler), epoch));
        using var order = randperm(fitted, generator: random);
        for (var start = 0L; start < fitted; start += BatchSize)
        {
            if (training.IsCancelled)
            {
                return training.OnCancellation == VaeCancellationBehavior.ReturnBest
                    ? false
                    : throw new OperationCanceledException(
                        "Training was cancelled in the fit of what draws rows.", training.CancellationToken);
            }
            using var scope = NewDisposeScope();
            var chosen = order.narrow(0, start, Math.Min(BatchSize, fitted - start));
            var mean = rows.Mean.index_select(0, chosen);
            var noise = randn(mean.shape, generator: random);
            var z = mean.Plus(noise.mul(rows.Sigma.index_select(0, chosen)));
            using Scalar zero = 0;
            parameters.Gradients.fill_(zero);
            density.NegativeLogProbability(rows.Codes.index_select(0, chosen), z, random).mean().backward();
            var norm = parameters.Gradients.norm().item<float>();
            using Scalar shrink = MaximumGradientNorm / norm;
            if (norm > MaximumGradientNorm)
                parameters.Gradients.mul_(shrink);
            var rate = LearningRate * Math.Min(1, (step + 1.0) / WarmUp) * (1 + Math.Cos(Math.PI * step / steps)) / 2;
            step++;
            if (!float.IsFinite(norm))
                continue;
            adam.Step(rate);
            average.Add();
        }
        return true;
    }

    /// <summary>
    /// Nats per row of those fitted to, or of a share of them where there are many, and of those held out, at posterior means.
    /// </summary>
    private static (double Fitted, double Judged) Judge(MaskedDensity density, SampledRows rows, int heldOut)
    {
        const int LookedAt = 2_048;
        var fitted = Mean(density, rows, 0, Math.Min(LookedAt, rows.Count - heldOut));
        return (fitted, heldOut > 0 ? Mean(density, rows, rows.Count - heldOut, heldOut) : fitted);
    }

    private static double Mean(MaskedDensity density, SampledRows rows, long from, long count)
    {
        const int Block = 1_024;
        using var _ = no_grad();
        var sum = 0.0;
        for (var start = 0L; start < count; start += Block)
        {
            using var scope = NewDisposeScope();
            var length = Math.Min(Block, count - start);
            var nats = density.NegativeLogProbability(
                rows.Codes.narrow(0, from + start, length), rows.Mean.narrow(0, from + start, length));
            sum += nats.to_type(ScalarType.Float64).sum().item<double>();
        }
        return sum / count;
    }

    private static double[] Counts(RowCodes codes, SampledRows rows, long fitted)
    {
        var counts = new double[codes.LogitCount];
        using var used = rows.Codes.narrow(0, 0, fitted).contiguous();
        var numbers = used.data<long>().ToArray();
        for (var i = 0; i < numbers.Length; i++)
        {
            if (numbers[i] >= 0)
                counts[codes.Starts[i % codes.Fields] + numbers[i]]++;
        }
        return counts;
    }

    private static void Copy(Tensor from, Tensor to)
    {
        using var _ = no_grad();
        to.copy_(from);
    }
}
