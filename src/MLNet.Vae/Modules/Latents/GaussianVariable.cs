using MLNet.Vae.Networks;
using MLNet.Vae.Objectives;
using static TorchSharp.torch;

namespace MLNet.Vae.Modules.Latents;

/// <summary>q(z | x) = N(mean, diag σ²), p(z) = N(0, I) (Kingma and Welling 2014).</summary>
internal sealed class GaussianVariable(GaussianHead posterior) : LatentVariable
{
    public (Trainable Weight, Trainable Bias)? PlainLayer => posterior.PlainLayer;

    public override int Length => posterior.Latent;

    public override LatentCode Infer(Tensor hidden, Tensor? condition, Tensor noise, int samples, bool densities)
    {
        var (mean, logSigma) = posterior.Forward(hidden);
        var kl = GaussianKl.PerDimension(mean, logSigma);
        var (meanOfSample, logSigmaOfSample) = (mean.PerSample(samples), logSigma.PerSample(samples));
        var z = Reparameterise(meanOfSample, logSigmaOfSample, noise);
        return new(z, mean, logSigma, kl, densities ? LogRatio(z, logSigmaOfSample, noise) : null);
    }

    public override void Set(LinearSolution solution) => posterior.Set(solution.Encoder, solution.PosteriorLogSigma);

    public override LatentNetwork Export()
    {
        var (mean, logSigma) = posterior.Export();
        return new GaussianCode(mean, logSigma, (GaussianHead.MinimumLogSigma, GaussianHead.MaximumLogSigma));
    }

    /// <summary>z = mean + σ·noise, noise ~ N(0, I): <c>[rows, latent]</c>.</summary>
    internal static Tensor Reparameterise(Tensor mean, Tensor logSigma, Tensor noise) => mean.Plus(logSigma.exp() * noise);

    /// <summary>ln N(z; 0, 1) − ln N(z; mean, σ²) = ½(noise² − z²) + ln σ, summed over dimensions.</summary>
    internal static Tensor LogRatio(Tensor z, Tensor logSigma, Tensor noise)
        => ((noise.Squared() - z.Squared()) / GaussianKl.Two).Plus(logSigma).sum(1L);
}
