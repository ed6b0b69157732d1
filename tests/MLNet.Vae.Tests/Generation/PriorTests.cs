using MLNet.Vae.Modules;
using MLNet.Vae.Tests.Kit;
using MLNet.Vae.Tests.Onnx;

namespace MLNet.Vae.Tests.Generation;

/// <summary>Samples of every prior have its moments.</summary>
public class PriorTests
{
    private const int Count = 20_000;

    [Theory]
    [InlineData("red", 0)]
    [InlineData("green", 1)]
    [InlineData("blue", 2)]
    public void A_learned_prior_is_that_of_the_condition(string condition, int number)
    {
        using var generator = VaeGenerator.From(GeneratorModels.Conditional(learnedPrior: true));

        var samples = generator.Sample(Count, seed: 1, condition);

        new Moments(samples.Latents).AreOfGaussian(
            i => GeneratorModels.PriorMeans[number][i],
            (i, j) => i == j ? Math.Exp(2 * GeneratorModels.PriorLogSigmas[number][i]) : 0);
        AssertDecoded(generator.Model, samples, OneHot(number));
    }

    [Fact]
    public void A_prior_that_does_not_depend_on_the_condition_gives_the_same_codes_under_each()
    {
        using var generator = VaeGenerator.From(GeneratorModels.Conditional());
        var (red, blue) = (generator.Sample(20, 1, "red"), generator.Sample(20, 1, "blue"));

        Assert.Equal(red.Latents, blue.Latents);
        AssertDecoded(generator.Model, red, OneHot(0));
        AssertDecoded(generator.Model, blue, OneHot(2));
        Assert.All(red.Rows.Zip(blue.Rows), pair => Assert.NotEqual(pair.First, pair.Second));
    }

    [Fact]
    public void A_mixture_gives_its_components_by_weight_each_with_its_moments()
    {
        using var generator = VaeGenerator.From(GeneratorModels.Mixture);

        var codes = generator.Sample(Count, seed: 1).Latents;

        // The components of the model do not overlap: a code is of the nearest one.
        var parts = codes.ToLookup(code =>
            Enumerable.Range(0, 3).MinBy(c => code.Zip(GeneratorModels.Components[c].Mean, (z, m) => (z - m) * (z - m)).Sum())
        );
        Assert.Equal(3, parts.Count);
        for (var c = 0; c < 3; c++)
        {
            var component = GeneratorModels.Components[c];
            Moments.Near(
                component.Weight,
                (double)parts[c].Count() / Count,
                Math.Sqrt(component.Weight * (1 - component.Weight) / Count),
                $"weight of {c}"
            );
            new Moments([.. parts[c]]).AreOfGaussian(i => component.Mean[i], (i, j) => i == j ? Math.Exp(2 * component.LogSigma[i]) : 0);
        }
        var mean = Enumerable.Range(0, 3).Select(i => GeneratorModels.Components.Sum(c => c.Weight * c.Mean[i])).ToArray();
        var found = new Moments(codes);
        for (var i = 0; i < 3; i++)
        {
            var variance = GeneratorModels.Components.Sum(c => c.Weight * (Math.Exp(2 * c.LogSigma[i]) + Math.Pow(c.Mean[i] - mean[i], 2)));
            Moments.Near(mean[i], found.Mean[i], Math.Sqrt(variance / Count), $"mean of {i}");
            // Of distributions with lighter tails than a Gaussian's, as these, the variance is known better.
            Moments.Near(variance, found.Covariance[i, i], variance * Math.Sqrt(2.0 / Count), $"variance of {i}");
        }
    }

    [Fact]
    public void Levels_are_drawn_from_the_top_down()
    {
        double[] a = [1, -0.7], b = [0.3, -0.1], c = [0.5, 0, -1, 2];
        using var generator = VaeGenerator.From(GeneratorModels.Hierarchical);

        var samples = generator.Sample(Count, seed: 2, draw: VaeDraw.Random);

        // z₁ = a·z₂ + b + s·ε, s = ½; z₂ is last.
        new Moments(samples.Latents).AreOfGaussian(
            i => i < 2 ? b[i] : 0,
            (i, j) => (i == 2 ? 1 : a[i]) * (j == 2 ? 1 : a[j]) + (i == j && i < 2 ? 0.25 : 0));
        // x = W·z₁ + c + σ·ε, σ = 0.6, W's columns Walsh functions.
        double W(int j, int l) => ((j >> l) & 1) == 0 ? 1 : -1;
        new Moments(samples.Rows).AreOfGaussian(
            j => c[j] + (W(j, 0) * b[0]) + (W(j, 1) * b[1]),
            (i, j) => (((W(i, 0) * a[0]) + (W(i, 1) * a[1])) * ((W(j, 0) * a[0]) + (W(j, 1) * a[1])))
                + (0.25 * ((W(i, 0) * W(j, 0)) + (W(i, 1) * W(j, 1)))) + (i == j ? 0.36 : 0));
    }

    [Fact]
    public void Codes_are_entries_of_the_codebook_each_as_likely_and_by_themselves()
    {
        using var generator = VaeGenerator.From(GeneratorModels.Quantized);

        var samples = generator.Sample(Count, seed: 1);

        var numbers = samples
            .Latents.Select(z =>
                z.Chunk(2).Select(part => Array.FindIndex(GeneratorModels.Codebook, entry => entry.SequenceEqual(part))).ToArray()
            )
            .ToArray();
        Assert.DoesNotContain(-1, numbers.SelectMany(n => n));
        for (var first = 0; first < GeneratorModels.Codes; first++)
        {
            for (var second = first + 1; second < GeneratorModels.Codes; second++)
            {
                var pairs = numbers.CountBy(n => (n[first], n[second])).ToDictionary();
                Assert.Equal(25, pairs.Count);
                Assert.All(
                    pairs.Values,
                    count => Moments.Near(0.04, (double)count / Count, Math.Sqrt(0.04 * 0.96 / Count), "share of a pair")
                );
            }
        }
        AssertDecoded(generator.Model, samples, null);
    }

    [Fact]
    public void Reconstructed_codes_are_entries_of_the_codebook()
    {
        using var generator = VaeGenerator.From(GeneratorModels.Quantized);

        var codes = generator.Reconstruct(GeneratorModels.Rows(50)).Latents;

        Assert.All(
            codes,
            z => Assert.All(z.Chunk(2), part => Assert.Contains(GeneratorModels.Codebook, entry => entry.SequenceEqual(part)))
        );
    }

    private static void AssertDecoded(VaeModel model, VaeSamples samples, float[]? condition)
    {
        using var decoder = new OnnxRunner(model.ToOnnx(VaeGraph.Decoder));
        var inputs = new Dictionary<string, float[][]> { ["z"] = [.. samples.Latents] };
        if (condition is not null)
            inputs["condition"] = [.. samples.Latents.Select(_ => condition)];
        var expected = decoder.Run(inputs)["reconstruction"];
        for (var i = 0; i < expected.Length; i++)
            FloatAssert.Near(expected[i], samples.Rows[i], $"row {i}");
    }

    private static float[] OneHot(int number) => [.. Enumerable.Range(0, 3).Select(i => i == number ? 1f : 0)];
}
