using MLNet.Vae.Tests.Training;

namespace MLNet.Vae.Tests.Corruptions;

/// <summary>What a corruption does to rows outside of training.</summary>
public sealed class AppliedCorruptionTests
{
    private const int Rows = 4_000, Features = 5;

    private static readonly float[][] Clean = Trainer.FactorRows(Rows, Features, factors: 2, noise: 1, seed: 1);

    [Theory]
    [InlineData(VaeNormalization.None)]
    [InlineData(VaeNormalization.Auto)]
    [InlineData(VaeNormalization.MinMax)]
    public void Gaussian_noise_is_in_units_of_the_normalisation(VaeNormalization normalization)
    {
        var corrupted = VaeCorruption.GaussianNoise(0.3).Apply(Clean, seed: 1, normalization);
        for (var j = 0; j < Features; j++)
        {
            var values = Clean.Select(row => (double)row[j]).ToArray();
            var unit = normalization switch
            {
                VaeNormalization.None => 1,
                VaeNormalization.MinMax => values.Max() - values.Min(),
                _ => Math.Sqrt(values.Average(v => v * v) - Math.Pow(values.Average(), 2)),
            };
            var noise = corrupted.Select((row, i) => (row[j] - values[i]) / unit).ToArray();
            Assert.Equal(0, noise.Average(), 0.02);
            Assert.Equal(0.3, Math.Sqrt(noise.Average(n => n * n)), 0.02);
        }
    }

    [Fact]
    public void Masking_sets_its_share_to_what_0_is_in_normalised_units()
    {
        var standardised = VaeCorruption.Masking(0.9).Apply(Clean, seed: 1);
        var asTheyAre = VaeCorruption.Masking(0.9).Apply(Clean, seed: 1, VaeNormalization.None);
        var masked = 0;
        for (var j = 0; j < Features; j++)
        {
            var mean = Clean.Average(row => (double)row[j]);
            for (var i = 0; i < Rows; i++)
            {
                var isMasked = asTheyAre[i][j] == 0;
                masked += isMasked ? 1 : 0;
                Assert.Equal(isMasked ? 0 : Clean[i][j], asTheyAre[i][j]);
                Assert.Equal(isMasked ? mean : Clean[i][j], standardised[i][j], 1e-5);
            }
        }
        Assert.Equal(0.9, masked / (double)(Rows * Features), 0.01);
    }

    [Fact]
    public void Salt_and_pepper_takes_the_ends_of_the_range_of_the_training_rows()
    {
        float[][] training = [[-1, 10], [3, 20]];
        float[][] rows = [.. Enumerable.Range(0, 2_000).Select(_ => new[] { 0.5f, 15f })];

        var corrupted = VaeCorruption.SaltAndPepper(0.4).Apply(rows, seed: 3, VaeNormalization.None, training);

        foreach (var (j, ends) in new[] { (0, (-1f, 3f)), (1, (10f, 20f)) })
        {
            Assert.Equal(0.2, corrupted.Count(row => row[j] == ends.Item1) / 2_000.0, 0.03);
            Assert.Equal(0.2, corrupted.Count(row => row[j] == ends.Item2) / 2_000.0, 0.03);
            Assert.Equal(0.6, corrupted.Count(row => row[j] == rows[0][j]) / 2_000.0, 0.03);
        }
    }

    [Fact]
    public void The_corruption_of_a_row_comes_from_the_seed_and_its_number_alone()
    {
        var before = Clean.Select(row => row.ToArray()).ToArray();
        var corruption = VaeCorruption.GaussianNoise(0.5);
        var all = corruption.Apply(Clean, seed: 7, trainingRows: Clean);

        Assert.Equal(all[..10], corruption.Apply(Clean[..10], seed: 7, trainingRows: Clean));
        Assert.NotEqual(all[..10], corruption.Apply(Clean[..10], seed: 8, trainingRows: Clean));
        Assert.Equal(before, Clean);
        Assert.Empty(corruption.Apply([], seed: 1));
    }

    [Fact]
    public void A_constant_feature_has_no_noise_in_its_units()
    {
        float[][] rows = [[1, 2], [1, 4], [1, 9]];
        Assert.All(VaeCorruption.GaussianNoise(1).Apply(rows, seed: 1), row => Assert.Equal(1, row[0]));
    }

    [Fact]
    public void Rows_that_cannot_be_corrupted_are_refused()
    {
        var corruption = VaeCorruption.Masking(0.5);
        Refused("Row 1 (counted from 0) has 1 values; expected 2, as many as the first. (Parameter 'rows')", [[1, 2], [3]]);
        Refused("Row 0 (counted from 0), value 1 is NaN; only finite numbers can be corrupted. (Parameter 'rows')", [[1, float.NaN]]);
        Refused("Row 1 (counted from 0) is null. (Parameter 'rows')", [[1, 2], null!]);
        Assert.Equal(
            "There is no row to take means and ranges of; give the training rows, or null. (Parameter 'trainingRows')",
            Assert.Throws<ArgumentException>(() => corruption.Apply([[1]], 1, trainingRows: [])).Message
        );
        Assert.Equal(
            "1 option is wrong: Corruption.Share must be above 0 and below 1, but is 2.",
            Assert.Throws<ArgumentException>(() => VaeCorruption.Masking(2).Apply([[1]], 1)).Message
        );
        Assert.Equal(
            "1 option is wrong: normalization must be one of Auto, Standardize, StandardizeShared, MinMax, None, but is 9.",
            Assert.Throws<ArgumentException>(() => corruption.Apply([[1]], 1, (VaeNormalization)9)).Message
        );

        void Refused(string message, float[][] rows) =>
            Assert.Equal(message, Assert.Throws<ArgumentException>(() => corruption.Apply(rows, 1)).Message);
    }
}
