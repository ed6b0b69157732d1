using MLNet.Vae.Initialization;
using MLNet.Vae.Modules;
using MLNet.Vae.Objectives;
using static TorchSharp.torch;

namespace MLNet.Vae.Latents;

/// <summary>
/// q(z | x) = N(mean, diag σ²), and p(z) = N(0, I) (Kingma and Welling 2014) or a learned p(z | c) (Sohn, Lee and Yan 2015).
/// </summary>
internal sealed class GaussianVariable(GaussianHead posterior, LearnedPrior? prior = null) : LatentVariable
{
    /// <summary>
    /// The layer from hidden units to mean and unclamped log σ, where the prior is N(0, I) and σ is not shared; otherwise
    /// <see langword="null"/>.
    /// </summary>
    public (Trainable Weight, Trainable Bias)? PlainLayer => prior is null ? posterior.PlainLayer : null;

    public override int Length => posterior.Latent;

    public override LatentInference Infer(Tensor hidden, Tensor? condition, Tensor noise, int samples, bool densities)
    {
        var (mean, logSigma) = posterior.Forward(hidden);
        var (meanOfSample, logSigmaOfSample) = (mean.PerSample(samples), logSigma.PerSample(samples));
        var z = Reparameterise(meanOfSample, logSigmaOfSample, noise);
        if (prior is null)
        {
            var kl = GaussianKl.PerDimension(mean, logSigma);
            return new(z, mean, logSigma, kl, densities ? LogRatio(z, logSigmaOfSample, noise) : null);
        }
        var (priorMean, priorLogSigma) = prior.Forward(condition!);
        var klToPrior = GaussianKl.PerDimension(mean, logSigma, priorMean, priorLogSigma);
        return new(z, mean, logSigma, klToPrior, densities ? LogRatio(z, logSigma, noise, priorMean, priorLogSigma, samples) : null);
    }

    public override void Set(LinearSolution solution) => posterior.Set(solution.Encoder, solution.PosteriorLogSigma);

    public override LatentNetwork Export()
    {
        var (mean, logSigma) = posterior.Export();
        return new GaussianPosterior(mean, logSigma, (GaussianHead.MinimumLogSigma, GaussianHead.MaximumLogSigma), prior?.Export());
    }

    /// <summary>z = mean + σ·noise, noise ~ N(0, I): <c>[rows, latent]</c>.</summary>
    internal static Tensor Reparameterise(Tensor mean, Tensor logSigma, Tensor noise) => mean.Plus(logSigma.exp() * noise);

    /// <summary>ln N(z; 0, 1) − ln N(z; mean, σ²) = ½(noise² − z²) + ln σ, summed over dimensions.</summary>
    internal static Tensor LogRatio(Tensor z, Tensor logSigma, Tensor noise)
        => ((noise.Squared() - z.Squared()) / GaussianKl.Two).Plus(logSigma).sum(1L);

    /// <summary>
    /// ln N(z; m, s²) − ln N(z; mean, σ²): a ratio of densities does not change with the units of z, and in those of the prior it is N(0,
    /// 1).
    /// </summary>
    private static Tensor LogRatio(Tensor z, Tensor logSigma, Tensor noise, Tensor priorMean, Tensor priorLogSigma, int samples)
    {
        var inUnitsOfThePrior = (z - priorMean.PerSample(samples)) / priorLogSigma.PerSample(samples).exp();
        return LogRatio(inUnitsOfThePrior, (logSigma - priorLogSigma).PerSample(samples), noise);
    }
}
