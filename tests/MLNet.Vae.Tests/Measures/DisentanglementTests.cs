using MLNet.Vae.Modules;

namespace MLNet.Vae.Tests.Measures;

/// <summary>Codes whose scores are known.</summary>
public class DisentanglementTests
{
    private const int Seed = 1;

    // 10 · 10 combinations, 10 of each.
    private static readonly int[][] Square = Grid.Of(10, 10, 10);

    [Fact]
    public void A_dimension_for_each_factor_scores_1_throughout()
    {
        var scores = VaeDisentanglement.Measure(Grid.Codes(Square, row => [row[0], 5 - 2.0 * row[1]]), Grid.Ordered(Square), Seed);

        Assert.Equal(1, scores.BetaVae);
        Assert.Equal(1, scores.Mig, 1e-12);
        Assert.Equal(1, scores.Sap, 1e-12);
        Assert.Equal(1, scores.Disentanglement);
        Assert.Equal(1, scores.Completeness);
        Assert.Equal(1, scores.Informativeness, 1e-4);
        Assert.Equal([1, 1], scores.DimensionDisentanglement.AsEnumerable());
    }

    [Fact]
    public void Turned_by_45_degrees_everything_is_told_and_nothing_kept_apart()
    {
        var scores = VaeDisentanglement.Measure(Grid.Codes(Square, row => [row[0] + row[1], row[0] - row[1]]), Grid.Ordered(Square), Seed);

        Assert.InRange(scores.BetaVae, 0.45, 0.55);
        Assert.Equal(0, scores.Mig, 1e-12);
        Assert.Equal(0, scores.Sap, 1e-12);
        Assert.InRange(scores.Disentanglement, 0, 0.01);
        Assert.InRange(scores.Completeness, 0, 0.01);
        Assert.Equal(1, scores.Informativeness, 1e-4);
        Assert.All(scores.Factors, factor => Assert.All(factor.Predictability, r => Assert.Equal(0.5, r, 1e-9)));
    }

    [Fact]
    public void Noise_tells_nothing()
    {
        var random = new Random(2);
        int[][] rows = [.. Enumerable.Range(0, 5_000).Select(_ => new[] { random.Next(4), random.Next(4), random.Next(3) })];
        var codes = rows.Select(_ => new[] { random.NextSingle(), random.NextSingle(), random.NextSingle(), random.NextSingle() })
            .ToArray();

        var scores = VaeDisentanglement.Measure(
            codes,
            [.. Grid.Ordered(rows)[..2], VaeFactor.Categorical("kind", rows.Select(row => row[2]))],
            Seed
        );

        Assert.InRange(scores.BetaVae, 0.28, 0.39);
        Assert.InRange(scores.Mig, 0, 0.005);
        Assert.InRange(scores.Sap, 0, 0.02);
        Assert.Equal(0, scores.Informativeness);
        Assert.Equal(0, scores.Disentanglement);
        Assert.Equal(0, scores.Completeness);
    }

    [Fact]
    public void Less_and_less_apart_scores_less_and_less()
    {
        var angles = new[] { 0.0, 0.25, 0.5, Math.PI / 4 };
        var scores = angles
            .Select(angle =>
                VaeDisentanglement.Measure(
                    Grid.Codes(
                        Square,
                        row => [Math.Cos(angle) * row[0] + Math.Sin(angle) * row[1], Math.Cos(angle) * row[1] - Math.Sin(angle) * row[0]]
                    ),
                    Grid.Ordered(Square),
                    Seed
                )
            )
            .ToArray();

        foreach (var (more, less) in scores.Zip(scores.Skip(1)))
        {
            Assert.True(more.Mig > less.Mig + 0.02, $"MIG {more.Mig} to {less.Mig}");
            Assert.True(more.Sap > less.Sap + 0.05, $"SAP {more.Sap} to {less.Sap}");
            Assert.True(
                more.Disentanglement > less.Disentanglement + 0.05,
                $"disentanglement {more.Disentanglement} to {less.Disentanglement}"
            );
            Assert.True(more.Completeness > less.Completeness + 0.05, $"completeness {more.Completeness} to {less.Completeness}");
        }
        for (var i = 0; i < angles.Length; i++)
            Assert.Equal(Math.Abs(Math.Cos(2 * angles[i])), scores[i].Sap, 1e-6);
        Assert.Equal(1, scores[0].BetaVae);
        Assert.True(scores[^1].BetaVae < 0.6);
    }

    [Fact]
    public void Mutual_information_and_its_gap_do_not_change_under_a_monotone_map()
    {
        var random = new Random(3);
        var z = Enumerable.Range(0, 2_000).Select(_ => new[] { random.NextSingle(), random.NextSingle() }).ToArray();
        VaeFactor[] factors =
        [
            VaeFactor.Ordered("a", z.Select(row => row[0] + 0.3 * random.NextDouble())),
            VaeFactor.Ordered("b", z.Select(row => (double)row[1])),
        ];

        var plain = VaeDisentanglement.Measure(z, factors, Seed);
        var mapped = VaeDisentanglement.Measure(
            [.. z.Select(row => new[] { -MathF.Exp(9 * row[0]), row[1] * row[1] * row[1] })],
            factors,
            Seed
        );

        Assert.Equal(plain.Mig, mapped.Mig, 1e-12);
        Assert.Equal(plain.Factors[0].MutualInformation[0], mapped.Factors[0].MutualInformation[0], 1e-12);
        Assert.Equal(plain.Factors[1].Entropy, plain.Factors[1].MutualInformation[1], 1e-12);
        Assert.InRange(plain.Mig, 0.5, 0.95);
    }

    [Fact]
    public void Neither_the_order_of_the_dimensions_nor_their_signs_matter()
    {
        var random = new Random(4);
        int[][] rows = [.. Enumerable.Range(0, 1_500).Select(_ => new[] { random.Next(5), random.Next(3), random.Next(40) })];
        var codes = Grid.Codes(
            rows,
            row => [row[0] + random.NextDouble(), row[1] + 0.3 * row[2] + random.NextDouble(), random.NextDouble(), row[2]]
        );
        VaeFactor[] factors = [.. Grid.Ordered(rows)[..2], VaeFactor.Categorical("kind", rows.Select(row => row[2] / 10))];

        var plain = VaeDisentanglement.Measure(codes, factors, Seed);
        var other = VaeDisentanglement.Measure([.. codes.Select(code => new[] { -code[3], code[2], -code[0], code[1] })], factors, Seed);

        Assert.Equal(plain.BetaVae, other.BetaVae, 0.002);
        Assert.Equal(plain.Mig, other.Mig, 1e-12);
        Assert.Equal(plain.Sap, other.Sap, 1e-9);
        Assert.Equal(plain.Disentanglement, other.Disentanglement, 1e-3);
        Assert.Equal(plain.Completeness, other.Completeness, 1e-3);
        Assert.Equal(plain.Informativeness, other.Informativeness, 1e-3);
        int[] places = [2, 3, 1, 0];
        for (var k = 0; k < factors.Length; k++)
        {
            Assert.Equal(
                places.Select(j => other.Factors[k].MutualInformation[j]),
                plain.Factors[k].MutualInformation.AsEnumerable(),
                Near(1e-12)
            );
            Assert.Equal(places.Select(j => other.Factors[k].Importance[j]), plain.Factors[k].Importance.AsEnumerable(), Near(1e-3));
        }
    }

    [Fact]
    public void A_constant_dimension_counts_for_nothing()
    {
        var with = VaeDisentanglement.Measure(Grid.Codes(Square, row => [row[0], 0.1, row[1]]), Grid.Ordered(Square), Seed);

        Assert.Equal(1, with.BetaVae);
        Assert.Equal(1, with.Mig, 1e-12);
        Assert.Equal(1, with.Sap, 1e-12);
        Assert.Equal(1, with.Disentanglement);
        Assert.Equal(1, with.Completeness);
        Assert.Equal([1, 0, 1], with.DimensionDisentanglement.AsEnumerable());
        Assert.All(
            with.Factors,
            factor => Assert.Equal((0, 0, 0), (factor.MutualInformation[1], factor.Predictability[1], factor.Importance[1]))
        );
    }

    [Fact]
    public void A_collapsed_code_scores_0_or_chance()
    {
        var kind = VaeFactor.Categorical("kind", Square.Select(row => row[1] % 4));
        var scores = VaeDisentanglement.Measure(Grid.Codes(Square, _ => [0.3, -7]), [Grid.Ordered(Square)[0], kind], Seed);

        Assert.InRange(scores.BetaVae, 0.45, 0.55);
        Assert.Equal((0, 0, 0, 0, 0), (scores.Mig, scores.Sap, scores.Disentanglement, scores.Completeness, scores.Informativeness));
        Assert.Equal([0.3, 0.3], scores.Factors[1].Predictability.AsEnumerable(), Near(0.1));
    }

    [Fact]
    public void Classes_in_a_row_along_a_dimension_are_told_by_thresholds_and_by_a_linear_model()
    {
        var scores = VaeDisentanglement.Measure(
            Grid.Codes(Square, row => [row[0] / 2, row[1]]),
            [VaeFactor.Categorical("kind", Square.Select(row => 7 * (row[0] / 2))), Grid.Ordered(Square)[1]], Seed);
        var kind = scores.Factors[0];

        Assert.Equal(1, kind.Predictability[0], 1e-9);
        Assert.Equal(0.2, kind.Predictability[1], 1e-9);
        Assert.Equal(0.8, kind.Sap, 1e-9);
        Assert.Equal(Math.Log(5), kind.Entropy, 1e-12);
        Assert.Equal(1, scores.Mig, 1e-12);
        Assert.Equal((1, 1), (scores.Completeness, scores.Disentanglement));
        Assert.InRange(kind.Informativeness, 0.9, 1);
    }

    [Fact]
    public void The_seed_decides_every_draw()
    {
        var random = new Random(5);
        var codes = Grid.Codes(Square, row => [row[0] + 0.8 * row[1] + 9 * random.NextDouble(), row[0] + row[1] + 9 * random.NextDouble()]);
        var scores = new[] { 1, 1, 2 }.Select(seed => VaeDisentanglement.Measure(codes, Grid.Ordered(Square), seed)).ToArray();

        Assert.Equal(scores[0].ToString(), scores[1].ToString());
        Assert.NotEqual(scores[0].BetaVae, scores[2].BetaVae);
        Assert.Equal(scores[0].Mig, scores[2].Mig);
    }

    private static EqualityComparer<double> Near(double tolerance)
        => EqualityComparer<double>.Create((a, b) => Math.Abs(a - b) <= tolerance, _ => 0);
}
