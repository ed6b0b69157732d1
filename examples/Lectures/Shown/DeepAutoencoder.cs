using MLNet.Vae;

namespace Lectures.Shown;

/// <summary>A deep autoencoder's embedding beside PCA's of the same size (Hinton and Salakhutdinov 2006).</summary>
internal sealed class DeepAutoencoder : Section
{
    public override int Number => 3;

    public override string Name => "deep";

    public override string Title => "Deep autoencoder against PCA of the same size";

    public override string Formula =>
        "z = f(x), x̂ = g(z), f and g multilayer perceptrons, z in the plane.";

    public override string LookFor =>
        "Classes lie apart where PCA has them on top of each other, and the error is smaller: a curved surface follows the data "
        + "where a plane cannot.";

    public override Findings Run(Lecture lecture) => Measure(lecture);

    public static Found Measure(Lecture lecture)
    {
        // On the page:
        using var deep = lecture.Fit(VaeOptions.Autoencoder(2, 256, 64) with
        {
            Likelihood = VaeLikelihood.Bernoulli,
            Training = lecture.Training(steps: 8_000, learningRate: 0.002),
        });
        using var linear = lecture.Fit(VaeOptions.LinearAutoencoder(2) with
        {
            Normalization = VaeNormalization.None,
            Training = new() { Initialization = VaeInitialization.ProbabilisticPca, Epochs = 0 },
        });
        using var network = VaeGenerator.From(deep);
        using var pca = VaeGenerator.From(linear);
        var scatter = lecture.PicturesOf(network).Scatter(lecture.Test, lecture.TestLabels);
        var pcaScatter = lecture.PicturesOf(pca).Scatter(lecture.Test, lecture.TestLabels);
        // Until here.
        var (error, pcaError) = (
            Measures.SquaredError(network.Reconstruct(lecture.Test).Rows, lecture.Test),
            Measures.SquaredError(pca.Reconstruct(lecture.Test).Rows, lecture.Test));
        double Right(VaeGenerator generator) => Measures.NearestLabel(
            generator.Encode(lecture.Test), lecture.TestLabels, generator.Encode(lecture.Train), lecture.TrainLabels);
        var (right, pcaRight) = (Right(network), Right(pca));
        var legend = VaePlot.Classes(lecture.TestLabels);
        return new(error, pcaError, right, pcaRight)
        {
            Table = new(
                ["two numbers for a picture", "squared error", "label of the nearest code is right"],
                [["deep", $"{error:F1}", $"{right:P0}"], ["PCA", $"{pcaError:F1}", $"{pcaRight:P0}"]]),
            Figures =
            [
                new("Codes of the deep autoencoder", scatter, legend),
                new("PCA", pcaScatter, legend),
                new("Pictures, deep autoencoder below", lecture.PicturesOf(network).Reconstructions(lecture.Test[..16], columns: 16)),
                new("Pictures, PCA below", lecture.PicturesOf(pca).Reconstructions(lecture.Test[..16], columns: 16)),
            ],
        };
    }

    /// <param name="Error">Squared error per picture.</param>
    /// <param name="PcaError">That of PCA.</param>
    /// <param name="Right">Share of pictures whose nearest code has their label.</param>
    /// <param name="PcaRight">That of PCA.</param>
    public sealed record Found(double Error, double PcaError, double Right, double PcaRight) : Findings;
}
