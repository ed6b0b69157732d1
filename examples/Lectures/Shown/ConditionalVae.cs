using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae;
using MLNet.Vae.Modules;

namespace Lectures.Shown;

/// <summary>
/// Pictures of a class that is asked for, in a style that is held, and half pictures made whole (Sohn, Lee and Yan 2015).
/// </summary>
internal sealed class ConditionalVae : Section
{
    private const string Condition = "Digit";
    private const int Dimension = 8, Checked = 20, Measured = 200;

    public override int Number => 11;

    public override string Name => "conditional";

    public override string Title => "Conditional VAE";

    public override string Formula =>
        "ln p(x | y) ≥ E ln p(x | z, y) − KL(q(z | x, y) ‖ p(z)), or ‖ p(z | y) with a prior of the condition.";

    public override string LookFor =>
        "Lines are classes, columns are styles: one z under every y. An analogy is the style of a picture under other classes. "
        + "Where the left half is the condition, several right halves that go with it.";

    public override Findings Run(Lecture lecture) => Measure(lecture);

    public static Found Measure(Lecture lecture)
    {
        // On the page:
        var options = VaeOptions.ConditionalVae(Dimension, Condition) with
        {
            Architecture = VaeArchitecture.Mlp(256),
            Likelihood = VaeLikelihood.Bernoulli,
            Training = lecture.Training(steps: 6_000, learningRate: 0.002),
        };
        var keys = lecture.Context.Transforms.Conversion.MapValueToKey(Condition, "Label");
        VaeTransformer Fit(VaeOptions how) => VaeTransformer.From(
            lecture.Context, keys.Append(lecture.Context.Transforms.VaeEmbed(how)).Fit(lecture.Data));
        using var independent = Fit(options);
        using var dependent = Fit(options with { Condition = options.Condition! with { LearnedPrior = true } });
        using var generator = VaeGenerator.From(independent);
        using var withPrior = VaeGenerator.From(dependent);
        VaeConditionValue[] classes = [.. lecture.Digits.Labels.Select(label => (VaeConditionValue)label)];
        var styles = lecture.PicturesOf(generator).Styles(classes, count: 12, lecture.Seed);
        var stylesOfPrior = lecture.PicturesOf(withPrior).Styles(classes, count: 12, lecture.Seed);
        var shown = Enumerable.Range(0, 5).ToArray();
        var analogies = lecture.PicturesOf(generator).Analogies(
            [.. shown.Select(i => lecture.Test[i])], [.. shown.Select(i => (VaeConditionValue)lecture.TestLabels[i])], classes);
        // Until here.
        var halves = Halves(lecture);
        var (right, rightOfPrior) = (Right(lecture, generator), Right(lecture, withPrior));
        return new(right, rightOfPrior, halves.Error, halves.MeanError)
        {
            Table = new(
                ["", "found", "beside"],
                [
                    [
                        "samples whose nearest picture has the class asked for, prior N(0, I)", $"{right:P0}",
                        $"{1.0 / classes.Length:P0} by chance",
                    ],
                    ["the same, prior of the condition", $"{rightOfPrior:P0}", ""],
                    ["squared error of right halves", $"{halves.Error:F1}", $"{halves.MeanError:F1}, the mean right half"],
                ]),
            Figures =
            [
                new("A line for each class, a column for each z; prior N(0, I)", styles),
                new("The same with a prior that depends on the class", stylesOfPrior),
                new("Analogies: a picture, then its style under each class", analogies),
                new("Left half as condition: the picture, then three right halves drawn for its left", halves.Sheet),
            ],
        };
    }

    private static double Right(Lecture lecture, VaeGenerator generator) => lecture.Digits.Labels.Average(label =>
    {
        var rows = generator.Sample(Checked, lecture.Seed + 1, label).Rows;
        return Measures.NearestLabel(rows, [.. rows.Select(_ => label)], lecture.Train, lecture.TrainLabels);
    });

    /// <summary>The condition may be a vector, such as half a picture.</summary>
    private static (double Error, double MeanError, VaePicture Sheet) Halves(Lecture lecture)
    {
        const int Shown = 8, Draws = 3;
        var (height, width) = (lecture.Shape.Height, lecture.Shape.Width / 2);
        HalfPicture[] Cut(float[][] rows) => [.. rows.Select(row => new HalfPicture
        {
            Left = [.. row.Where((_, pixel) => pixel % lecture.Shape.Width < width)],
            Right = [.. row.Where((_, pixel) => pixel % lecture.Shape.Width >= width)],
        })];
        var schema = SchemaDefinition.Create(typeof(HalfPicture));
        schema[nameof(HalfPicture.Left)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, height * width);
        schema[nameof(HalfPicture.Right)].ColumnType =
            new VectorDataViewType(NumberDataViewType.Single, height * (lecture.Shape.Width - width));
        var (train, test) = (Cut(lecture.Train), Cut(lecture.Test));
        using var model = lecture.Context.Transforms.VaeEmbed(VaeOptions.ConditionalVae(4, nameof(HalfPicture.Left)) with
        {
            InputColumnName = nameof(HalfPicture.Right),
            Architecture = VaeArchitecture.Mlp(256),
            Likelihood = VaeLikelihood.Bernoulli,
            Training = lecture.Training(steps: 4_000, learningRate: 0.002),
        }).Fit(lecture.Context.Data.LoadFromEnumerable(train, schema));
        using var generator = VaeGenerator.From(model);

        float[][] rights = [.. test.Take(Measured).Select(half => generator.Sample(1, lecture.Seed, half.Left).Rows[0])];
        var mean = Measures.Mean([.. train.Select(half => half.Right)]);
        var images = new List<float[]>();
        foreach (var (half, row) in test.Zip(lecture.Test).Take(Shown))
        {
            images.Add(row);
            images.AddRange(generator.Sample(Draws, lecture.Seed, half.Left).Rows.Select(right => Joined(half.Left, right, width)));
        }
        return (
            Measures.SquaredError(rights, [.. test.Take(Measured).Select(half => half.Right)]),
            Measures.SquaredError([.. rights.Select(_ => mean)], [.. test.Take(Measured).Select(half => half.Right)]),
            lecture.Sheet(images, columns: 2 * (Draws + 1)));
    }

    private static float[] Joined(float[] left, float[] right, int width)
    {
        var height = left.Length / width;
        var other = right.Length / height;
        return
        [
            .. Enumerable.Range(0, height)
                .SelectMany(y => left[(y * width)..((y + 1) * width)].Concat(right[(y * other)..((y + 1) * other)])),
        ];
    }

    /// <param name="Right">Share of samples whose nearest training picture has the class asked for, prior N(0, I).</param>
    /// <param name="RightOfPrior">The same with a prior of the condition.</param>
    /// <param name="HalfError">Squared error of right halves made for left ones.</param>
    /// <param name="MeanHalfError">That of the mean right half.</param>
    public sealed record Found(double Right, double RightOfPrior, double HalfError, double MeanHalfError) : Findings;
}
