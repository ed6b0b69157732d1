using MathNet.Numerics.LinearAlgebra;
using MLNet.Vae.Tests.Training;

namespace MLNet.Vae.Tests.Initialization;

/// <summary>The maximum-likelihood solution of probabilistic PCA in closed form (Tipping and Bishop 1999).</summary>
internal sealed class ProbabilisticPca
{
    private readonly double[] _eigenvalues;
    private readonly double[][] _eigenvectors;
    private readonly int _latent;

    public ProbabilisticPca(float[][] rows, int latent)
    {
        _latent = latent;
        // Smallest first.
        var eigen = Covariance(rows).Evd(Symmetricity.Symmetric);
        _eigenvalues = [.. eigen.EigenValues.Select(value => value.Real).Reverse()];
        _eigenvectors = [.. eigen.EigenVectors.ToColumnArrays().Reverse()];
    }

    /// <summary>Largest first.</summary>
    public IReadOnlyList<double> Eigenvalues => _eigenvalues;

    /// <summary>The span of the leading eigenvectors.</summary>
    public Subspace Principal => new(_eigenvectors.Take(_latent));

    /// <summary>Mean of the eigenvalues left out.</summary>
    public double SigmaSquared => PcaError / (_eigenvalues.Length - _latent);

    /// <summary>Squared error per row of the projection onto the principal subspace.</summary>
    public double PcaError => _eigenvalues.Skip(_latent).Sum();

    /// <summary>Squared error per row at the posterior mean, which lies a share σ²/λ short of the projection.</summary>
    public double PosteriorMeanError => PcaError + _eigenvalues.Take(_latent).Sum(v => SigmaSquared * SigmaSquared / v);

    /// <summary>ln p(x) per row, which is also the best bound of a linear variational autoencoder (Lucas et al. 2019).</summary>
    public double LogLikelihood
    {
        get
        {
            var d = _eigenvalues.Length;
            return -0.5
                * (d * Math.Log(2 * Math.PI) + _eigenvalues.Take(_latent).Sum(Math.Log) + (d - _latent) * Math.Log(SigmaSquared) + d);
        }
    }

    private static Matrix<double> Covariance(float[][] rows)
    {
        var columns = Matrix<double>.Build.Dense(rows[0].Length, rows.Length, (j, i) => rows[i][j]);
        var mean = columns.RowSums() / rows.Length;
        var centred = columns.MapIndexed((j, _, value) => value - mean[j]);
        return centred.TransposeAndMultiply(centred) / rows.Length;
    }
}
