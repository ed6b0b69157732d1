using MLNet.Vae.Modules;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Vae.Likelihoods;

/// <summary>ln N(x; x̂, σ²) = −½((x − x̂)/σ)² − ln σ − ½ ln 2π.</summary>
internal static class GaussianLogDensity
{
    public static readonly double HalfLogTwoPi = Math.Log(2 * Math.PI) / 2;

    /// <summary>Natural log of the smallest σ that is learned.</summary>
    public static readonly double MinimumLogSigma = Math.Log(GaussianLikelihood.MinimumSigma);

    private static readonly Scalar One = 1, Two = 2, MinusTwo = -2, Minimum = MinimumLogSigma,
        PlusHalfLogTwoPi = HalfLogTwoPi;

    /// <summary>Summed over features.</summary>
    /// <param name="x"><c>[rows, features]</c>.</param>
    /// <param name="mean">x̂, <c>[rows, features]</c>.</param>
    /// <param name="logSigma">ln σ, <c>[features]</c> or <c>[rows, features]</c>.</param>
    /// <returns><c>[rows]</c>.</returns>
    public static Tensor Of(Tensor x, Tensor mean, Tensor logSigma)
    {
        using Scalar constant = x.size(1) * HalfLogTwoPi;
        return ((x - mean).Squared() * (MinusTwo * logSigma).exp() / MinusTwo - logSigma).sum(1) - constant;
    }

    /// <summary>Of each feature, <c>[rows, features]</c>.</summary>
    /// <param name="x"><c>[rows, features]</c>.</param>
    /// <param name="mean">x̂, <c>[rows, features]</c>.</param>
    /// <param name="logSigma">ln σ, <c>[1]</c>, <c>[features]</c> or <c>[rows, features]</c>.</param>
    public static Tensor Terms(Tensor x, Tensor mean, Tensor logSigma)
        => (x - mean).Squared() * (MinusTwo * logSigma).exp() / MinusTwo - logSigma - PlusHalfLogTwoPi;

    /// <summary>∂(−ln p) / ∂x̂ = (x̂ − x)/σ², ∂(−ln p) / ∂ ln σ = 1 − ((x̂ − x)/σ)², of the mean over the rows.</summary>
    /// <param name="x"><c>[rows, features]</c>.</param>
    /// <param name="mean">x̂, which its gradient replaces.</param>
    /// <param name="logSigma">ln σ, <c>[features]</c> or <c>[rows, features]</c>.</param>
    /// <returns>−ln p summed over the rows, and the gradient of ln σ, <c>[rows, features]</c>.</returns>
    public static (double NegativeLogDensity, Tensor LogSigmaGradient) Descend(Tensor x, Tensor mean, Tensor logSigma)
    {
        using Scalar rows = x.size(0), minusRows = -x.size(0);
        mean.sub_(x);
        var scaled = mean * (MinusTwo * logSigma).exp();
        var squares = mean * scaled;
        mean.copy_(scaled).div_(rows);
        var terms = (squares / Two).Plus(logSigma);
        return (terms.sum().item<float>() + terms.numel() * HalfLogTwoPi, (squares - One) / minusRows);
    }

    /// <summary>
    /// ln σ = minimum + softplus(θ − minimum), which is θ far above the minimum; a softplus, which is −ln sigmoid(−·), keeps a gradient at
    /// the floor, where a clamp has none.
    /// </summary>
    /// <param name="minusFree">−θ.</param>
    public static Tensor FlooredLogSigma(Tensor minusFree) => (-minusFree.Plus(Minimum).log_sigmoid()).Plus(Minimum);

    /// <summary>d ln σ / dθ of <see cref="FlooredLogSigma"/>.</summary>
    /// <param name="free">θ.</param>
    public static Tensor Slope(Tensor free) => (free - Minimum).sigmoid();
}
