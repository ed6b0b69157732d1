using System.Globalization;
using MLNet.Vae.Benchmarks.Numbers.Anomalies;

namespace MLNet.Vae.Benchmarks.Numbers.Features;

/// <summary>A set of rows with classes.</summary>
/// <param name="Name">Of the set.</param>
/// <param name="Files">Below the folder of data.</param>
/// <param name="IsSmall">Whether it belongs to a short run.</param>
/// <param name="Read">Its rows.</param>
internal sealed record FeatureSet(string Name, IReadOnlyList<string> Files, bool IsSmall, Func<NumbersOptions, FeatureData> Read)
{
    private const int Most = 5_000, MnistRows = 6_000, MnistTestRows = 2_000;

    private const string Adult = "adult/adult.data", OpticalTraining = "optdigits/optdigits.tra", OpticalTest = "optdigits/optdigits.tes";

    // The table's columns; fnlwgt is a weight of the survey, education_num says education.
    private static readonly int[] AdultNumbers = [0, 4, 10, 11, 12], AdultCategories = [1, 5, 6, 7, 8, 9, 13];

    private const int AdultIncome = 14;

    public static IReadOnlyList<FeatureSet> All { get; } =
    [
        new("Adult", [Adult], false, ReadAdult),
        OfAnomalies("cardio", isSmall: true),
        OfAnomalies("satellite", isSmall: false),
        OfAnomalies("ionosphere", isSmall: true),
        new("optdigits", [OpticalTraining, OpticalTest], true, options => new(
            OpticalDigits.Read(options.Path(OpticalTraining)), OpticalDigits.ReadLabels(options.Path(OpticalTraining)),
            OpticalDigits.Read(options.Path(OpticalTest)), OpticalDigits.ReadLabels(options.Path(OpticalTest)))),
        new("MNIST", ["mnist/train-images-idx3-ubyte.gz", "mnist/t10k-images-idx3-ubyte.gz"], false, ReadMnist),
    ];

    /// <summary>Half of the rows to learn from; the two classes are those that ADBench made of the original ones.</summary>
    private static FeatureSet OfAnomalies(string name, bool isSmall)
    {
        var set = AnomalySet.All.Single(set => set.Name == name);
        return new(name, [set.Path], isSmall, options =>
        {
            var (rows, anomalous) = set.Read(options);
            return FeatureData.Split(rows, Array.ConvertAll(anomalous, label => label ? 1 : 0), rows.Length / 2, rows.Length);
        });
    }

    private static FeatureData ReadMnist(NumbersOptions options)
    {
        var (train, test) = (Mnist.Train(options.Path("mnist")).Take(MnistRows), Mnist.Test(options.Path("mnist")).Take(MnistTestRows));
        return new(Rows(train), Labels(train), Rows(test), Labels(test));

        static float[][] Rows(Mnist digits) => [.. digits.Images.Chunk(Mnist.Pixels)];

        static int[] Labels(Mnist digits) => Array.ConvertAll(digits.Labels, label => (int)label);
    }

    private static FeatureData ReadAdult(NumbersOptions options)
    {
        string[][] lines = [.. File.ReadLines(options.Path(Adult)).Skip(1).Where(line => line.Length > 0).Select(line => line.Split(','))];
        string[][] categories =
        [
            .. AdultCategories.Select(column => lines.Select(line => line[column]).Distinct().Order(StringComparer.Ordinal).ToArray()),
        ];
        float[][] rows =
        [
            .. lines.Select(line => AdultNumbers
                .Select(column => float.Parse(line[column], CultureInfo.InvariantCulture))
                .Concat(AdultCategories.SelectMany((column, i) => categories[i].Select(category => category == line[column] ? 1f : 0)))
                .ToArray()),
        ];
        return FeatureData.Split(rows, [.. lines.Select(line => line[AdultIncome].Contains('>') ? 1 : 0)], Most, Most);
    }
}
