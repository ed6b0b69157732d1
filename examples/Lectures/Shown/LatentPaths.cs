using Digits;
using Microsoft.ML;
using MLNet.Vae;

namespace Lectures.Shown;

/// <summary>Ways through the latent space, and pictures near to known ones as more rows to learn from.</summary>
internal sealed class LatentPaths : Section
{
    private const int Dimension = 10, Steps = 12, Labelled = 100, Copies = 10;

    private static readonly double[] Scales = [1, 3, 6];

    public override int Number => 18;

    public override string Name => "paths";

    public override string Title => "Interpolation, walks, and data augmentation";

    public override string Formula =>
        "z(t) along a great circle from z₀ to z₁ (White 2016); z = mean + s σ ε for variations of a picture.";

    public override string LookFor =>
        "Every picture on the way is a digit, unlike a fade from one to the other. A learner with few labels gains by variations "
        + "of its pictures.";

    public override Findings Run(Lecture lecture) => Measure(lecture);

    public static Found Measure(Lecture lecture)
    {
        // On the page:
        using var model = lecture.Fit(new()
        {
            Architecture = VaeArchitecture.Mlp(256),
            Latent = VaeLatent.Gaussian(Dimension),
            Likelihood = VaeLikelihood.Bernoulli,
            Training = lecture.Training(steps: 8_000, learningRate: 0.002),
        });
        using var generator = VaeGenerator.From(model);
        var (from, to) = (lecture.Test[0], lecture.Test[1]);
        var way = generator.Interpolate(from, to, Steps).Rows;
        var walk = Enumerable.Range(1, 3).SelectMany(i => generator.Interpolate(lecture.Test[i], lecture.Test[i + 1], Steps).Rows);
        var few = lecture.Digits.Train[..Labelled];
        var varied = few.SelectMany((digit, i) => generator.SampleNear(digit.Features, scale: 1, Copies, lecture.Seed + i).Rows
            .Select(row => new Digit { Features = row, Label = digit.Label }));
        var variations = Scales.SelectMany(scale => generator.SampleNear(from, scale, Steps, lecture.Seed).Rows);
        var (accuracy, augmented) = (Accuracy(lecture, few), Accuracy(lecture, [.. few, .. varied]));
        // Until here.
        var fade = Enumerable.Range(0, Steps).Select(step => from.Zip(to, (a, b) => a + (b - a) * step / (Steps - 1)).ToArray());
        var (wayError, fadeError) = (Roughness(lecture, way), Roughness(lecture, [.. fade]));
        return new(wayError, fadeError, accuracy, augmented)
        {
            Table = new(
                ["", "found", "beside"],
                [
                    ["distance of the middle of the way to the nearest picture", $"{wayError:F1}", $"{fadeError:F1}, of a fade"],
                    [
                        $"accuracy of a linear learner, {Labelled} labels", $"{augmented:P1} with {Copies} variations of each",
                        $"{accuracy:P1} without",
                    ],
                ]),
            Figures =
            [
                new("From one picture to another; below, a fade", lecture.Sheet([.. way, .. fade], Steps)),
                new("A walk over four pictures", lecture.Sheet([.. walk], Steps)),
                new("Variations of a picture, by 1, 3 and 6 standard deviations of its posterior", lecture.Sheet([.. variations], Steps)),
            ],
        };
    }

    /// <summary>Distance of the middle third of a way to the nearest training picture, squared, mean.</summary>
    private static double Roughness(Lecture lecture, IReadOnlyList<float[]> way) => way.Skip(Steps / 3).Take(Steps / 3)
        .Average(row => Measures.SquaredError([row], [lecture.Train[Measures.Nearest(row, lecture.Train)]]));

    private static double Accuracy(Lecture lecture, Digit[] rows)
    {
        var learner = lecture.Context.Transforms.Conversion.MapValueToKey("Label")
            .Append(lecture.Context.MulticlassClassification.Trainers.LbfgsMaximumEntropy());
        var model = learner.Fit(lecture.Digits.View(lecture.Context, rows));
        return lecture.Context.MulticlassClassification.Evaluate(
            model.Transform(lecture.Digits.View(lecture.Context, lecture.Digits.Test))).MicroAccuracy;
    }

    /// <param name="WayError">Squared distance of the middle of an interpolation to the nearest training picture.</param>
    /// <param name="FadeError">That of a fade.</param>
    /// <param name="Accuracy">Of a linear learner with few labels.</param>
    /// <param name="Augmented">With variations of its pictures.</param>
    public sealed record Found(double WayError, double FadeError, double Accuracy, double Augmented) : Findings;
}
