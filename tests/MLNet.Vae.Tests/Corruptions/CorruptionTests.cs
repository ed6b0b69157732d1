using MLNet.Vae.Data;
using MLNet.Vae.Modules;
using MLNet.Vae.Tests.Data;
using MLNet.Vae.Tests.Training;
using static TorchSharp.torch;

namespace MLNet.Vae.Tests.Corruptions;

/// <summary>What each corruption does to the rows that the encoder reads.</summary>
public sealed class CorruptionTests
{
    private const int Rows = 4_000, Features = 5;

    [Fact]
    public void Gaussian_noise_has_mean_0_and_the_deviation_asked_for()
    {
        var (clean, corrupted) = Corrupted(VaeCorruption.GaussianNoise(0.3));
        var noise = corrupted.Zip(clean, (s, c) => (double)(s - c)).ToArray();
        Assert.Equal(0, noise.Average(), 0.01);
        Assert.Equal(0.3, Math.Sqrt(noise.Average(n => n * n)), 0.01);
        Assert.Equal(0.09 * 0.09 * 3, noise.Average(n => n * n * n * n), 0.002);
    }

    [Fact]
    public void Masking_sets_its_share_to_the_mean_of_a_standardised_feature()
    {
        var (clean, corrupted) = Corrupted(VaeCorruption.Masking(0.9));
        Assert.Equal(0.9, corrupted.Count(value => value == 0) / (double)corrupted.Length, 0.01);
        Assert.All(corrupted.Zip(clean), pair => Assert.True(pair.First == 0 || pair.First == pair.Second));
    }

    [Fact]
    public void Salt_and_pepper_sets_its_share_to_the_ends_of_the_range()
    {
        var (clean, corrupted) = Corrupted(VaeCorruption.SaltAndPepper(0.4));
        var (least, largest) = (Ends(clean, Enumerable.Min), Ends(clean, Enumerable.Max));
        var (pepper, salt) = (0, 0);
        for (var i = 0; i < corrupted.Length; i++)
        {
            if (corrupted[i] == clean[i])
                continue;
            Assert.True(corrupted[i] == least[i % Features] || corrupted[i] == largest[i % Features], $"{corrupted[i]}");
            if (corrupted[i] == least[i % Features])
                pepper++;
            else
                salt++;
        }
        Assert.Equal(0.2, pepper / (double)corrupted.Length, 0.01);
        Assert.Equal(0.2, salt / (double)corrupted.Length, 0.01);

        static float[] Ends(float[] values, Func<IEnumerable<float>, float> end)
            => [.. Enumerable.Range(0, Features).Select(j => end(values.Where((_, i) => i % Features == j)))];
    }

    [Fact]
    public void Is_drawn_afresh_each_time_and_leaves_the_target_alone()
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(1);
        using var data = Data();
        using var corruptor = VaeCorruption.SaltAndPepper(0.5).Create(data, random);
        var clean = data.Batch(data.Judged);
        var before = clean.Input.ToArray();

        var (first, second) = (corruptor.Corrupt(clean), corruptor.Corrupt(clean));

        Assert.NotEqual(first.Input.ToArray(), second.Input.ToArray());
        Assert.Equal(before, first.Target.ToArray());
        Assert.Equal(before, clean.Input.ToArray());
    }

    private static (float[] Clean, float[] Corrupted) Corrupted(VaeCorruption options)
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(1);
        using var data = Data();
        using var corruptor = options.Create(data, random);
        using var all = data.Batches(Rows, epoch: 1).GetEnumerator();
        Assert.True(all.MoveNext());
        var batch = corruptor.Corrupt(data.Batch(all.Current));
        return (batch.Target.ToArray(), batch.Input.ToArray());
    }

    private static TrainingRows Data()
    {
        var rows = Trainer.FactorRows(Rows, Features, factors: 2, noise: 1, seed: 1);
        return new TrainingRowsLoader(
            new ArraySource(rows),
            new VaeOptions { Training = new() { ValidationFraction = 0 } },
            seed: 1,
            CPU
        ).Load();
    }
}
