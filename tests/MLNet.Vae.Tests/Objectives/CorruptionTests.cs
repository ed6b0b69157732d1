using MLNet.Vae.Corruptions;
using MLNet.Vae.Data;
using MLNet.Vae.Modules;
using MLNet.Vae.Tests.Training;
using static TorchSharp.torch;

namespace MLNet.Vae.Tests.Objectives;

/// <summary>What each corruption does to the rows that the encoder reads.</summary>
public sealed class CorruptionTests
{
    private const int Rows = 4_000, Features = 5;

    [Fact]
    public void Gaussian_noise_has_mean_0_and_the_deviation_asked_for()
    {
        var (clean, spoilt) = Spoil(VaeCorruption.GaussianNoise(0.3));
        var noise = spoilt.Zip(clean, (s, c) => (double)(s - c)).ToArray();
        Assert.Equal(0, noise.Average(), 0.01);
        Assert.Equal(0.3, Math.Sqrt(noise.Average(n => n * n)), 0.01);
        Assert.Equal(0.09 * 0.09 * 3, noise.Average(n => n * n * n * n), 0.002);
    }

    [Fact]
    public void Masking_sets_its_share_to_the_mean_of_a_standardised_feature()
    {
        var (clean, spoilt) = Spoil(VaeCorruption.Masking(0.9));
        Assert.Equal(0.9, spoilt.Count(value => value == 0) / (double)spoilt.Length, 0.01);
        Assert.All(spoilt.Zip(clean), pair => Assert.True(pair.First == 0 || pair.First == pair.Second));
    }

    [Fact]
    public void Salt_and_pepper_sets_its_share_to_the_ends_of_the_range()
    {
        var (clean, spoilt) = Spoil(VaeCorruption.SaltAndPepper(0.4));
        var (least, largest) = (Ends(clean, Enumerable.Min), Ends(clean, Enumerable.Max));
        var (pepper, salt) = (0, 0);
        for (var i = 0; i < spoilt.Length; i++)
        {
            if (spoilt[i] == clean[i])
                continue;
            Assert.True(spoilt[i] == least[i % Features] || spoilt[i] == largest[i % Features], $"{spoilt[i]}");
            if (spoilt[i] == least[i % Features])
                pepper++;
            else
                salt++;
        }
        Assert.Equal(0.2, pepper / (double)spoilt.Length, 0.01);
        Assert.Equal(0.2, salt / (double)spoilt.Length, 0.01);

        static float[] Ends(float[] values, Func<IEnumerable<float>, float> end)
            => [.. Enumerable.Range(0, Features).Select(j => end(values.Where((_, i) => i % Features == j)))];
    }

    [Fact]
    public void Is_drawn_afresh_each_time_and_leaves_the_target_alone()
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(1);
        using var data = Data();
        using var corruption = Corruption.Create(VaeCorruption.SaltAndPepper(0.5), data, random);
        var clean = data.Batch(data.Judged);
        var before = clean.Input.ToArray();

        var (first, second) = (corruption.Spoil(clean), corruption.Spoil(clean));

        Assert.NotEqual(first.Input.ToArray(), second.Input.ToArray());
        Assert.Equal(before, first.Target.ToArray());
        Assert.Equal(before, clean.Input.ToArray());
    }

    private static (float[] Clean, float[] Spoilt) Spoil(VaeCorruption options)
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(1);
        using var data = Data();
        using var corruption = Corruption.Create(options, data, random);
        using var all = data.Batches(Rows, epoch: 1).GetEnumerator();
        Assert.True(all.MoveNext());
        var batch = corruption.Spoil(data.Batch(all.Current));
        return (batch.Target.ToArray(), batch.Input.ToArray());
    }

    private static TrainingRows Data()
    {
        var rows = Trainer.FactorRows(Rows, Features, factors: 2, noise: 1, seed: 1);
        return new TrainingRowsLoader(new ArraySource(rows), new VaeOptions { Training = new() { ValidationFraction = 0 } }, seed: 1, CPU).Load();
    }
}
