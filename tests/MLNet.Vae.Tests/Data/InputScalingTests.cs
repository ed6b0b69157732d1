using MLNet.Vae.Data;
using MLNet.Vae.Likelihoods;
using MLNet.Vae.Modules;
using static TorchSharp.torch;

namespace MLNet.Vae.Tests.Data;

/// <summary>A likelihood may have the encoder read features otherwise than it sees them itself.</summary>
public sealed class InputScalingTests
{
    private static readonly float[][] Rows = [[0, 10, 1], [1, 20, 1], [3, 60, 1], [8, 30, 1]];

    [Fact]
    public void The_encoder_reads_standardised_logarithms_of_what_the_likelihood_sees_as_it_is()
    {
        using var scope = NewDisposeScope();
        using var data = Load(new() { Likelihood = new CountsForTest() });

        var batch = data.Batch(tensor(Rows.SelectMany(row => row).ToArray(), [Rows.Length, 3]));

        Assert.Equal(Rows.SelectMany(row => row), batch.Target.ToArray());
        AssertStandardised(batch.Input.ToArray(), column: 0, Rows.Select(row => Math.Log(1 + row[0])));
        AssertStandardised(batch.Input.ToArray(), column: 1, Rows.Select(row => Math.Log(1 + row[1])));
        Assert.All(Rows, (_, i) => Assert.Equal(0, batch.Input.ToArray()[3 * i + 2]));
        Assert.Equal(batch.Input.ToArray()[3..6], data.Input(Rows[1]));
    }

    [Fact]
    public void Parts_of_a_mixed_likelihood_are_read_each_as_it_asks()
    {
        using var scope = NewDisposeScope();
        using var data = Load(
            new() { Likelihood = VaeLikelihood.Mixed(("count", 1, new CountsForTest()), ("rest", 2, VaeLikelihood.Gaussian)) }
        );

        var batch = data.Batch(tensor(Rows.SelectMany(row => row).ToArray(), [Rows.Length, 3]));

        var (input, target) = (batch.Input.ToArray(), batch.Target.ToArray());
        AssertStandardised(input, column: 0, Rows.Select(row => Math.Log(1 + row[0])));
        Assert.Equal(Rows.Select(row => row[0]), Column(target, 0));
        AssertStandardised(input, column: 1, Rows.Select(row => (double)row[1]));
        Assert.Equal(Column(input, 1), Column(target, 1));
    }

    [Fact]
    public void Encoder_and_likelihood_share_one_reading_where_nothing_else_is_asked()
    {
        using var scope = NewDisposeScope();
        float[][] varying = [.. Rows.Select((row, i) => (float[])[row[0], row[1], i])];
        using var plain = Load(new(), varying);
        using var given = Load(new() { Likelihood = new CountsForTest(), Normalization = VaeNormalization.None });
        Assert.Null(plain.InputScaling);
        Assert.Null(given.InputScaling);
        var batch = plain.Batch(plain.Judged);
        Assert.Same(batch.Input, batch.Target);
    }

    [Fact]
    public void A_constant_feature_is_seen_by_the_likelihood_and_not_read_by_the_encoder()
    {
        using var scope = NewDisposeScope();
        using var data = Load(new());
        float[] other = [3, 20, 1.5f];

        var batch = data.Batch(tensor(other, [1, 3]));

        Assert.Equal(0, data.Input(other)[2]);
        Assert.Equal(data.Input(other), batch.Input.ToArray());
        Assert.Equal([batch.Input.ToArray()[0], batch.Input.ToArray()[1], 100], batch.Target.ToArray());
    }

    private static TrainingRows Load(VaeOptions options, float[][]? rows = null)
    {
        var training = new VaeTrainingOptions { ValidationFraction = 0 };
        return new TrainingRowsLoader(new ArraySource(rows ?? Rows), options with { Training = training }, seed: 1, CPU).Load();
    }

    private static void AssertStandardised(float[] values, int column, IEnumerable<double> expected)
    {
        var (mean, deviation) = (expected.Average(), Math.Sqrt(expected.Average(x => x * x) - Math.Pow(expected.Average(), 2)));
        Assert.Equal(
            expected.Select(x => (x - mean) / deviation),
            Column(values, column).Select(x => (double)x),
            (a, b) => Math.Abs(a - b) < 1e-5
        );
    }

    private static IEnumerable<float> Column(float[] values, int column) => values.Where((_, i) => i % 3 == column);

    private sealed record CountsForTest : VaeLikelihood
    {
        internal override string Describe() => "counts";

        internal override VaeNormalization AutomaticNormalization => VaeNormalization.None;

        internal override InputNormalization AutomaticInput => new(VaeNormalization.Standardize, Log1p: true);

        internal override OutputLikelihood Create(int features, ParameterVector parameters) => throw new NotSupportedException();
    }
}
