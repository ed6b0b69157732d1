using MLNet.Vae.Architectures;
using MLNet.Vae.Graphs;
using MLNet.Vae.Likelihoods;

namespace MLNet.Vae.Tests.Training;

/// <summary>What the decoder of a linear Gaussian model says by itself: x ~ N(b, C), C = WWᵀ + σ²I, and p(z | x) by Bayes' rule (Tipping and Bishop 1999, section 3.2).</summary>
internal sealed class LinearMarginal
{
    private readonly DenseLayer _output;
    private readonly int _features, _latent;
    private readonly double _variance;

    // Lower triangle L of M = WᵀW + σ²I = LLᵀ.
    private readonly double[,] _cholesky;

    public LinearMarginal(TrainedVae network)
    {
        _output = (DenseLayer)network.Decoder[^1];
        (_features, _latent) = (network.FeatureCount, network.LatentDimension);
        _variance = Math.Exp(2 * (double)((GaussianOutput)network.Distribution).LogSigma);
        _cholesky = new double[_latent, _latent];
        for (var i = 0; i < _latent; i++)
        {
            for (var k = 0; k <= i; k++)
            {
                var sum = Enumerable.Range(0, _features).Sum(j => Loading(j, i) * Loading(j, k)) + (i == k ? _variance : 0);
                for (var p = 0; p < k; p++)
                    sum -= _cholesky[i, p] * _cholesky[k, p];
                _cholesky[i, k] = i == k ? Math.Sqrt(sum) : sum / _cholesky[k, k];
            }
        }
    }

    /// <summary>ln p(x), nats per row: ln |C| = (d − q) ln σ² + ln |M|, and C⁻¹ by Woodbury's identity.</summary>
    public double LogLikelihood(float[][] rows)
    {
        var logDeterminant = (_features - _latent) * Math.Log(_variance) + 2 * Enumerable.Range(0, _latent).Sum(l => Math.Log(_cholesky[l, l]));
        return rows.Average(x =>
        {
            var centred = Centred(x);
            var (loaded, mean) = (Loaded(centred), PosteriorMean(x));
            var quadratic = (centred.Sum(v => v * v) - loaded.Zip(mean, (a, b) => a * b).Sum()) / _variance;
            return -0.5 * (_features * Math.Log(2 * Math.PI) + logDeterminant + quadratic);
        });
    }

    /// <summary>M⁻¹Wᵀ(x − b).</summary>
    public double[] PosteriorMean(float[] x) => Solve(Loaded(Centred(x)));

    /// <summary>σ²M⁻¹, a column of it.</summary>
    public double[] PosteriorCovariance(int column)
        => [.. Solve([.. Enumerable.Range(0, _latent).Select(l => l == column ? 1.0 : 0)]).Select(v => v * _variance)];

    private double Loading(int feature, int latent) => _output.Weight[feature * _latent + latent];

    private double[] Centred(float[] x) => [.. x.Select((value, j) => (double)value - _output.Bias[j])];

    private double[] Loaded(double[] centred) => [.. Enumerable.Range(0, _latent).Select(l => centred.Select((v, j) => v * Loading(j, l)).Sum())];

    private double[] Solve(double[] right)
    {
        var y = new double[_latent];
        for (var i = 0; i < _latent; i++)
            y[i] = (right[i] - Enumerable.Range(0, i).Sum(p => _cholesky[i, p] * y[p])) / _cholesky[i, i];
        for (var i = _latent - 1; i >= 0; i--)
            y[i] = (y[i] - Enumerable.Range(i + 1, _latent - 1 - i).Sum(p => _cholesky[p, i] * y[p])) / _cholesky[i, i];
        return y;
    }
}
