using MLNet.Vae.Interop;
using MLNet.Vae.Latents;
using MLNet.Vae.Runtime;

namespace MLNet.Vae.Tests.Generation;

/// <summary>Samples of a vector-quantised model with a prior over its codes.</summary>
public sealed class CodePriorSampleTests
{
    private const int Count = 20_000;

    private static readonly VaeModel Model = GeneratorModels.WithCodePrior;

    [Fact]
    public void Samples_have_the_probabilities_of_the_prior()
    {
        using var generator = VaeGenerator.From(Model);
        var shares = generator.Sample(Count, seed: 1).Latents.Select(Number).CountBy(number => number).ToDictionary();

        var expected = Probabilities();

        Assert.Equal(1, expected.Sum(), 1e-6);
        Assert.True(expected.Max() > 3.0 / expected.Length);
        for (var number = 0; number < expected.Length; number++)
        {
            var error = Math.Sqrt(expected[number] * (1 - expected[number]) / Count);
            Moments.Near(expected[number], shares.GetValueOrDefault(number) / (double)Count, error, $"share of sequence {number}");
        }
    }

    [Fact]
    public void A_sample_is_the_same_however_many_there_are()
    {
        using var generator = VaeGenerator.From(Model);
        var many = generator.Sample(150, seed: 5).Latents;
        foreach (var count in new[] { 1, 63, 64, 65 })
            Assert.Equal(many.Take(count), generator.Sample(count, seed: 5).Latents);
        Assert.NotEqual(many, generator.Sample(150, seed: 6).Latents);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.2499, 0)]
    [InlineData(0.2501, 1)]
    [InlineData(0.9999999999999999, 2)]
    public void An_entry_is_drawn_by_its_probability(double uniform, int number)
        => Assert.Equal(number, AutoregressivePrior.Drawn([0, MathF.Log(2), 0], uniform));

    [Fact]
    public void An_entry_of_no_probability_is_never_drawn()
    {
        float[] logits = [0, float.NegativeInfinity, 0, float.NegativeInfinity];
        Assert.All(Enumerable.Range(0, 1_000), i => Assert.Contains(AutoregressivePrior.Drawn(logits, i / 1_000.0), new[] { 0, 2 }));
    }

    /// <summary>Of all sequences, by walking through each of them.</summary>
    private static double[] Probabilities()
    {
        var (entries, codes) = (GeneratorModels.CodebookSize, GeneratorModels.Codes);
        var probabilities = Enumerable.Repeat(1.0, (int)Math.Pow(entries, codes)).ToArray();
        using var context = new ScoringContext(ScoringHost.Silent, Model, new() { Threads = 1 }, typeof(VaeModel));
        var walk = new CodeWalk(
            CodePriorLayout.Of(Model.Info),
            Model.CodePriorEntries(),
            GeneratorModels.PriorUnits,
            new ModelRuns(context, Model.Info).CodePrior);
        walk.Run(probabilities.Length, null, (row, code, logits) =>
        {
            var number = row / (int)Math.Pow(entries, code) % entries;
            probabilities[row] *= Math.Exp(logits[number]) / logits.Sum(logit => Math.Exp(logit));
            return number;
        });
        return probabilities;
    }

    private static int Number(float[] z) => z.Chunk(2)
        .Select((part, i) => Array.FindIndex(GeneratorModels.Codebook, entry => entry.SequenceEqual(part))
            * (int)Math.Pow(GeneratorModels.CodebookSize, i))
        .Sum();
}
