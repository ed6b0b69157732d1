using MathNet.Numerics.Distributions;
using MLNet.Vae.Tables;

namespace MLNet.Vae.Tests.Tables;

public sealed class NumberChoiceTests
{
    private const int Rows = 3_000;

    private static readonly Random Random = new(1);

    public static TheoryData<string, VaeColumnKind> Samples => new()
    {
        { "normal", VaeColumnKind.Gaussian },
        { "log-normal", VaeColumnKind.LogNormal },
        { "Poisson far from 0", VaeColumnKind.Gaussian },
        { "negative binomial", VaeColumnKind.NegativeBinomial },
        { "two humps", VaeColumnKind.Quantile },
        { "mostly 0", VaeColumnKind.Histogram },
        { "few values", VaeColumnKind.Histogram },
        { "0 and 1", VaeColumnKind.Boolean },
    };

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_family_is_found_where_there_is_one(string sample, VaeColumnKind expected)
    {
        var choice = NumberChoice.Of(Survey(Enumerable.Range(0, Rows).Select(_ => Draw(sample))));
        Assert.True(choice.Kind == expected, $"{choice}");
    }

    [Fact]
    public void What_says_nothing_is_set_aside()
    {
        Assert.Equal(new(null, "constant: always 3"), NumberChoice.Of(Survey(Enumerable.Repeat(3.0, Rows))));
        Assert.StartsWith("like an identifier", NumberChoice.Of(Survey(Enumerable.Range(1_000, Rows).Select(i
            => (double)i))).Reason, StringComparison.Ordinal);
        var shuffled = Enumerable.Range(0, Rows).Select(i => (double)i).ToArray();
        Random.Shuffle(shuffled);
        Assert.Null(NumberChoice.Of(Survey(shuffled)).Kind);
        // All different, but far apart: amounts in cents, not numbers of rows.
        Assert.NotNull(NumberChoice.Of(Survey(Enumerable.Range(0, 200).Select(_ => (double)Random.Next(1_000_000)))).Kind);
    }

    [Fact]
    public void Of_many_rows_a_sample_is_looked_at_with_the_least_and_the_greatest()
    {
        var survey = Survey(Enumerable.Range(0, 250_000).Select(i => (double)((i * 7_919L) % 250_007)));
        var sorted = survey.Sorted();
        Assert.Equal(100_000, sorted.Length);
        Assert.Equal((survey.Least, survey.Greatest), (sorted[0], sorted[^1]));
        Assert.InRange(sorted[50_000], 123_000, 127_000);
    }

    private static NumberSurvey Survey(IEnumerable<double> values)
    {
        var survey = new NumberSurvey(seed: 1);
        foreach (var value in values)
            survey.Add(value);
        return survey;
    }

    private static double Draw(string sample) => sample switch
    {
        "normal" => Normal.Sample(Random, 10, 3),
        "log-normal" => Math.Exp(Normal.Sample(Random, 2, 1)),
        "Poisson far from 0" => Poisson.Sample(Random, 60),
        "negative binomial" => Poisson.Sample(Random, Gamma.Sample(Random, 2, 0.05)),
        "two humps" => Normal.Sample(Random, Random.Next(2) * 20, 1),
        "mostly 0" => Random.NextDouble() < 0.9 ? 0 : Normal.Sample(Random, 500, 100),
        "few values" => Random.Next(12),
        _ => Random.Next(2),
    };
}
