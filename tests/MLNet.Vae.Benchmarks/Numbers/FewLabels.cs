using Microsoft.ML;
using static MLNet.Vae.Benchmarks.Numbers.MarkdownTable;

namespace MLNet.Vae.Benchmarks.Numbers;

/// <summary>MNIST with ten labels of each digit: M2 beside a learner on pixels, principal components and embeddings of all rows.</summary>
internal sealed class FewLabels : INumbersTable
{
    private const string Folder = "mnist";
    private const int LabelsPerDigit = 10, Digits = 10, Dimension = 50, Hidden = 200;
    private const double LearningRate = 0.003, Dropout = 0.4, ClassificationWeight = 50, LabelledShare = 0.2;

    public string Name => "few-labels";

    public string Title => "MNIST, 100 labels";

    public IReadOnlyList<string> Files =>
    [
        $"{Folder}/train-images-idx3-ubyte.gz", $"{Folder}/train-labels-idx1-ubyte.gz",
        $"{Folder}/t10k-images-idx3-ubyte.gz", $"{Folder}/t10k-labels-idx1-ubyte.gz",
    ];

    public string Describe(NumbersOptions options) =>
        $"The first {Rows(options):N0} rows, of which {LabelsPerDigit} of each digit have a label, drawn anew for each of {Draws(options)} "
        + $"draws (seeds 1 to {Draws(options)}, which are the models' seeds too); error on {TestRows(options):N0} of the 10,000 test rows, "
        + "mean and standard deviation over the draws. Pixels, principal components and embeddings (M1) of all rows have ML.NET's "
        + "`LbfgsMaximumEntropy`, with its defaults, on the labelled; M1 and M2 are 784-"
        + $"{Hidden} ReLU with {Dimension} latent dimensions and a Bernoulli likelihood, M2 with a learning rate of 0.003, "
        + $"dropout of 0.4, a classification weight of 50 and a fifth of the rows labelled ones that come again; {Epochs(options)} epochs "
        + "each. Kingma et al. 2014, with 50,000 rows and thousands of epochs, have 11.97 ± 1.71 for "
        + "M2, and 11.82 ± 0.25 for M1 with a transductive SVM.";

    public IEnumerable<MarkdownTable> Measure(NumbersOptions options)
    {
        var train = Mnist.Train(options.Path(Folder)).Take(Rows(options));
        var test = Mnist.Test(options.Path(Folder)).Take(TestRows(options));
        var (names, errors) = (new[] { "pixels", "principal components", "M1", "M2" }, new List<double[]>());
        var seconds = new double[names.Length];
        for (var draw = 1; draw <= Draws(options); draw++)
        {
            options.Progress($"few-labels: draw {draw}");
            errors.Add(OfDraw(train, test, draw, seconds, options));
            options.Progress($"few-labels: {string.Join(", ", errors[^1].Select(error => $"{error:F4}"))}");
        }
        yield return new(
            "",
            ["features or model", "error", "±", "s per draw"],
            [
                .. names.Select((name, i) =>
                {
                    var of = errors.ConvertAll(draw => 100 * draw[i]);
                    var mean = of.Average();
                    var deviation = of.Count < 2 ? 0 : Math.Sqrt(of.Sum(error => (error - mean) * (error - mean)) / (of.Count - 1));
                    return (string[])[name, $"{Cell(mean, 2)} %", Cell(deviation, 2), Seconds(seconds[i] / of.Count)];
                }),
            ]);
    }

    private static double[] OfDraw(Mnist train, Mnist test, int draw, double[] seconds, NumbersOptions options)
    {
        var mlContext = new MLContext(draw);
        var labelled = Labelled(train, draw);
        var all = View(mlContext, train, row => labelled.Contains(row));
        var few = View(mlContext, Of(train, [.. labelled.Order()]), _ => true);
        var unseen = View(mlContext, test, _ => true);
        var shared = new VaeOptions
        {
            InputColumnName = nameof(Digit.Pixels),
            Architecture = VaeArchitecture.Mlp(Hidden),
            Latent = VaeLatent.Gaussian(Dimension),
            Likelihood = VaeLikelihood.Bernoulli,
            Training = new() { Epochs = Epochs(options), Seed = draw, Threads = options.Threads },
        };
        return
        [
            Timed(0, () => ByLearner(mlContext.Transforms.CopyColumns("Features", nameof(Digit.Pixels)).Fit(all))),
            Timed(1, () => ByLearner(
                mlContext.Transforms.ProjectToPrincipalComponents("Features", nameof(Digit.Pixels), rank: Dimension, seed: draw).Fit(all))),
            Timed(2, () => ByLearner(mlContext.Transforms.VaeEmbed(shared with { OutputColumnName = "Features" }).Fit(all))),
            Timed(3, () => Error(mlContext.MulticlassClassification.Trainers.VaeSemiSupervised(new VaeSemiSupervisedOptions
            {
                FeatureColumnName = nameof(Digit.Pixels),
                LabelColumnName = nameof(Digit.Label),
                Architecture = VaeArchitecture.Mlp(Hidden) with { Dropout = Dropout },
                Latent = VaeLatent.SemiSupervised(Dimension) with
                {
                    ClassificationWeight = ClassificationWeight,
                    LabelledShare = LabelledShare,
                },
                Likelihood = shared.Likelihood,
                Training = shared.Training with { ValidationFraction = 0, LearningRate = LearningRate },
            }).Fit(all).Transform(unseen))),
        ];

        double ByLearner(ITransformer features)
        {
            var learner = mlContext.MulticlassClassification.Trainers.LbfgsMaximumEntropy(nameof(Digit.Label));
            return Error(learner.Fit(features.Transform(few)).Transform(features.Transform(unseen)));
        }

        double Error(IDataView scored)
            => 1 - mlContext.MulticlassClassification.Evaluate(scored, nameof(Digit.Label)).MicroAccuracy;

        double Timed(int which, Func<double> work)
        {
            var clock = System.Diagnostics.Stopwatch.StartNew();
            var error = work();
            seconds[which] += clock.Elapsed.TotalSeconds;
            return error;
        }
    }

    private static HashSet<int> Labelled(Mnist train, int seed)
    {
        var random = new Random(seed);
        int[] order = [.. Enumerable.Range(0, train.Rows).OrderBy(_ => random.Next())];
        return [.. Enumerable.Range(0, Digits).SelectMany(digit => order.Where(row => train.Labels[row] == digit).Take(LabelsPerDigit))];
    }

    private static Mnist Of(Mnist digits, int[] rows) => new(
        [.. rows.SelectMany(row => digits.Images[(row * Mnist.Pixels)..((row + 1) * Mnist.Pixels)])],
        [.. rows.Select(row => digits.Labels[row])]);

    /// <summary>ML.NET counts a key that comes from an object from 0; one beyond the last is missing.</summary>
    private static IDataView View(MLContext mlContext, Mnist digits, Predicate<int> isLabelled)
        => mlContext.Data.LoadFromEnumerable(Enumerable.Range(0, digits.Rows).Select(row => new Digit
        {
            Pixels = digits.Images[(row * Mnist.Pixels)..((row + 1) * Mnist.Pixels)],
            Label = isLabelled(row) ? (uint)digits.Labels[row] : uint.MaxValue,
        }).ToList());

    private static int Rows(NumbersOptions options) => options.Full ? 50_000 : 6_000;

    private static int TestRows(NumbersOptions options) => options.Full ? 10_000 : 2_000;

    private static int Draws(NumbersOptions options) => options.Full ? 5 : 2;

    private static int Epochs(NumbersOptions options) => options.Full ? 100 : 30;
}
