using MLNet.Vae.Modules;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Vae.Likelihoods;

/// <summary>ln σ as a parameter θ, <c>[count]</c>: the floored 10·θ. Each σ starts as 1.</summary>
internal sealed class LearnedLogSigma(int count, ParameterVector parameters)
{
    // Adam moves a parameter by about the learning rate a step; σ often has to shrink by e³ and more, so its parameter counts for more.
    private const double ParameterScale = 10;

    // ln σ above its minimum: a softplus is never 0, and this close to 0 its gradient is still of use.
    private const double LeastExcess = 1e-4;

    private static readonly Scalar PlusParameterScale = ParameterScale, MinusParameterScale = -ParameterScale;

    private readonly Trainable _free = parameters.Add(zeros(count));

    public Tensor Value => GaussianLogDensity.FlooredLogSigma(MinusParameterScale * _free.Value);

    public float[] ToArray()
    {
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        return Value.ToArray();
    }

    /// <summary>Takes over a σ for all: the inverse of the softplus s(y) = ln(1 + eʸ) is y = ln(eˢ − 1) = s + ln(1 − e⁻ˢ).</summary>
    public void Set(double sigma)
    {
        var excess = Math.Max(Math.Log(sigma) - GaussianLogDensity.MinimumLogSigma, LeastExcess);
        var free = (excess + double.LogP1(-Math.Exp(-excess)) + GaussianLogDensity.MinimumLogSigma) / ParameterScale;
        _free.Set([.. Enumerable.Repeat((float)free, count)]);
    }

    /// <summary>Writes the gradient of θ.</summary>
    /// <param name="gradient">That of ln σ, <c>[count]</c>.</param>
    public void Descend(Tensor gradient)
        => _free.Gradient.copy_(gradient * GaussianLogDensity.Slope(PlusParameterScale * _free.Value)).mul_(PlusParameterScale);

    /// <summary>Writes the gradient of θ, where there is one σ.</summary>
    /// <param name="gradient">That of ln σ.</param>
    public void Descend(double gradient)
    {
        // On the CPU altogether: a tensor of one number is not worth its operations.
        var slope = ParameterScale / (1 + Math.Exp(GaussianLogDensity.MinimumLogSigma - ParameterScale * _free.Value.item<float>()));
        using Scalar value = slope * gradient;
        _free.Gradient.fill_(value);
    }
}
