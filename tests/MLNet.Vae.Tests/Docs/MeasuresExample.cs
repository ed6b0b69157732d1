using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Tests.Training;

namespace MLNet.Vae.Tests.Docs;

/// <summary>The lines shown in the documentation.</summary>
public sealed class MeasuresExample : IDisposable
{
    private const int Rows = 800, Unseen = 200, Width = 6;

    private readonly Sticks _sticks = new(Rows + Unseen, seed: 1);
    private readonly VaeTransformer _transformer;

    public MeasuresExample()
    {
        var mlContext = new MLContext(seed: 1);
        var options = VaeOptions.BetaVae(3, 1) with
        {
            Architecture = VaeArchitecture.Mlp(32),
            Training = new()
            {
                Epochs = 40,
                LearningRate = 0.01,
                Seed = 1,
                Threads = 1,
            },
        };
        _transformer = mlContext
            .Transforms.VaeEmbed(options)
            .Fit(mlContext.Data.LoadFromEnumerable(_sticks.Features[..Rows].Select(features => new Row { Features = features })));
    }

    [Fact]
    public void Codes_tell_what_made_the_rows()
    {
        using var generator = VaeGenerator.From(_transformer);
        var (rows, lengths, angles, kinds) = (_sticks.Features, _sticks.Lengths, _sticks.Angles, _sticks.Kinds);

        var scores = VaeDisentanglement.Measure(
            generator.Encode(rows),
            [VaeFactor.Ordered("length", lengths), VaeFactor.Ordered("angle", angles), VaeFactor.Categorical("kind", kinds)],
            seed: 1);
        Console.WriteLine(scores);
        foreach (var factor in scores.Factors)
            Console.WriteLine(factor);

        Assert.InRange(scores.Informativeness, 0.6, 1);
        Assert.StartsWith("length: MIG 0.", scores.Factors[0].ToString());
    }

    [Fact]
    public void A_divergence_has_a_closed_form()
    {
        var (wide, narrow) = (VaeDivergence.Gaussian(0, 2), VaeDivergence.Gaussian(0, 0.5));   // 0.81 and 0.32 nats: it is not symmetric
        float[] mean = [1, 0], sigma = [0.5f, 1];
        var nats = VaeDivergence.Gaussian(mean, sigma, mean2: [0, 0], sigma2: [1, 1]);

        Assert.Equal((0.81, 0.32), (Math.Round(wide, 2), Math.Round(narrow, 2)));
        Assert.Equal(VaeDivergence.Gaussian(1, 0.5), nats, 1e-7);
    }

    [Fact]
    public void Samples_stay_near_what_was_learned()
    {
        using var generator = VaeGenerator.From(_transformer);
        var (trainingRows, heldOutRows) = (_sticks.Features[..Rows], _sticks.Features[Rows..]);

        var coverage = VaePriorCoverage.Measure(generator, trainingRows, heldOutRows, count: 1_000, seed: 1);
        Console.WriteLine($"{coverage.NearShare:P0} of the samples stay near, {coverage.DistanceRatio:F2} times as far from training rows as held-out rows");
        var worst = coverage.Samples.MaxBy(sample => sample.LatentDistance)!;

        Assert.True(coverage.HasOwnPrior);
        Assert.InRange(coverage.NearShare, 0.5, 1);
        Assert.True(worst.LatentDistance > coverage.NearLimit);
    }

    public void Dispose() => _transformer.Dispose();

    /// <summary>Sticks of two kinds: a length, an angle of less than a quarter turn, and noise.</summary>
    private sealed class Sticks
    {
        public Sticks(int count, int seed)
        {
            var random = new Random(seed);
            Lengths = [.. Enumerable.Range(0, count).Select(_ => 1 + random.NextDouble())];
            Angles = [.. Lengths.Select(_ => 80 * random.NextDouble())];
            Kinds = [.. Lengths.Select(_ => random.Next(2))];
            Features = [.. Enumerable.Range(0, count).Select(i =>
            {
                var (sine, cosine) = Math.SinCos(Angles[i] * Math.PI / 180);
                double[] values = [Lengths[i], Lengths[i] * cosine, Lengths[i] * sine, Kinds[i], Kinds[i] * Lengths[i], 1 - Kinds[i]];
                return Array.ConvertAll(values, value => (float)(value + 0.05 * Trainer.Normal(random)));
            })];
        }

        public float[][] Features { get; }

        public double[] Lengths { get; }

        public double[] Angles { get; }

        public int[] Kinds { get; }
    }

    public sealed class Row
    {
        [VectorType(Width)]
        public float[] Features { get; set; } = [];
    }
}
