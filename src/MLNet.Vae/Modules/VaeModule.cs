using MLNet.Vae.Networks;
using MLNet.Vae.Objectives;
using static TorchSharp.torch;

namespace MLNet.Vae.Modules;

/// <summary>Encoder, decoder and likelihood (Kingma and Welling 2014). All tensors are normalised features or latents, one row per sample.</summary>
internal sealed class VaeModule
{
    private readonly Mlp? _encoder;
    private readonly GaussianHead _posterior;
    private readonly Mlp? _decoder;
    private readonly Dense _output;

    public VaeModule(int features, VaeModelOptions options, ParameterVector parameters, Generator random)
    {
        var latent = options.Latent.EmbeddingLength;
        if (options.Architecture is MlpArchitecture mlp)
        {
            _encoder = new Mlp(features, mlp.HiddenSizes, mlp, parameters, random);
            _posterior = new GaussianHead(mlp.HiddenSizes[^1], latent, sharedSigma: false, parameters, random);
            _decoder = new Mlp(latent, mlp.HiddenSizes.Reverse(), mlp, parameters, random);
            _output = new Dense(mlp.HiddenSizes[0], features, parameters, random);
        }
        else
        {
            _posterior = new GaussianHead(features, latent, sharedSigma: true, parameters, random);
            _output = new Dense(latent, features, parameters, random);
        }
        Likelihood = OutputLikelihood.Create(options.Likelihood, parameters);
        parameters.Build();
    }

    public OutputLikelihood Likelihood { get; }

    /// <summary>Set while training: draws what dropout keeps.</summary>
    public Generator? Dropout { get; set; }

    /// <summary>q(z | x): <c>[rows, features]</c> → mean and log σ, <c>[rows, latent]</c> each.</summary>
    public (Tensor Mean, Tensor LogSigma) Encode(Tensor x) => _posterior.Forward(_encoder?.Forward(x, Dropout) ?? x);

    /// <summary>z = mean + σ·noise, noise ~ N(0, I): <c>[rows, latent]</c>.</summary>
    public static Tensor Reparameterise(Tensor mean, Tensor logSigma, Tensor noise) => mean.Plus(logSigma.exp() * noise);

    /// <summary><c>[rows, latent]</c> → the likelihood's parameters, <c>[rows, features]</c>.</summary>
    public Tensor Decode(Tensor z) => _output.Forward(_decoder?.Forward(z, Dropout) ?? z);

    /// <summary>The two terms of the bound, nats: −ln p(x | z) of each row, <c>[rows]</c>, and KL, <c>[rows, latent]</c>; and the posterior mean.</summary>
    public (Tensor Reconstruction, Tensor Kl, Tensor Mean) Terms(Tensor x, Tensor noise)
    {
        var (mean, logSigma) = Encode(x);
        var z = Reparameterise(mean, logSigma, noise);
        return (-Likelihood.LogDensity(x, Decode(z)), GaussianKl.PerDimension(mean, logSigma), mean);
    }

    public TrainedVae Export(FeatureScaling scaling)
    {
        var (mean, logSigma) = _posterior.Export();
        return new()
        {
            Scaling = scaling,
            Encoder = [.. _encoder?.Export() ?? []],
            Mean = mean,
            LogSigma = logSigma,
            LogSigmaRange = (GaussianHead.MinimumLogSigma, GaussianHead.MaximumLogSigma),
            Decoder = [.. _decoder?.Export() ?? []],
            Output = _output.Export(),
            Distribution = Likelihood.Export(),
        };
    }
}
