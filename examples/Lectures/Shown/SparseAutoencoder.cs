using MLNet.Vae;

namespace Lectures.Shown;

/// <summary>Codes longer than a row: the trivial map, and what penalties make of it.</summary>
internal sealed class SparseAutoencoder : Section
{
    private const double Target = 0.05;

    public override int Number => 4;

    public override string Name => "sparse";

    public override string Title => "Over-complete and sparse codes";

    public override string Formula =>
        "Σ (x − x̂)² + w Σ |z|; or + w Σ [ρ ln(ρ/ρ̂) + (1 − ρ) ln((1 − ρ)/(1 − ρ̂))] with ρ̂ the mean of a unit, z longer than x.";

    public override string LookFor =>
        "Without a penalty the code copies the picture, with nearly every unit in use. L1 on ReLU units makes exact zeros; on "
        + "sigmoid units, which never are 0, small values. KL to a target holds the mean of each unit near ρ.";

    public override Findings Run(Lecture lecture) => Measure(lecture);

    public static Found Measure(Lecture lecture)
    {
        // On the page:
        var length = lecture.Train[0].Length * 5 / 4;
        Code Fit(Activation activation, VaeSparsity? sparsity)
        {
            using var model = lecture.Fit(new()
            {
                Architecture = VaeArchitecture.Linear,
                Latent = VaeLatent.Deterministic(length) with { Activation = activation, Sparsity = sparsity },
                Likelihood = VaeLikelihood.SquaredError,
                Normalization = VaeNormalization.None,
                Training = lecture.Training(steps: 4_500, learningRate: 0.001),
            });
            using var generator = VaeGenerator.From(model);
            return Code.Of(generator.Encode(lecture.Test), generator.Reconstruct(lecture.Test).Rows, lecture.Test);
        }

        var free = Fit(Activation.Relu, sparsity: null);
        var relu = Fit(Activation.Relu, VaeSparsity.L1(0.1));
        var sigmoid = Fit(Activation.Sigmoid, VaeSparsity.L1(0.1));
        var target = Fit(Activation.Sigmoid, VaeSparsity.KlToTarget(Target, 1));
        // Until here.
        (string Name, Code Code)[] all =
        [
            ("no penalty, ReLU", free), ("L1, ReLU", relu), ("L1, sigmoid", sigmoid), ($"KL to ρ = {Target}, sigmoid", target),
        ];
        return new(free, relu, sigmoid, target)
        {
            Table = new(
                [$"{length} units for {lecture.Train[0].Length} pixels", "squared error", "values that are exactly 0", "mean value"],
                [.. all.Select(a => new[] { a.Name, $"{a.Code.Error:F2}", $"{a.Code.Zeros:P0}", $"{a.Code.Mean:F3}" })]),
            Figures =
            [
                new(
                    "Share of the values of a code up to each value",
                    VaePlot.Curves([.. all.Select(a => a.Code.Distribution)]),
                    [.. all.Select(a => a.Name)]),
            ],
        };
    }

    /// <param name="Error">Squared error per picture.</param>
    /// <param name="Zeros">Share of values that are exactly 0.</param>
    /// <param name="Mean">Of all values.</param>
    /// <param name="Distribution">Share of values up to each of some values.</param>
    public sealed record Code(double Error, double Zeros, double Mean, IReadOnlyList<(double X, double Y)> Distribution)
    {
        public static Code Of(float[][] codes, IReadOnlyList<float[]> made, float[][] rows)
        {
            const int Points = 50;
            float[] values = [.. codes.SelectMany(code => code).Order()];
            return new(
                Measures.SquaredError(made, rows),
                values.Count(value => value == 0) / (double)values.Length,
                values.Average(),
                [.. Enumerable.Range(0, Points + 1).Select(i => (i / (double)Points, Share(values, i / (float)Points)))]);
        }

        private static double Share(float[] sorted, float upTo)
        {
            var place = Array.BinarySearch(sorted, MathF.BitIncrement(upTo));
            return (place < 0 ? ~place : place) / (double)sorted.Length;
        }
    }

    public sealed record Found(Code Free, Code Relu, Code Sigmoid, Code Target) : Findings;
}
