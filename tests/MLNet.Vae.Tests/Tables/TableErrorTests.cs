using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Tests.Tables;

/// <summary>What cannot be trained on is refused in one message that names the column and the way out.</summary>
public sealed class TableErrorTests
{
    private static readonly MLContext Context = new(seed: 1);

    [Fact]
    public void No_rows() => Refused<InvalidOperationException>(Visit.Options(), [], "no rows");

    [Fact]
    public void No_value_in_any_row()
        => Refused<InvalidOperationException>(
            Visit.Options(), Changed(row => row.Age = float.NaN), "Column 'Age' is missing in all 100 rows", "IgnoredColumnNames");

    [Fact]
    public void An_infinite_value()
        => Refused<InvalidOperationException>(
            Visit.Options(), Changed(row => row.Age = float.PositiveInfinity), "Column 'Age' has an infinite value", "NaN");

    [Theory]
    [InlineData(VaeColumnKind.Gaussian)]
    [InlineData(VaeColumnKind.Histogram)]
    public void An_infinite_value_of_a_column_of_a_given_kind(VaeColumnKind kind)
        => Refused<InvalidOperationException>(
            With("Age", kind), Changed(row => row.Age = row.Visits == 3 ? float.NegativeInfinity : row.Age), "'Age' has an infinite value");

    [Fact]
    public void A_vector_that_is_to_be_drawn()
    {
        var data = Context.Transforms.Concatenate("Both", "Age", "Gain").Fit(Visit.View(Context, [])).Transform(
            Visit.View(Context, Visit.Rows(100)));
        var options = Visit.Options(1) with { Sampler = new() };
        var fault = Assert.Throws<InvalidOperationException>(() => Context.Transforms.VaeEmbed(options).Fit(data));
        Assert.Contains("Column 'Both' is a vector", fault.Message, StringComparison.Ordinal);
        using var model = Context.Transforms.VaeEmbed(options with { Sampler = null }).Fit(data);
        Assert.All(model.Transform(data).GetColumn<float>("Score"), score => Assert.True(float.IsFinite(score)));
    }

    [Fact]
    public void A_count_at_scoring_that_is_none()
    {
        using var model = Context.Transforms.VaeEmbed(With("Visits", VaeColumnKind.Poisson) with { Training = Visit.Options(1).Training })
            .Fit(Visit.View(Context, Visit.Rows(100)));
        var scored = model.Transform(Visit.View(Context, Changed(row => row.Visits = -1)));
        var fault = Assert.Throws<InvalidOperationException>(() => scored.GetColumn<float>("Score").ToArray());
        Assert.Contains("Column \"Visits\", row 0 (counted from 0)", fault.Message, StringComparison.Ordinal);
        Assert.Contains("a whole number of at least 0, found -1", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rare_categories_are_one_that_is_known()
    {
        var rows = Changed(row => row.Country += row.Number % 10);
        using var model = Context.Transforms.VaeEmbed(Visit.Options(40) with { MaximumCategories = 5 }).Fit(Visit.View(Context, rows));
        var field = model.Table.Columns.Single(column => column.Name == "Country").Fields[0];
        Assert.Equal(6, field.Count);
        Assert.InRange(field.OtherShare, 0.5, 0.9);
        Visit common = rows[0], rare = rows[1];
        (common.Country, rare.Country) = (field.Categories![0], "none");
        var contributions = Context.Data.CreateEnumerable<ScoredVisit>(model.Transform(Visit.View(Context, [common, rare])), false)
            .Select(row => row.Contributions[0]).ToArray();
        Assert.True(contributions[1] < contributions[0], $"{contributions[1]} beside {contributions[0]}");
    }

    [Fact]
    public void A_name_that_the_table_has_not()
        => Refused<ArgumentOutOfRangeException>(
            Visit.Options() with { InputColumnNames = ["Country", "Continent"] }, Visit.Rows(100), "column 'Continent' is missing",
                "'Age'");

    [Fact]
    public void A_kind_that_the_type_cannot_have()
        => Refused<ArgumentOutOfRangeException>(
            With("Country", VaeColumnKind.Gaussian), Visit.Rows(100), "column 'Country' is Text", "Categorical", "Gaussian");

    [Theory]
    [InlineData(VaeColumnKind.LogNormal, "numbers above 0")]
    [InlineData(VaeColumnKind.Poisson, "integers, 0 or above")]
    [InlineData(VaeColumnKind.Boolean, "0 and 1")]
    public void A_kind_that_the_numbers_cannot_have(VaeColumnKind kind, string expected)
        => Refused<InvalidOperationException>(
            With("Age", kind), Changed(row => row.Age -= 100), "Column 'Age' is to be", expected, "ColumnKinds");

    [Fact]
    public void Only_columns_that_are_set_aside()
        => Refused<InvalidOperationException>(
            Visit.Options() with { InputColumnNames = ["Same", "Note"] }, Visit.Rows(100), "every column was set aside", "'Same'",
                "'Note'");

    [Fact]
    public void A_type_without_a_rule()
    {
        var data = Context.Data.LoadFromEnumerable(new[] { new Spans { Span = TimeSpan.FromDays(1), Value = 1 } });
        var fault = Assert.Throws<ArgumentOutOfRangeException>(
            () => Context.Transforms.VaeEmbed(Visit.Options() with { InputColumnNames = ["Span"] }).Fit(data));
        Assert.Contains("column 'Span' is TimeSpan", fault.Message, StringComparison.Ordinal);
        Assert.Contains("Convert it", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_are_refused_at_once_and_all_of_them()
    {
        var fault = Assert.Throws<ArgumentException>(() => Context.Transforms.VaeEmbed(new VaeTableOptions
        {
            MaximumCategories = 1,
            Contamination = 2,
            Normalization = VaeNormalization.None,
            Likelihood = VaeLikelihood.GaussianPerFeature,
            InputColumnNames = ["a"],
            IgnoredColumnNames = ["a"],
            Sampler = new() { Units = 1, Epochs = 0 },
        }));
        string[] parts =
            ["MaximumCategories", "Contamination", "Normalization", "Likelihood must be left", "column 'a' is both", "Units", "Epochs"];
        foreach (var part in parts)
            Assert.Contains(part, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_column_that_is_NaN_in_every_row_at_scoring_scores_without_it()
    {
        using var model = Context.Transforms.VaeEmbed(Visit.Options(2)).Fit(Visit.View(Context, Visit.Rows(100)));
        var rows = Changed(row => row.Age = float.NaN);
        Assert.All(model.Transform(Visit.View(Context, rows)).GetColumn<float>("Score"), score => Assert.True(float.IsFinite(score)));
    }

    [Fact]
    public void A_row_without_any_value_scores_as_the_prior()
    {
        var options = Visit.Options(2) with { InputColumnNames = ["Country", "Age", "Amount"] };
        using var model = Context.Transforms.VaeEmbed(options).Fit(Visit.View(Context, Visit.Rows(100)));
        var empty = new Visit { Country = "", Age = float.NaN, Amount = double.NaN };
        Assert.Equal(0, Assert.Single(model.Transform(Visit.View(Context, [empty])).GetColumn<float>("Score")), 1e-5);
    }

    private static VaeTableOptions With(string column, VaeColumnKind kind)
        => Visit.Options() with { ColumnKinds = Visit.Options().ColumnKinds.Add(column, kind) };

    private static Visit[] Changed(Action<Visit> change)
    {
        var rows = Visit.Rows(100);
        Array.ForEach(rows, change);
        return rows;
    }

    private static void Refused<TException>(VaeTableOptions options, Visit[] rows, params string[] parts) where TException : Exception
    {
        var estimator = Context.Transforms.VaeEmbed(options);
        var fault = Assert.Throws<TException>(() => estimator.Fit(Visit.View(Context, rows)));
        foreach (var part in parts)
            Assert.Contains(part, fault.Message, StringComparison.Ordinal);
    }

    private sealed class Spans
    {
        public TimeSpan Span { get; set; }

        public float Value { get; set; }
    }
}
