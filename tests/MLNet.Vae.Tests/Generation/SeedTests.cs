using MLNet.Vae.Modules;
using MLNet.Vae.Tests.Kit;

namespace MLNet.Vae.Tests.Generation;

/// <summary>What is random depends on the seed and the number of the sample, and on nothing else.</summary>
public sealed class SeedTests : IDisposable
{
    private readonly VaeGenerator _generator = VaeGenerator.From(SampleModels.Embedder());

    public void Dispose() => _generator.Dispose();

    [Fact]
    public void The_same_seed_gives_the_same_samples_and_another_gives_others()
    {
        var (one, again, other) = (Draw(7), Draw(7), Draw(8));

        Assert.Equal(one.Latents, again.Latents);
        Assert.Equal(one.Rows, again.Rows);
        Assert.All(one.Latents.Zip(other.Latents), pair => Assert.NotEqual(pair.First, pair.Second));

        VaeSamples Draw(int seed) => _generator.Sample(50, seed, draw: VaeDraw.Random);
    }

    [Fact]
    public void The_numbers_of_a_seed_stay_as_they_are()
        => Assert.Equal(
            [1.1566123f, 2.4621630f, -0.8328504f], _generator.Sample(2, seed: 42).Latents[1], (a, b) => MathF.Abs(a - b) < 1e-6f);

    [Fact]
    public void Sample_i_does_not_depend_on_how_many_are_drawn()
    {
        var (few, many) = (_generator.Sample(3, 1, draw: VaeDraw.Random), _generator.Sample(3000, 1, draw: VaeDraw.Random));

        for (var i = 0; i < few.Count; i++)
        {
            Assert.Equal(few.Latents[i], many.Latents[i]);
            FloatAssert.Near(few.Rows[i], many.Rows[i], $"row {i}");
        }
        var near = _generator.SampleNear(few.Rows[0], 1, 2, seed: 1);
        Assert.Equal(near.Latents, _generator.SampleNear(few.Rows[0], 1, 20, seed: 1).Latents.Take(2));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100_000)]
    public void The_size_of_a_block_changes_no_value(int blockSize)
    {
        using var generator = VaeGenerator.From(_generator.Model, new() { BlockSize = blockSize });
        var (expected, found) = (_generator.Sample(100, 1, draw: VaeDraw.Random), generator.Sample(100, 1, draw: VaeDraw.Random));

        Assert.Equal(expected.Latents, found.Latents);
        for (var i = 0; i < 100; i++)
        {
            FloatAssert.Near(expected.Rows[i], found.Rows[i], $"row {i}");
            FloatAssert.Near(_generator.Encode(expected.Rows)[i], generator.Encode(expected.Rows)[i], $"code {i}");
        }
    }

    [Fact]
    public void Several_threads_may_use_one_generator()
    {
        var expected = Enumerable.Range(0, 16).Select(seed => _generator.Sample(300, seed, draw: VaeDraw.Random).Rows).ToArray();

        Parallel.For(0, 64, i => Assert.Equal(expected[i % 16], _generator.Sample(300, i % 16, draw: VaeDraw.Random).Rows));
    }
}
