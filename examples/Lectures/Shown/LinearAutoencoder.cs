using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;
using MLNet.Vae;

namespace Lectures.Shown;

/// <summary>A linear autoencoder learns what PCA computes (Bourlard and Kamp 1988; Baldi and Hornik 1989).</summary>
internal sealed class LinearAutoencoder : Section
{
    private const int Dimension = 10;

    public override int Number => 1;

    public override string Name => "linear";

    public override string Title => "Linear autoencoder and PCA";

    public override string Formula =>
        "z = Ax + a, x̂ = Wz + b, min Σ (x − x̂)²: the columns of W span the first q eigenvectors of the covariance.";

    public override string LookFor =>
        "Both errors are the same but for what gradient descent has left, and the angles between the two subspaces are small. "
        + "Eigen-pictures are sorted by variance; the columns that were learned are any others of the same span.";

    public override Findings Run(Lecture lecture) => Measure(lecture);

    public static Found Measure(Lecture lecture)
    {
        // On the page:
        var options = VaeOptions.LinearAutoencoder(Dimension) with { Normalization = VaeNormalization.None };
        // From random weights: left to itself a linear model starts from PCA, and has nothing to learn.
        var fromRandom = lecture.Training(steps: 8_000, learningRate: 0.02) with { Initialization = VaeInitialization.Random };
        using var learned = lecture.Fit(options with { Training = fromRandom });
        using var computed = lecture.Fit(options with
        {
            Training = new() { Initialization = VaeInitialization.ProbabilisticPca, Epochs = 0 },
        });
        using var trained = VaeGenerator.From(learned);
        using var pca = VaeGenerator.From(computed);
        var (made, expected) = (trained.Reconstruct(lecture.Test).Rows, pca.Reconstruct(lecture.Test).Rows);
        var eigenPictures = lecture.PicturesOf(pca).EigenPictures(columns: Dimension);
        var learnedColumns = lecture.PicturesOf(trained).EigenPictures(columns: Dimension);
        // Until here.
        var (error, pcaError) = (Measures.SquaredError(made, lecture.Test), Measures.SquaredError(expected, lecture.Test));
        var angles = Angles(trained.Loadings(), pca.Loadings());
        return new(error, pcaError, angles)
        {
            Table = new(
                ["", "squared error per picture", "largest angle to PCA's subspace", "mean angle"],
                [
                    ["learned", $"{error:F2}", $"{angles.Max():F1}°", $"{angles.Average():F1}°"],
                    ["PCA, closed form", $"{pcaError:F2}", "0°", "0°"],
                ]),
            Figures =
            [
                new($"The first {Dimension} eigenvectors", eigenPictures),
                new("What was learned in their place", learnedColumns),
                new(
                    "Pictures, and below each what the linear autoencoder makes of it",
                    lecture.PicturesOf(trained).Reconstructions(lecture.Test[..12], columns: 12)),
            ],
        };
    }

    /// <summary>Principal angles between two spans, degrees: arc cosines of the singular values of Q₁ᵀQ₂.</summary>
    private static double[] Angles(float[][] first, float[][] second)
    {
        var cosines = Basis(first).TransposeThisAndMultiply(Basis(second)).Svd(computeVectors: false).S;
        return [.. cosines.Select(cosine => Math.Acos(Math.Clamp(cosine, -1, 1)) * 180 / Math.PI)];

        static Matrix<double> Basis(float[][] columns) =>
            Matrix<double>.Build.Dense(columns[0].Length, columns.Length, (i, j) => columns[j][i]).QR(QRMethod.Thin).Q;
    }

    /// <param name="Error">Squared error per picture, learned.</param>
    /// <param name="PcaError">That of PCA.</param>
    /// <param name="Angles">Principal angles between the two subspaces, degrees.</param>
    public sealed record Found(double Error, double PcaError, double[] Angles) : Findings;
}
