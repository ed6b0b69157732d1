using MLNet.Vae.Generation;
using MLNet.Vae.Tests.Cursors;
using MLNet.Vae.Tests.Kit;

namespace MLNet.Vae.Tests.Generation;

/// <summary>Interpolations, traversals and grids: where their codes lie.</summary>
public class PathTests
{
    [Fact]
    public void A_spherical_path_keeps_the_length_and_turns_at_a_steady_pace()
    {
        float[] a = [3, 0, 4], b = [0, 5, 0];

        var path = CodePath.Spherical(a, b, 7);

        Assert.All(path, z => Assert.Equal(5, Math.Sqrt(z.Sum(v => (double)v * v)), 1e-5));
        for (var i = 1; i < path.Length; i++)
            Assert.Equal(Math.Cos(Math.PI / 12), path[i].Zip(path[i - 1], (x, y) => (double)x * y).Sum() / 25, 1e-6);
        FloatAssert.Near(a, path[0], "start");
        FloatAssert.Near(b, path[^1], "end");
    }

    [Fact]
    public void A_spherical_path_between_other_lengths_is_Shoemake_s_formula()
    {
        // The angle is 60°: sin 30° / sin 60° of each in the middle.
        float[] a = [2, 0], b = [0.5f, MathF.Sqrt(0.75f)];

        FloatAssert.Near([2.5f / MathF.Sqrt(3), 0.5f], CodePath.Spherical(a, b, 3)[1], "middle");
    }

    [Theory]
    [InlineData(1, 2, 2, 4)]
    [InlineData(1, 2, -1, -2)]
    [InlineData(0, 0, 3, 1)]
    [InlineData(1, 2, 1, 2)]
    public void Without_an_angle_the_path_is_straight(float ax, float ay, float bx, float by)
        => Assert.Equal(CodePath.Linear([ax, ay], [bx, by], 5), CodePath.Spherical([ax, ay], [bx, by], 5));

    [Fact]
    public void A_straight_path_has_equal_steps()
        => Assert.Equal([[0, 1], [1, 0.5f], [2, 0], [3, -0.5f], [4, -1]], CodePath.Linear([0, 1], [4, -1], 5));

    [Theory]
    [InlineData(VaeInterpolation.Linear)]
    [InlineData(VaeInterpolation.Spherical)]
    public void From_row_to_row_is_from_code_to_code(VaeInterpolation path)
    {
        using var generator = VaeGenerator.From(GeneratorModels.Gaussian);
        var rows = GeneratorModels.Rows(2);
        var ends = generator.Encode(rows);

        var found = generator.Interpolate(rows[0], rows[1], 5, path);

        Assert.Equal(generator.InterpolateCodes(ends[0], ends[1], 5, path).Latents, found.Latents);
        Assert.Equal(
            path == VaeInterpolation.Linear ? CodePath.Linear(ends[0], ends[1], 5) : CodePath.Spherical(ends[0], ends[1], 5),
            found.Latents
        );
        Assert.Equal(generator.Decode(found.Latents).Rows, found.Rows);
        var reconstructed = generator.Reconstruct(rows);
        FloatAssert.Near(reconstructed.Rows[0], found.Rows[0], "first");
        FloatAssert.Near(reconstructed.Rows[1], found.Rows[^1], "last");
    }

    [Fact]
    public void Under_a_learned_prior_the_sphere_is_that_of_the_prior()
    {
        using var generator = VaeGenerator.From(GeneratorModels.Conditional(learnedPrior: true));
        float[] a = [1, 2, -2], b = [2, -2, 1];
        float[][] ends = [.. new[] { a, b }.Select(u => Code(u, 1))];

        var codes = generator.InterpolateCodes(ends[0], ends[1], 5, condition: "green").Latents;

        var expected = CodePath.Spherical(a, b, 5);
        for (var i = 0; i < 5; i++)
            FloatAssert.Near(Code(expected[i], 1), codes[i], $"step {i}");
        Assert.Equal(ends[0], codes[0]);
        Assert.Equal(ends[1], codes[^1]);
    }

    [Fact]
    public void A_plain_autoencoder_has_no_sphere()
    {
        using var generator = VaeGenerator.From(GeneratorModels.Deterministic);

        Assert.Equal(CodePath.Linear([1, 0, 0], [0, 1, 0], 4), generator.InterpolateCodes([1, 0, 0], [0, 1, 0], 4).Latents);
    }

    [Fact]
    public void A_traversal_changes_one_dimension_alone()
    {
        using var generator = VaeGenerator.From(GeneratorModels.Gaussian);
        var row = GeneratorModels.Rows(1)[0];
        var code = generator.Encode([row])[0];

        var found = generator.Traverse(row, 1, range: 2, steps: 5);

        Assert.Equal([-2, -1, 0, 1, 2], found.Latents.Select(z => z[1]));
        Assert.All(found.Latents, z => Assert.Equal((code[0], code[2]), (z[0], z[2])));
        Assert.Equal(generator.Decode(found.Latents).Rows, found.Rows);
        Assert.Equal(
            (VaeGenerator.DefaultSteps, -3f, 3f),
            (generator.Traverse(row, 0).Count, generator.Traverse(row, 0).Latents[0][0], generator.Traverse(row, 0).Latents[^1][0])
        );
    }

    [Fact]
    public void A_traversal_is_in_units_of_the_prior()
    {
        using var generator = VaeGenerator.From(GeneratorModels.Conditional(learnedPrior: true));
        var row = GeneratorModels.Rows(1)[0];
        var code = generator.Encode([row], "blue")[0];

        var codes = generator.Traverse(row, 2, range: 1, steps: 3, condition: "blue").Latents;

        for (var i = 0; i < 3; i++)
            FloatAssert.Near([code[0], code[1], Code([0, 0, i - 1], 2)[2]], codes[i], $"step {i}");
    }

    [Fact]
    public void A_traversal_of_a_plain_code_is_around_it()
    {
        using var generator = VaeGenerator.From(GeneratorModels.Deterministic);
        var row = GeneratorModels.Rows(1)[0];
        var code = generator.Encode([row])[0];

        var codes = generator.Traverse(row, 0, range: 0.5, steps: 3).Latents;

        for (var i = 0; i < 3; i++)
            FloatAssert.Near([code[0] + ((i - 1) * 0.5f), code[1], code[2]], codes[i], $"step {i}");
    }

    [Fact]
    public void The_levels_below_follow_the_one_that_is_traversed()
    {
        using var generator = VaeGenerator.From(GeneratorModels.Hierarchical);
        var row = LinearLadder.Rows(1)[0];
        var code = generator.Encode([row])[0];

        var codes = generator.Traverse(row, 2, range: 1, steps: 3).Latents;

        // z₁ keeps its distance from a·z₂ + b, a = (1, −0.7).
        for (var i = 0; i < 3; i++)
        {
            var moved = i - 1 - code[2];
            FloatAssert.Near([code[0] + moved, code[1] - (0.7f * moved), i - 1], codes[i], $"step {i}");
        }
        var lower = generator.Traverse(row, 0, range: 1, steps: 3).Latents;
        Assert.All(lower, z => FloatAssert.Near(code.AsSpan(1), z.AsSpan(1), "the others"));
    }

    [Fact]
    public void A_grid_lies_at_the_quantiles_of_the_prior()
    {
        using var generator = VaeGenerator.From(GeneratorModels.Gaussian);

        var found = generator.Manifold(5, 3, horizontal: 2, vertical: 0);

        double[] across = [-1.2815515655446004, -0.5244005127080407, 0, 0.5244005127080407, 1.2815515655446004];
        double[] down = [-0.967421566101701, 0, 0.967421566101701];
        Assert.Equal(15, found.Count);
        for (var i = 0; i < 15; i++)
            FloatAssert.Near([(float)down[i / 5], 0, (float)across[i % 5]], found.Latents[i], $"place {i}");
        Assert.Equal(generator.Decode(found.Latents).Rows, found.Rows);
        var columns = generator.Manifold(1, 1);
        Assert.Equal([[0, 0, 0]], columns.Latents);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_grid_over_rows_spans_their_codes(bool isDeterministic)
    {
        using var generator = VaeGenerator.From(isDeterministic ? GeneratorModels.Deterministic : GeneratorModels.Gaussian);
        var rows = GeneratorModels.Rows(201);
        var codes = generator.Encode(rows);
        double[] Ends(int l) => [codes.Select(c => c[l]).Order().ElementAt(2), codes.Select(c => c[l]).Order().ElementAt(198)];

        var found = generator.Manifold(rows, width: 3, height: 2, horizontal: 2, vertical: 0);

        Assert.Equal(6, found.Count);
        var (across, down, middle) = (Ends(2), Ends(0), codes.Average(c => c[1]));
        for (var i = 0; i < 6; i++)
        {
            var x = across[0] + (across[1] - across[0]) * (i % 3) / 2;
            FloatAssert.Near([(float)down[i / 3], middle, (float)x], found.Latents[i], $"place {i}");
        }
        Assert.Equal(generator.Decode(found.Latents).Rows, found.Rows);
    }

    [Fact]
    public void A_grid_over_rows_needs_rows_and_two_dimensions()
    {
        using var generator = VaeGenerator.From(GeneratorModels.Deterministic);
        using var quantized = VaeGenerator.From(GeneratorModels.Quantized);
        Assert.StartsWith(
            "The number of rows must be at least 1; it is 0.",
            Assert.Throws<ArgumentOutOfRangeException>(() => generator.Manifold([], 2, 2)).Message);
        Assert.StartsWith(
            "The width of the grid must be at least 2; it is 1.",
            Assert.Throws<ArgumentOutOfRangeException>(() => generator.Manifold(GeneratorModels.Rows(1), 1, 2)).Message);
        Assert.StartsWith(
            "Both axes of the grid are latent dimension 1.",
            Assert.Throws<ArgumentException>(() => generator.Manifold(GeneratorModels.Rows(1), 2, 2, 1, 1)).Message);
        Assert.Throws<InvalidOperationException>(() => quantized.Manifold(GeneratorModels.Rows(1), 2, 2));
    }

    [Fact]
    public void Loadings_are_the_columns_of_a_linear_decoder()
    {
        using var generator = VaeGenerator.From(new Cursors.LinearModel().Model());
        var decoded = generator.Decode([[2, -1, 0.5f], [0, 0, 0]]).Rows;

        var loadings = generator.Loadings();

        Assert.Equal((3, 8), (loadings.Length, loadings[0].Length));
        for (var j = 0; j < 8; j++)
        {
            var sum = 2 * loadings[0][j] - loadings[1][j] + 0.5f * loadings[2][j];
            Assert.Equal(decoded[0][j] - decoded[1][j], sum, 1e-4f);
        }
        using var other = VaeGenerator.From(Reading.FamilyModels.All["gaussian"]);
        Assert.Equal(
            "Loadings are those of a linear model without a condition; this one is mlp, any. Train one with VaeArchitecture.Linear and a "
            + "Gaussian likelihood, or look at Traverse.",
            Assert.Throws<InvalidOperationException>(other.Loadings).Message);
    }

    [Fact]
    public void A_grid_of_levels_leaves_those_below_at_the_means_of_their_priors()
    {
        using var generator = VaeGenerator.From(GeneratorModels.Hierarchical);

        var codes = generator.Manifold(3, 1, horizontal: 2, vertical: 0).Latents;

        float[] top = [-0.9674216f, 0, 0.9674216f];
        for (var i = 0; i < 3; i++)
            FloatAssert.Near([top[i] + 0.3f, (-0.7f * top[i]) - 0.1f, top[i]], codes[i], $"column {i}");
    }

    [Fact]
    public void A_grid_over_a_mixture_covers_all_of_it()
    {
        using var generator = VaeGenerator.From(GeneratorModels.Mixture);
        double Mean(int i) => GeneratorModels.Components.Sum(c => c.Weight * c.Mean[i]);
        double Sigma(int i) =>
            Math.Sqrt(GeneratorModels.Components.Sum(c => c.Weight * (Math.Exp(2 * c.LogSigma[i]) + Math.Pow(c.Mean[i] - Mean(i), 2))));

        var codes = generator.Manifold(3, 1).Latents;

        for (var i = 0; i < 3; i++)
        {
            FloatAssert.Near(
                [(float)(Mean(0) + ((i - 1) * 0.967421566101701 * Sigma(0))), (float)Mean(1), (float)Mean(2)],
                codes[i],
                $"column {i}"
            );
        }
    }

    [Theory]
    [InlineData(1000, 0, -3.2905267314918945)]
    [InlineData(20, 19, 1.9599639845400536)]
    [InlineData(2, 0, -0.6744897501960817)]
    public void Quantiles_are_those_of_the_tables(int count, int index, double expected)
        => Assert.Equal(expected, NormalQuantiles.Midpoints(count)[index], 1e-12);

    [Fact]
    public void An_analogy_holds_the_code_and_varies_the_condition()
    {
        using var generator = VaeGenerator.From(GeneratorModels.Conditional());
        var row = GeneratorModels.Rows(1)[0];
        var code = generator.Encode([row], "red")[0];

        var found = generator.VaryCondition(row, "red", ["red", "green", "blue"]);

        Assert.All(found.Latents, z => Assert.Equal(code, z));
        FloatAssert.Near(generator.Reconstruct([row], "red").Rows[0], found.Rows[0], "its own");
        FloatAssert.Near(generator.Decode([code], "green").Rows[0], found.Rows[1], "green");
        FloatAssert.Near(generator.Decode([code], "blue").Rows[0], found.Rows[2], "blue");
    }

    [Fact]
    public void Under_a_learned_prior_an_analogy_holds_the_code_in_units_of_it()
    {
        using var generator = VaeGenerator.From(GeneratorModels.Conditional(learnedPrior: true));
        var row = GeneratorModels.Rows(1)[0];
        var code = generator.Encode([row], "red")[0];

        var codes = generator.VaryCondition(row, "red", ["red", "blue"]).Latents;

        FloatAssert.Near(code, codes[0], "its own");
        float[] units =
        [
            .. code.Select((z, i) => (z - GeneratorModels.PriorMeans[0][i]) / MathF.Exp(GeneratorModels.PriorLogSigmas[0][i])),
        ];
        FloatAssert.Near(Code(units, 2), codes[1], "blue");
    }

    /// <summary>A code from units of the prior under a condition.</summary>
    private static float[] Code(float[] units, int condition) =>
        [
            .. units.Select(
                (u, i) => GeneratorModels.PriorMeans[condition][i] + (MathF.Exp(GeneratorModels.PriorLogSigmas[condition][i]) * u)
            ),
        ];
}
