using MLNet.Vae.Data;
using MLNet.Vae.Modules;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Vae.Initialization;

/// <summary>
/// Mean, and eigenvalues and eigenvectors of the covariance, of the normalised rows that are trained on; in double precision.
/// </summary>
internal sealed class PrincipalComponents
{
    private const int BlockValues = 1 << 20, MaximumBlockRows = 4096;

    // Below this share of the largest eigenvalue lies what rounding makes of an eigenvalue of 0.
    private const double RankTolerance = 1e-12;

    // Entries this close to the longest are as long: rounding is not to choose the sign.
    private const double SignTolerance = 1e-6;

    // Row-major, an eigenvector a column, in rising order of their eigenvalues.
    private readonly double[] _vectors;

    private PrincipalComponents(double[] mean, double[] rising, double[] vectors)
    {
        Mean = mean;
        _vectors = vectors;
        var floor = rising[^1] * RankTolerance;
        Eigenvalues = [.. rising.Reverse().Select(value => value > floor ? value : 0)];
    }

    /// <summary><c>[features]</c>.</summary>
    public double[] Mean { get; }

    /// <summary>Variances along the axes, largest first, divided by the number of rows, <c>[features]</c>.</summary>
    public double[] Eigenvalues { get; }

    public int Features => Mean.Length;

    /// <summary>
    /// The axis of an eigenvalue, of unit length, <c>[features]</c>. Its sign, which is free, is the one that makes its longest entry
    /// positive.
    /// </summary>
    public double[] Axis(int index)
    {
        var column = Features - 1 - index;
        var axis = new double[Features];
        for (var j = 0; j < axis.Length; j++)
            axis[j] = _vectors[j * Features + column];
        var longest = axis.Max(Math.Abs) * (1 - SignTolerance);
        if (axis.First(entry => Math.Abs(entry) >= longest) < 0)
        {
            for (var j = 0; j < axis.Length; j++)
                axis[j] = -axis[j];
        }
        return axis;
    }

    /// <summary>Squared error per row of the projection onto the first axes: the sum of the other eigenvalues.</summary>
    public double Residual(int axes) => Eigenvalues.Skip(axes).Sum();

    /// <summary>The first axes' share of the variance, 0 to 1; 1 where nothing varies, of which nothing is left to explain.</summary>
    public double ExplainedVariance(int axes) => Residual(0) == 0 ? 1 : 1 - Residual(axes) / Residual(0);

    /// <summary>Of the products of a block, the longest operation of <see cref="Of"/>.</summary>
    public static double MultiplyAdds(TrainingRows data)
        => Math.Min(BlockRows(data.Layout.Features), data.Count) * (double)data.Layout.Features * data.Layout.Features;

    /// <param name="data">Read once.</param>
    /// <param name="throwIfCancelled">Called with every block; throws where the pass is to stop.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static PrincipalComponents Of(TrainingRows data, Action throwIfCancelled)
    {
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        var features = data.Layout.Features;
        // Sums are taken of differences from a row: sums of squares of large, close values would cancel.
        var origin = Rows(data, data.Judged.narrow(0, 0, 1));
        var sum = zeros(features, ScalarType.Float64, data.Device);
        var products = zeros([features, features], ScalarType.Float64, data.Device);
        foreach (var block in data.Batches(BlockRows(features), epoch: 0))
        {
            throwIfCancelled();
            using var blockScope = NewDisposeScope();
            var columns = (Rows(data, block) - origin).t();
            sum.Accumulate(columns.sum(1L));
            products.Accumulate(nn.functional.linear(columns, columns));
        }
        using Scalar count = data.Count;
        var mean = sum.div_(count).view(features, 1);
        var covariance = products.div_(count).sub_(nn.functional.linear(mean, mean));
        var (values, vectors) = linalg.eigh(covariance.cpu());
        return new(mean.Plus(origin.view(features, 1)).ToDoubles(), values.ToDoubles(), vectors.ToDoubles());
    }

    private static int BlockRows(int features) => Math.Clamp(BlockValues / features, 1, MaximumBlockRows);

    /// <summary>Normalised, <c>[rows, features]</c>.</summary>
    private static Tensor Rows(TrainingRows data, Tensor rows) => data.Batch(rows).Input.to_type(ScalarType.Float64);
}
