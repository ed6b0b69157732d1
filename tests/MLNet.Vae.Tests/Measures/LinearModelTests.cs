using MLNet.Vae.Measures;
using MLNet.Vae.Modules;

namespace MLNet.Vae.Tests.Measures;

/// <summary>The optima of the two solvers, where they are known.</summary>
public class LinearModelTests
{
    private const int Rows = 400;

    private static readonly int[] All = [.. Enumerable.Range(0, Rows)];

    [Fact]
    public void The_lasso_of_orthogonal_inputs_shrinks_each_covariance()
    {
        var x = Walsh();
        var y = All.Select(row => 0.8 * x[0][row] - 0.3 * x[1][row] + 0.05 * x[2][row]).ToArray();
        var lasso = new Lasso(x, y, All);

        Assert.Equal(0.8, lasso.LargestPenalty, 1e-12);
        lasso.Minimise(0.1);
        Assert.Equal([0.7, 0.2, 0], lasso.Weights(), (a, b) => Math.Abs(a - b) < 1e-9);
        lasso.Minimise(0.8);
        Assert.Equal([0, 0, 0], lasso.Weights(), (a, b) => Math.Abs(a - b) < 1e-9);
    }

    [Fact]
    public void The_lasso_of_any_inputs_meets_its_conditions_of_optimality()
    {
        const double penalty = 0.05;
        var random = new Random(1);
        var x = Enumerable.Range(0, 6).Select(_ => All.Select(_ => random.NextDouble() - 0.5).ToArray()).ToArray();
        for (var row = 0; row < Rows; row++)
            x[1][row] += x[0][row];
        x = Array.ConvertAll(x, column => StandardisedColumn.Of(column, All));
        var y = StandardisedColumn.Of([.. All.Select(row => x[0][row] - x[3][row] + random.NextDouble())], All);
        var lasso = new Lasso(x, y, All);
        lasso.Minimise(penalty);

        var losses = lasso.Losses(All).Sum();
        var sizes = lasso.Weights();
        Assert.Contains(sizes, size => size == 0);
        Assert.Contains(sizes, size => size > 0.1);
        Assert.InRange(losses / Rows, 0, 1);
        Assert.Equal(1 - losses / Rows, lasso.Skill(All), 1e-9);

        // A second solution from elsewhere is the same one: the problem is convex.
        var again = new Lasso(x, y, All);
        again.Minimise(0);
        again.Minimise(penalty);
        Assert.Equal(sizes, again.Weights(), (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void Logistic_regression_on_one_sign_finds_the_odds()
    {
        // Of rows with x = 1, 3 in 4 are of class 1, of those with x = −1, 1 in 4.
        var x = All.Select(row => row % 2 == 0 ? 1.0 : -1).ToArray();
        var classOf = All.Select(row => (row / 2 % 4 == 0) == (row % 2 == 0) ? 0 : 1).ToArray();
        var model = new SoftmaxRegression([x], classOf, 2, All);

        Assert.Equal(0.25, model.LargestPenalty, 1e-12);
        model.Minimise(0);
        // Log odds 2w = ln 3 at x = 1, over both classes.
        Assert.Equal(Math.Log(3), model.Weights().Single(), 1e-3);
        Assert.Equal(-0.75 * Math.Log(0.75) - 0.25 * Math.Log(0.25), model.Losses(All).Average(), 1e-6);
        Assert.Equal(0.75, model.Accuracy(All), 1e-12);
        Assert.Equal(0.5, model.Skill(All), 1e-12);
        model.Minimise(0.25);
        Assert.Equal(0, model.Weights().Single(), 1e-12);
    }

    [Fact]
    public void Logistic_regression_leaves_out_what_tells_nothing()
    {
        var random = new Random(2);
        var x = Enumerable.Range(0, 4).Select(_ => StandardisedColumn.Of([.. All.Select(_ => random.NextDouble())], All)).ToArray();
        var classOf = All.Select(row => x[2][row] < -0.6 ? 2 : x[2][row] < 0.6 ? 0 : 1).ToArray();
        var model = new SoftmaxRegression(x, classOf, 3, All);
        model.Minimise(0.05);

        var sizes = model.Weights();
        Assert.Equal([0, 0, 0], new[] { sizes[0], sizes[1], sizes[3] });
        Assert.True(sizes[2] > 1);
        model.Minimise(0);
        Assert.InRange(model.Accuracy(All), 0.97, 1);
    }

    [Theory]
    [InlineData(new double[] { 1, 2, 3, 4, 5, 6 }, new[] { 0, 0, 1, 1, 2, 2 }, 1.0)]
    [InlineData(new double[] { 1, 2, 3, 4, 5, 6 }, new[] { 0, 1, 0, 1, 0, 1 }, 4.0 / 6)]
    [InlineData(new double[] { 1, 1, 1, 2, 2, 2 }, new[] { 0, 0, 1, 0, 1, 1 }, 4.0 / 6)]
    [InlineData(new double[] { 1, 2, 3, 4, 5, 6 }, new[] { 0, 0, 0, 0, 0, 1 }, 1.0)]
    [InlineData(new double[] { 7, 7, 7, 7, 7, 7 }, new[] { 0, 0, 0, 0, 0, 1 }, 0.5)]
    [InlineData(new double[] { 1, 2, 3, 4, 5, 6 }, new[] { 1, 0, 0, 0, 1, 1 }, 5.0 / 6)]
    public void Thresholds_do_as_well_as_they_can(double[] values, int[] classes, double expected)
        => Assert.Equal(expected, ThresholdAccuracy.Of(values, new(classes, classes.Max() + 1)), 1e-12);

    private static double[][] Walsh() =>
        [.. Enumerable.Range(0, 3).Select(j => All.Select(row => ((row >> j) & 1) == 0 ? 1.0 : -1).ToArray())];
}
