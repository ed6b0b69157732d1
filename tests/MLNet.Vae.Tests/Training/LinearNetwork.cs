using MLNet.Vae.Architectures;
using MLNet.Vae.Graphs;
using MLNet.Vae.Latents;
using MLNet.Vae.Likelihoods;
using MLNet.Vae.Modules;

namespace MLNet.Vae.Tests.Training;

/// <summary>What a trained linear Gaussian model achieves on some rows, with no sampling: its expectations have closed forms.</summary>
internal sealed class LinearNetwork(TrainedVae network)
{
    private readonly GaussianPosterior _code = (GaussianPosterior)network.Latent;
    private readonly DenseLayer _output = (DenseLayer)network.Decoder[^1];
    private readonly int _features = network.FeatureCount;
    private readonly int _latent = network.LatentDimension;

    public double SigmaSquared { get; } = Math.Exp(2 * ((GaussianOutput)network.Distribution).LogSigma);

    public double[] PosteriorVariance { get; } = [.. ((GaussianPosterior)network.Latent).LogSigma.Bias.Select(s => Math.Exp(2 * s))];

    public double Encode(float[] x, int latent)
        => _code.Mean.Bias[latent] + x.Select((value, j) => (double)value * _code.Mean.Weight[latent * _features + j]).Sum();

    public double Decode(double[] z, int feature)
        => _output.Bias[feature] + z.Select((value, l) => value * Loading(feature, l)).Sum();

    /// <summary>Squared error at the posterior mean, per row.</summary>
    public double Error(float[][] rows) => rows.Average(SquaredError);

    /// <summary>
    /// E_q ln p(x | z) − KL, nats per row: the noise in z adds σ_z² times the squared length of each column of the decoder.
    /// </summary>
    public double Elbo(float[][] rows)
    {
        var spread = 0.0;
        for (var l = 0; l < _latent; l++)
            spread += PosteriorVariance[l] * Enumerable.Range(0, _features).Sum(j => Loading(j, l) * Loading(j, l));
        return rows.Average(x =>
            -(SquaredError(x) + spread) / (2 * SigmaSquared) - _features / 2.0 * Math.Log(2 * Math.PI * SigmaSquared) - Kl(x)
        );
    }

    /// <summary>Squared error per row of the orthogonal projection onto the decoder's columns, around the rows' mean.</summary>
    public double ProjectionError(float[][] rows) => Decoded.Error(rows);

    /// <summary>The span of the decoder's columns.</summary>
    private Subspace Decoded =>
        new(Enumerable.Range(0, _latent).Select(l => Enumerable.Range(0, _features).Select(j => Loading(j, l)).ToArray()));

    private double Loading(int feature, int latent) => _output.Weight[feature * _latent + latent];

    private double[] Means(float[] x) => [.. Enumerable.Range(0, _latent).Select(l => Encode(x, l))];

    private double SquaredError(float[] x)
    {
        var z = Means(x);
        return x.Select((value, j) => Math.Pow(value - Decode(z, j), 2)).Sum();
    }

    private double Kl(float[] x) => Means(x).Zip(PosteriorVariance, (m, v) => (m * m + v - 1 - Math.Log(v)) / 2).Sum();
}
