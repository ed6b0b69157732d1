using Digits;
using Microsoft.ML;
using MLNet.Vae;

namespace Lectures.Shown;

/// <summary>Many pictures of which few have a label: M1 and M2 (Kingma, Rezende, Mohamed and Welling 2014).</summary>
internal sealed class FewLabels : Section
{
    private const int LabelsPerClass = 5, Dimension = 16, Hidden = 200, Shown = 8;

    public override int Number => 16;

    public override string Name => "few-labels";

    public override string Title => "Few labels: M1 and M2";

    public override string Formula =>
        "Bound with a label: −L(x, y) = E ln p(x | y, z) + ln p(y) − KL(q(z | x, y) ‖ p(z)); without: "
        + "Σ_y q(y | x) (−L(x, y)) + H(q(y | x)); labelled rows add α ln q(y | x).";

    public override string LookFor =>
        $"{LabelsPerClass} pictures of each class have a label. A learner on pixels, principal components or embeddings (M1) sees those "
        + "alone; M2 learns from the others what pictures are like, and has fewer errors. Its code holds what the class does not say: "
        + "a picture's style under every class.";

    public override Findings Run(Lecture lecture) => Measure(lecture);

    public static Found Measure(Lecture lecture)
    {
        // On the page:
        var labelled = Labelled(lecture);
        // Empty text makes a missing key.
        Digit[] rows = [.. lecture.Digits.Train.Select((digit, i) =>
            labelled.Contains(i) ? digit : new Digit { Features = digit.Features })];
        var keys = lecture.Context.Transforms.Conversion.MapValueToKey("Label").Fit(lecture.Digits.View(lecture.Context, rows));
        IDataView View(IEnumerable<Digit> digits) => keys.Transform(lecture.Digits.View(lecture.Context, digits));
        var (all, few, test) = (View(rows), View(rows.Where(digit => digit.Label != "")), View(lecture.Digits.Test));
        var training = lecture.Training(steps: 4_000);
        var trainers = lecture.Context.MulticlassClassification.Trainers;
        using var embedding = lecture.Context.Transforms.VaeEmbed(new VaeOptions
        {
            Architecture = VaeArchitecture.Mlp(Hidden),
            Latent = VaeLatent.Gaussian(Dimension),
            Likelihood = VaeLikelihood.Bernoulli,
            Training = training,
        }).Fit(all);
        using var classifier = trainers.VaeSemiSupervised(new VaeSemiSupervisedOptions
        {
            Architecture = VaeArchitecture.Mlp(Hidden) with { Dropout = 0.4 },
            Latent = VaeLatent.SemiSupervised(Dimension) with { ClassificationWeight = 50, LabelledShare = 0.2 },
            Likelihood = VaeLikelihood.Bernoulli,
            Training = training with { ValidationFraction = 0 },
        }).Fit(all);
        var components = lecture.Context.Transforms.ProjectToPrincipalComponents("Features", rank: Dimension, seed: lecture.Seed).Fit(all);
        double ErrorOf(IDataView scored) => 1 - lecture.Context.MulticlassClassification.Evaluate(scored).MicroAccuracy;
        double Error(IDataView features, IDataView unseen, string column) =>
            ErrorOf(trainers.LbfgsMaximumEntropy(featureColumnName: column).Fit(features).Transform(unseen));
        var pixels = Error(few, test, "Features");
        var pca = Error(components.Transform(few), components.Transform(test), "Features");
        var m1 = Error(embedding.Transform(few), embedding.Transform(test), "Embedding");
        var m2 = ErrorOf(classifier.Transform(test));
        // Until here.
        using var generator = VaeGenerator.From(classifier);
        return new(pixels, pca, m1, m2)
        {
            Table = new(
                [$"{labelled.Count} labels, {rows.Length:N0} pictures", "reads the other pictures", "error"],
                [
                    ["pixels", "no", $"{pixels:P1}"],
                    [$"{Dimension} principal components", "yes", $"{pca:P1}"],
                    [$"M1, {Dimension} latent dimensions", "yes", $"{m1:P1}"],
                    [$"M2, {Dimension} latent dimensions beside the class", "yes", $"{m2:P1}"],
                ]),
            Figures =
            [
                new(
                    "A picture, then its style under each class, by M2",
                    lecture.Sheet(Styles(generator, lecture.Test[..Shown]), 1 + lecture.Digits.Labels.Length)),
            ],
        };
    }

    /// <summary>Which training pictures have a label, drawn by the seed.</summary>
    private static HashSet<int> Labelled(Lecture lecture)
    {
        var order = Enumerable.Range(0, lecture.Train.Length).ToArray();
        new Random(lecture.Seed).Shuffle(order);
        return [.. lecture.Digits.Labels.SelectMany(label =>
            order.Where(i => lecture.TrainLabels[i] == label).Take(LabelsPerClass))];
    }

    /// <summary>A code is z and then the class as 1 among zeros.</summary>
    private static List<float[]> Styles(VaeGenerator generator, float[][] rows)
    {
        List<float[]> images = [];
        foreach (var (row, code) in rows.Zip(generator.Encode(rows)))
        {
            images.Add(row);
            images.AddRange(generator.Decode([.. Enumerable.Range(Dimension, code.Length - Dimension).Select(of =>
                code.Select((value, i) => i < Dimension ? value : i == of ? 1f : 0).ToArray())]).Rows);
        }
        return images;
    }

    /// <param name="Pixels">Share of test pictures that a linear learner of the labelled ones gets wrong.</param>
    /// <param name="Pca">The same on principal components of all pictures.</param>
    /// <param name="M1">The same on embeddings by a VAE of all pictures.</param>
    /// <param name="M2">Of the semi-supervised VAE.</param>
    public sealed record Found(double Pixels, double Pca, double M1, double M2) : Findings;
}
