using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Vae.Likelihoods;

/// <summary>−ln N(x; x̂, σ²) and its gradient, written out.</summary>
internal static class SquaredError
{
    /// <summary>∂(−ln p) / ∂x̂ = (x̂ − x)/σ², ∂(−ln p) / ∂ ln σ = D − Σ(x̂ − x)²/σ², means over the rows.</summary>
    /// <param name="x"><c>[rows, features]</c>.</param>
    /// <param name="output">x̂, which its gradient replaces.</param>
    /// <param name="sigma">σ.</param>
    /// <returns>−ln p summed over the rows, and the gradient of ln σ.</returns>
    public static (double NegativeLogDensity, double LogSigmaGradient) Descend(Tensor x, Tensor output, double sigma)
    {
        var (rows, features, precision) = (x.size(0), x.size(1), 1 / (sigma * sigma));
        output.sub_(x);
        using var norm = output.norm();
        var squares = Math.Pow(norm.item<float>(), 2);
        using Scalar share = precision / rows;
        output.mul_(share);
        return (
            squares * precision / 2 + rows * features * (Math.Log(sigma) + GaussianLogDensity.HalfLogTwoPi),
            features - squares * precision / rows);
    }
}
