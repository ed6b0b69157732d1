using MLNet.Vae.Architectures;
using MLNet.Vae.Modules;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Vae.Latents;

/// <summary>The parameters of N(mean, diag σ²): the last layer of the encoder, for q(z | x), or of a prior that is learned.</summary>
internal sealed class GaussianHead
{
    /// <summary>log σ is kept between these, so that neither it nor its exponential overflows.</summary>
    internal const float MinimumLogSigma = -10, MaximumLogSigma = 4;

    // The posterior starts as N(mean, 1): a random log σ head gives a KL term of any size in the first steps.
    private static readonly Scalar Shrink = 0.01;

    private static readonly Scalar Minimum = MinimumLogSigma, Maximum = MaximumLogSigma;

    private readonly int _inputs;
    private readonly int _latent;
    private readonly bool _sharedSigma;
    private readonly Trainable _weight;
    private readonly Trainable _bias;

    /// <param name="inputs">Width of what comes in.</param>
    /// <param name="latent">Latent dimensions.</param>
    /// <param name="sharedSigma">
    /// Whether σ is the same for all rows, as in probabilistic PCA, where the posterior covariance does not depend on x.
    /// </param>
    /// <param name="parameters">Takes the weights.</param>
    /// <param name="random">Draws them.</param>
    /// <param name="start">What it says before training; <see langword="null"/>: <see cref="GaussianStart.OfPosterior"/>.</param>
    public GaussianHead(
        int inputs, int latent, bool sharedSigma, ParameterVector parameters, Generator random, GaussianStart? start = null)
    {
        (_inputs, _latent, _sharedSigma) = (inputs, latent, sharedSigma);
        using var scope = NewDisposeScope();
        var (scale, initialLogSigma) = start ?? GaussianStart.OfPosterior;
        using Scalar meanScale = scale, logSigma = initialLogSigma;
        var mean = Dense.Initial(inputs, random, latent, inputs).mul_(meanScale);
        // Mean and log σ are one product: for a small network the number of operations counts, not their size.
        _weight = parameters.Add(sharedSigma ? mean : cat([mean, Dense.Initial(inputs, random, latent, inputs).mul_(Shrink)], 0));
        _bias = parameters.Add(cat([Dense.Initial(inputs, random, latent).mul_(meanScale), zeros(latent).fill_(logSigma)], 0));
    }

    /// <summary>Of q(z | x).</summary>
    public static GaussianHead OfPosterior(LatentSurroundings surroundings, int latent, ParameterVector parameters, Generator random)
        => new(surroundings.Hidden, latent, surroundings.SharesPosteriorSigma, parameters, random);

    public int Latent => _latent;

    /// <summary>The layer from hidden units to mean and unclamped log σ; <see langword="null"/>: σ is shared.</summary>
    public (Trainable Weight, Trainable Bias)? PlainLayer => _sharedSigma ? null : (_weight, _bias);

    /// <summary><c>[rows, inputs]</c> → mean and log σ, <c>[rows, latent]</c> each.</summary>
    public (Tensor Mean, Tensor LogSigma) Forward(Tensor x)
    {
        if (_sharedSigma)
        {
            var mean = x.Linear(_weight.Value, _bias.Value.narrow(0, 0, _latent));
            return (mean, Clamp(_bias.Value.narrow(0, _latent, _latent)).expand(x.size(0), _latent));
        }
        var both = x.Linear(_weight.Value, _bias.Value);
        // The gradients of parts that are split off at once are put together in one operation, those of narrowed ones in five.
        var parts = both.split(_latent, 1);
        return (parts[0], Clamp(parts[1]));
    }

    /// <summary>A mean that is linear in x, and one σ for all rows.</summary>
    public void Set(DenseLayer mean, float[] logSigma)
    {
        _weight.Set(_sharedSigma ? mean.Weight : [.. mean.Weight, .. new float[mean.Weight.Length]]);
        _bias.Set([.. mean.Bias, .. logSigma]);
    }

    public (DenseLayer Mean, DenseLayer LogSigma) Export()
    {
        var (w, b) = (_weight.ToArray(), _bias.ToArray());
        var meanValues = _latent * _inputs;
        return (new(w[..meanValues], b[.._latent]), new(_sharedSigma ? new float[meanValues] : w[meanValues..], b[_latent..]));
    }

    /// <summary>log σ between its bounds.</summary>
    public static Tensor Clamp(Tensor logSigma) => logSigma.clamp(Minimum, Maximum);
}
