using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Tests.Estimators;
using MLNet.Vae.Tests.Kit;

namespace MLNet.Vae.Tests.Training;

/// <summary>Training rows with a few wrong values among them: what is learned is what the other rows teach.</summary>
public class DirtyRowsTests
{
    private const int Bad = 333;

    private readonly MLContext _mlContext = new(seed: 1);

    public static TheoryData<float, int> WrongValues => new(
        from value in new[] { 100f, 1_000, -1e30f }
        from seed in new[] { 1, 2, 3, 4 }
        select (value, seed));

    /// <summary>Whichever side of the split the row is on, which differs by seed.</summary>
    [Theory]
    [MemberData(nameof(WrongValues))]
    public void One_wrong_value_spoils_no_detector_and_is_named(float value, int seed)
    {
        var rows = Rows(800);
        rows[Bad][2] = value;
        using var detector = Fit(rows, seed);
        Assert.True(Auc(detector) > 0.97, $"AUC {Auc(detector)}, {detector.History().BestEpoch} of {detector.History().Epochs.Count}");
        Assert.Contains(detector.History().Warnings, warning => warning.Contains("2 (row 333: ", StringComparison.Ordinal));
    }

    /// <summary>By range, in several cells and columns, one of which is else constant, whatever the likelihood.</summary>
    [Theory]
    [InlineData(VaeNormalization.MinMax, false)]
    [InlineData(VaeNormalization.MinMax, true)]
    [InlineData(VaeNormalization.Standardize, false)]
    public void Wrong_values_in_several_columns_spoil_no_detector_and_are_named(VaeNormalization normalization, bool isBernoulli)
    {
        List<float[]> rows = [.. Rows(800).Select(WithConstant)];
        VaeLikelihood likelihood = isBernoulli ? VaeLikelihood.Bernoulli : VaeLikelihood.Gaussian;
        var options = new VaeAnomalyOptions { Normalization = normalization, Likelihood = likelihood };
        using var clean = Fit(rows, seed: 1, options: options);
        (rows[Bad][2], rows[7][2], rows[7][6], rows[500][6]) = (1e30f, -1_000, 1e30f, 1e6f);
        using var detector = Fit(rows, seed: 1, options: options);
        var warnings = detector.History().Warnings.Where(warning => warning.Contains("few rows have", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, warnings.Count);
        Assert.Contains(" 2 (row 7: -1000, row 333: 1E+30). ", warnings[0], StringComparison.Ordinal);
        Assert.Contains(" 6 (row 7: 1E+30, row 500: 1000000). ", warnings[1], StringComparison.Ordinal);
        Assert.Equal(Auc(clean, WithConstant), Auc(detector, WithConstant), 0.05);

        // Beyond its range, or another value of the constant column: more anomalous than any row as it should be.
        var (far, changed) = (WithConstant(Rows(1, seed: 4)[0]), WithConstant(Rows(1, seed: 5)[0]));
        (far[2], changed[6]) = (1_000, 6);
        List<float[]> scored = [far, changed, .. Rows(300, seed: 2).Select(WithConstant)];
        var scores = detector.Transform(SampleData.Features(_mlContext, scored, 7)).GetColumn<float>("Score").ToArray();
        Assert.True(Math.Min(scores[0], scores[1]) > scores[2..].Max(), $"{scores[0]}, {scores[1]}, {scores[2..].Max()}");

        static float[] WithConstant(float[] row) => [.. row, 5];
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_row_whose_values_are_each_possible_is_named_by_its_loss(int seed)
    {
        var rows = Rows(800);
        rows[Bad] = [8, -8, 8, -8, 8, -8];
        using var detector = Fit(rows, seed);
        Assert.True(Auc(detector) > 0.97, $"AUC {Auc(detector)}");
    }

    [Fact]
    public void Held_out_it_decides_no_epoch()
    {
        var rows = Rows(800);
        // A third is held out, and one of these rows at least is among them.
        foreach (var row in new[] { 10, 200, 300, 500, 790 })
            rows[row][3] = 60;
        var history = Fit(rows, seed: 5, validationFraction: 0.33).History();
        Assert.True(history.BestEpoch > 10, $"best epoch {history.BestEpoch}");
        Assert.InRange(history.Best.ValidationElbo!.Value, -6, 10);
    }

    [Fact]
    public void A_column_of_times_beside_them_hides_nothing()
    {
        var rows = Rows(800);
        var random = new Random(9);
        using var detector = Fit([.. rows.Select(WithTime)], seed: 1);
        Assert.True(Auc(detector, WithTime) > 0.97, $"AUC {Auc(detector, WithTime)}");

        // Seconds of 20 minutes, of which single precision tells steps of 128.
        float[] WithTime(float[] row) => [.. row, (float)(1.7e9 + 1_200 * random.NextDouble())];
    }

    /// <summary>
    /// Skewed columns, ln of which has three factors: a few rows of the long tail, held out, had the first epoch kept, which knew nothing.
    /// </summary>
    [Fact]
    public void Skewed_rows_are_learned_from()
    {
        var random = new Random(99);
        double[][] loadings = [.. Enumerable.Range(0, 10).Select(_ => Uniforms(random, 3))];
        var rows = Enumerable.Range(0, 1_500).Select(_ =>
        {
            double[] z = [Trainer.Normal(random), Trainer.Normal(random), Trainer.Normal(random)];
            return loadings
                .Select(loading => (float)Math.Exp(2 * (loading.Zip(z, (w, x) => w * x).Sum() + 0.85 * Trainer.Normal(random))))
                .ToArray();
        }).ToList();
        var training = new VaeTrainingOptions { Epochs = 60, Patience = 10, Seed = 1, Threads = 1 };
        var options = new VaeOptions { Architecture = VaeArchitecture.Mlp(32), Latent = VaeLatent.Gaussian(3), Training = training };
        using var transformer = _mlContext.Transforms.VaeEmbed(options).Fit(SampleData.Features(_mlContext, rows, 10));
        var history = transformer.History();
        Assert.True(history.BestEpoch > 10, $"best epoch {history.BestEpoch} of {history.Epochs.Count}");
        Assert.True(history.Best.KlPerDimension.Sum() > 0.1, $"KL {history.Best.KlPerDimension.Sum()}");
    }

    [Fact]
    public void Clean_rows_are_warned_of_nothing()
    {
        using var detector = Fit(Rows(800), seed: 1);
        Assert.DoesNotContain(detector.History().Warnings, warning => warning.Contains("few rows", StringComparison.Ordinal));
    }

    private static double[] Uniforms(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() - 0.5)];

    private VaeTransformer Fit(List<float[]> rows, int seed, double validationFraction = 0.1, VaeAnomalyOptions? options = null) =>
        _mlContext
            .AnomalyDetection.Trainers.Vae(
                (options ?? new()) with
                {
                    Architecture = VaeArchitecture.Mlp(32),
                    Latent = VaeLatent.Gaussian(3),
                    Training = new()
                    {
                        Epochs = 80,
                        LearningRate = 0.01,
                        Seed = seed,
                        Threads = 1,
                        ValidationFraction = validationFraction,
                    },
                }
            )
            .Fit(SampleData.Features(_mlContext, rows, rows[0].Length));

    /// <summary>Of rows in which one of four features is off by 1.5, against rows as they should be.</summary>
    private double Auc(VaeTransformer detector, Func<float[], float[]>? more = null)
    {
        var random = new Random(77);
        var off = Rows(100, seed: 3);
        off.ForEach(row => row[2 + random.Next(4)] += random.Next(2) == 0 ? 1.5f : -1.5f);
        var (normal, anomalous) = (Scores(Rows(500, seed: 2)), Scores(off));
        return anomalous.Average(bad => normal.Average(good => bad > good ? 1.0 : 0));

        float[] Scores(List<float[]> rows)
        {
            List<float[]> scored = more is null ? rows : [.. rows.Select(more)];
            return [.. detector.Transform(SampleData.Features(_mlContext, scored, scored[0].Length)).GetColumn<float>("Score")];
        }
    }

    /// <summary>z₁, z₂, z₁ + z₂, z₁ − z₂, 2z₁, −z₂, the last four with noise of 0.1.</summary>
    private static List<float[]> Rows(int count, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            var (a, b) = (Trainer.Normal(random), Trainer.Normal(random));
            double[] row = [a, b, a + b, a - b, 2 * a, -b];
            return row.Select((value, j) => (float)(value + (j < 2 ? 0 : 0.1 * Trainer.Normal(random)))).ToArray();
        })];
    }
}
