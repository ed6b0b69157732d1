using MLNet.Vae.Modules;
using MLNet.Vae.Objectives;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Vae.Latents;

/// <summary>p(z) = Σ_c π_c N(z; μ_c, diag σ_c²), everything learned.</summary>
internal sealed class LearnedMixturePrior
{
    private readonly int _components;
    private readonly int _length;
    private readonly Trainable _logits;
    private readonly Trainable _means;
    private readonly Trainable _logSigmas;

    /// <summary>Components alike, around points of N(0, I); a single one is N(0, I).</summary>
    public LearnedMixturePrior(int components, int length, ParameterVector parameters, Generator random)
    {
        (_components, _length) = (components, length);
        _logits = parameters.Add(zeros(components));
        _means = parameters.Add(components == 1 ? zeros(1, length) : randn([components, length], generator: random));
        _logSigmas = parameters.Add(zeros(components, length));
    }

    /// <summary>ln π, <c>[components]</c>.</summary>
    private Tensor LogWeights => _logits.Value - _logits.Value.logsumexp(0);

    /// <summary>ln σ, <c>[components, latent]</c>.</summary>
    private Tensor LogSigmas => GaussianHead.Clamp(_logSigmas.Value);

    /// <summary>
    /// q(c | x) ∝ π_c exp(−KL(q ‖ N(μ_c, diag σ_c²))), <c>[rows, components]</c>, and the bound −ln Σ_c π_c exp(−KL(q ‖ N(μ_c, diag σ_c²)))
    /// on KL(q ‖ p) (Hershey and Olsen 2007) as Σ_c q(c | x) KL_j(q ‖ N(μ_c, diag σ_c²)) + KL(q(c | x) ‖ π) / latent for each dimension j,
    /// <c>[rows, latent]</c>. q(c | x) is what makes their sum least, so that the gradient of the sum is the one at q(c | x) held fixed.
    /// </summary>
    /// <param name="mean">Of q, <c>[rows, latent]</c>.</param>
    /// <param name="logSigma">Of q, <c>[rows, latent]</c>.</param>
    public (Tensor Components, Tensor PerDimension) Kl(Tensor mean, Tensor logSigma)
    {
        var rows = mean.size(0);
        var logWeights = LogWeights;
        var doubled = GaussianKl.Doubled(mean.view(rows, 1, _length), logSigma.view(rows, 1, _length), _means.Value, LogSigmas);
        using Scalar dimensions = _length;
        Tensor components, minusEntropy;
        using (no_grad())
        {
            var joint = logWeights - (doubled.sum(2L) - dimensions) / GaussianKl.Two;
            var logComponents = joint - joint.logsumexp(1).view(rows, 1);
            components = logComponents.exp();
            minusEntropy = (components * logComponents).sum(1L);
        }
        var shareOfComponents = (minusEntropy - components.mv(logWeights)).view(rows, 1) / dimensions;
        return (components, GaussianKl.FromDoubled((components.view(rows, _components, 1) * doubled).sum(1L)).Plus(shareOfComponents));
    }

    /// <summary>ln p(z) + ½ latent · ln 2π: <c>[rows, latent]</c> → <c>[rows]</c>.</summary>
    public Tensor LogDensity(Tensor z)
    {
        var logSigmas = LogSigmas;
        var inUnits = (z.view(z.size(0), 1, _length) - _means.Value) / logSigmas.exp();
        return (LogWeights - (inUnits.Squared() / GaussianKl.Two).Plus(logSigmas).sum(2L)).logsumexp(1);
    }

    public void Set(GaussianMixture mixture)
    {
        _logits.Set(mixture.LogWeights);
        _means.Set(mixture.Means);
        _logSigmas.Set(mixture.LogSigmas);
    }

    public GaussianMixture Export()
    {
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        return new(LogWeights.ToArray(), _means.ToArray(), LogSigmas.ToArray());
    }
}
