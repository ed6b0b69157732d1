using MathNet.Numerics.LinearAlgebra.Factorization;
using MathNet.Numerics.LinearAlgebra;
using MLNet.Vae.Architectures;
using MLNet.Vae.Graphs;
using MLNet.Vae.Likelihoods;

namespace MLNet.Vae.Tests.Training;

/// <summary>
/// What the decoder of a linear Gaussian model says by itself: x ~ N(b, C), C = WWᵀ + σ²I, and p(z | x) by Bayes' rule (Tipping and Bishop
/// 1999, section 3.2).
/// </summary>
internal sealed class LinearMarginal
{
    // W, [features, latent].
    private readonly Matrix<double> _loadings;
    private readonly Vector<double> _bias;
    private readonly double _variance;

    // M = WᵀW + σ²I.
    private readonly Cholesky<double> _m;

    public LinearMarginal(TrainedVae network)
    {
        var output = (DenseLayer)network.Decoder[^1];
        _loadings = Matrix<double>.Build.Dense(
            network.FeatureCount,
            network.LatentDimension,
            (j, l) => output.Weight[j * network.LatentDimension + l]
        );
        _bias = Vector<double>.Build.Dense(network.FeatureCount, j => output.Bias[j]);
        _variance = Math.Exp(2 * (double)((GaussianOutput)network.Distribution).LogSigma);
        _m = (
            _loadings.TransposeThisAndMultiply(_loadings) + _variance * Matrix<double>.Build.DenseIdentity(_loadings.ColumnCount)
        ).Cholesky();
    }

    /// <summary>ln p(x), nats per row: ln |C| = (d − q) ln σ² + ln |M|, and C⁻¹ by Woodbury's identity.</summary>
    public double LogLikelihood(float[][] rows)
    {
        var logDeterminant = (_loadings.RowCount - _loadings.ColumnCount) * Math.Log(_variance) + _m.DeterminantLn;
        return rows.Average(x =>
        {
            var centred = Centred(x);
            var loaded = Loaded(centred);
            var quadratic = (centred * centred - loaded * _m.Solve(loaded)) / _variance;
            return -0.5 * (_loadings.RowCount * Math.Log(2 * Math.PI) + logDeterminant + quadratic);
        });
    }

    /// <summary>M⁻¹Wᵀ(x − b).</summary>
    public double[] PosteriorMean(float[] x) => _m.Solve(Loaded(Centred(x))).ToArray();

    /// <summary>σ²M⁻¹, a column of it.</summary>
    public double[] PosteriorCovariance(int column)
        => (_variance * _m.Solve(Vector<double>.Build.Dense(_loadings.ColumnCount, l => l == column ? 1 : 0))).ToArray();

    private Vector<double> Centred(float[] x) => Vector<double>.Build.Dense(x.Length, j => x[j]) - _bias;

    private Vector<double> Loaded(Vector<double> centred) => _loadings.TransposeThisAndMultiply(centred);
}
