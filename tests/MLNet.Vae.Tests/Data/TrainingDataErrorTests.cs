using MLNet.Vae.Tests.Estimators;
using MLNet.Vae.Tests.Kit;
using Microsoft.ML;

namespace MLNet.Vae.Tests.Data;

/// <summary>Rows that cannot be trained on, and in which words.</summary>
public class TrainingDataErrorTests
{
    private const int BadRow = 4;
    private const int BadSlot = 2;

    private readonly MLContext _mlContext = new(seed: 1);

    [Fact]
    public void No_rows() =>
        ExpectFault("Column \"Features\": training needs at least 2 rows, found 0. Check the source and the filters before this step.", []);

    [Fact]
    public void One_row()
        => ExpectFault(
            "Column \"Features\": training needs at least 2 rows, found 1. Check the source and the filters before this step.",
            FactorRows.Create(1));

    [Fact]
    public void Two_rows_are_enough()
    {
        using var transformer = _mlContext.Transforms.VaeEmbed(TinyVae.Options).Fit(FactorRows.View(_mlContext, 2));
        Assert.Equal((1, 1), (transformer.History().TrainingRows, transformer.History().ValidationRows));
        using var detector = _mlContext.AnomalyDetection.Trainers.Vae(TinyVae.AnomalyOptions).Fit(FactorRows.View(_mlContext, 2));
        Assert.NotNull(detector.Threshold);
    }

    [Fact]
    public void All_rows_equal()
        => ExpectFault(
            "Column \"Features\": all 20 rows are equal, so there is nothing to learn. Check how the column is made.",
            Enumerable.Repeat(FactorRows.Create(1)[0], 20));

    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.PositiveInfinity, "Infinity")]
    [InlineData(float.NegativeInfinity, "-Infinity")]
    public void A_value_that_is_not_finite(float value, string found)
        => ExpectFault(
            $"Column \"Features\", row 4 (counted from 0), slot 2: expected a finite number, found {found}. "
                + "Replace missing values first (mlContext.Transforms.ReplaceMissingValues), or leave such rows out.",
            WithBadValue(value));

    [Fact]
    public void A_value_that_is_not_finite_with_the_name_of_its_slot()
    {
        var rows = SampleData.Rows(20);
        rows[BadRow].Features = new(SampleModels.Features, 1, [float.NaN], [BadSlot]);
        ExpectFault(
            "Column \"Features\", row 4 (counted from 0), slot 2 (\"height\"): expected a finite number, found NaN. "
                + "Replace missing values first (mlContext.Transforms.ReplaceMissingValues), or leave such rows out.",
            TinyVae.Options,
            SampleData.View(_mlContext, rows, SampleData.SlotNames));
    }

    [Theory]
    [InlineData(-0.25f, "-0.25")]
    [InlineData(1.5f, "1.5")]
    public void A_value_that_is_no_probability_for_a_Bernoulli_likelihood(float value, string found)
        => ExpectFault(
            $"Column \"Features\", row 4 (counted from 0), slot 2: a Bernoulli likelihood expects values from 0 to 1, found {found}. "
                + "Set Normalization = VaeNormalization.MinMax, scale the column first, or choose VaeLikelihood.Gaussian.",
            TinyVae.Options with { Likelihood = VaeLikelihood.Bernoulli },
            FactorRows.View(_mlContext, Probabilities(value)));

    [Fact]
    public void Values_outside_the_unit_interval_are_scaled_into_it_where_the_options_say_so()
    {
        var options = TinyVae.Options with { Likelihood = VaeLikelihood.Bernoulli, Normalization = VaeNormalization.MinMax };
        using var transformer = _mlContext.Transforms.VaeEmbed(options).Fit(FactorRows.View(_mlContext, 50));
        Assert.Equal(("bernoulli", "min-max"), (transformer.Model.Info.Likelihood, transformer.Model.Info.Normalization));
    }

    [Fact]
    public void Zero_and_one_are_probabilities()
    {
        var options = TinyVae.Options with { Likelihood = VaeLikelihood.Bernoulli };
        using var transformer = _mlContext.Transforms.VaeEmbed(options).Fit(FactorRows.View(_mlContext, Probabilities(1)));
        Assert.Equal("bernoulli", transformer.Model.Info.Likelihood);
    }

    [Theory]
    [InlineData(FactorRows.Features - 1)]
    [InlineData(FactorRows.Features + 1)]
    public void A_row_of_another_width_than_its_type_says(int width)
    {
        var rows = FactorRows.Create(20);
        rows[BadRow] = new float[width];
        var view = new PassView(FactorRows.Features, _ => rows);
        ExpectFault(
            $"Column \"Features\", row 4 (counted from 0): expected 6 values, as the column's type says, found {width}. "
                + "Every row must have the size that the type gives.",
            TinyVae.Options,
            view);
        Assert.Equal(0, view.OpenCursors);
    }

    [Fact]
    public void A_fault_of_the_source_comes_out_as_it_is_and_closes_the_cursor()
    {
        var thrown = new IOException("the disk is gone");
        var view = new PassView(FactorRows.Features, _ => FactorRows.Create(5).Concat(Faulty(thrown)));
        Assert.Same(thrown, Assert.Throws<IOException>(() => _mlContext.Transforms.VaeEmbed(TinyVae.Options).Fit(view)));
        Assert.Equal(0, view.OpenCursors);
    }

    private static IEnumerable<float[]> Faulty(Exception thrown)
    {
        yield return [.. Enumerable.Repeat(1f, FactorRows.Features)];
        throw thrown;
    }

    private static List<float[]> WithBadValue(float value)
    {
        var rows = FactorRows.Create(20);
        rows[BadRow][BadSlot] = value;
        return rows;
    }

    private static List<float[]> Probabilities(float value)
    {
        var rows = FactorRows.Create(20).ConvertAll(row => Array.ConvertAll(row, x => x > 0 ? 1f : 0f));
        rows[BadRow][BadSlot] = value;
        return rows;
    }

    private void ExpectFault(string expected, IEnumerable<float[]> rows)
        => ExpectFault(expected, TinyVae.Options, FactorRows.View(_mlContext, rows));

    private void ExpectFault(string expected, VaeOptions options, IDataView data)
    {
        var exception = Refusal.Expect(() => _mlContext.Transforms.VaeEmbed(options).Fit(data), "such rows");
        Assert.IsType<InvalidOperationException>(exception);
        Assert.Equal(expected, exception.Message);

        var detector = _mlContext.AnomalyDetection.Trainers.Vae(TinyVae.AnomalyOptions with { Likelihood = options.Likelihood });
        Assert.Equal(expected, Refusal.Expect(() => detector.Fit(data), "such rows").Message);
    }
}
