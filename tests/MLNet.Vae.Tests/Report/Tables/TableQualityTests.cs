using Microsoft.ML;

namespace MLNet.Vae.Tests.Report.Tables;

/// <summary>What is said of tables of which it is known what is to be said.</summary>
public sealed class TableQualityTests
{
    private static readonly Person[] Real = People.Drawn(1500, seed: 1), HeldOut = People.Drawn(1500, seed: 2);

    [Fact]
    public void Other_real_rows_are_not_told_from_real_rows()
    {
        var quality = Measure(People.Drawn(1500, seed: 3), new() { LabelColumnName = nameof(Person.IsOwner) });
        var (detection, utility, privacy) = (quality.Detection!, quality.Utility!, quality.Privacy);
        Assert.InRange(detection.Area, 0.5 - (3 * detection.StandardError), 0.5 + (3 * detection.StandardError));
        Assert.InRange(detection.ControlArea, 0.5 - (3 * detection.ControlStandardError), 0.5 + (3 * detection.ControlStandardError));
        // 750 rows of each are tested: √(1 / (6 · 750)) is the error of an area of scores that say nothing.
        Assert.Equal(Math.Sqrt(1 / 4500.0), detection.StandardError, 0.002);
        Assert.StartsWith("Boosted trees do not tell synthetic rows from held-out ones: area under the ROC curve 0.", detection.Verdict);
        Assert.InRange(quality.Associations.Error, 0, 2 * quality.Associations.HeldOutError);
        Assert.True(quality.Associations.IndependentError > 5 * quality.Associations.HeldOutError);
        Assert.All(quality.Columns, column => Assert.InRange(column.Distance, 0, 0.06));
        Assert.InRange(Math.Abs(privacy.NearShareDeviations), 0, 3);
        Assert.Equal(0.05, privacy.HeldOutNearShare, 1e-12);
        Assert.Equal((0, 0), (privacy.SyntheticCopies, privacy.HeldOutCopies));
        Assert.Empty(privacy.Copies);
        Assert.InRange(utility.F1Ratio, 0.95, 1.05);
        Assert.InRange(utility.AreaRatio, 0.95, 1.05);
        Assert.InRange(utility.AccuracyRatio, 0.95, 1.05);
        Assert.Equal(("true", 1500, 1500), (utility.ScoredClass, utility.TrainingRows, utility.TestRows));
        Assert.Equal(["true", "false"], utility.Classes);
    }

    [Fact]
    public void Columns_in_another_order_are_told_and_have_the_error_of_independent_columns()
    {
        var quality = Measure(People.Shuffled(Real, seed: 4), new() { LabelColumnName = nameof(Person.IsOwner) });
        var pairs = quality.Associations;
        Assert.Equal(pairs.IndependentError, pairs.Error, 0.1 * pairs.IndependentError);
        Assert.All(quality.Columns, column => Assert.Equal(0, column.Distance, 1e-12));
        Assert.True(quality.Detection!.Area > 0.9);
        Assert.StartsWith("Boosted trees tell synthetic rows from held-out ones, ", quality.Detection.Verdict);
        Assert.InRange(quality.Utility!.AreaRatio, 0, 0.7);
        // The pair that is closest in real rows: they are in order of what is lost of them.
        Assert.Contains(nameof(Person.Income), new[] { pairs.WorstPairs[0].First, pairs.WorstPairs[0].Second });
        Assert.Equal(VaeTableAssociations.MaximumPairs, pairs.WorstPairs.Count);
        Assert.Equal(pairs.WorstPairs.OrderByDescending(pair => pair.Error), pairs.WorstPairs);
        Assert.True(quality.Privacy.NearShareDeviations < 0);
    }

    [Fact]
    public void Copies_are_counted_and_named()
    {
        // Row 700 + i of training is row 3 i of what was made.
        var synthetic = People.Drawn(1500, seed: 3);
        for (var i = 0; i < 100; i++)
            synthetic[3 * i] = Real[700 + i];
        var privacy = Measure(synthetic).Privacy;
        Assert.Equal(100, privacy.SyntheticCopies);
        Assert.Equal(100 / 1500.0, privacy.SyntheticCopyShare, 1e-12);
        Assert.Equal(0, privacy.HeldOutCopies);
        Assert.Equal(
            Enumerable.Range(0, VaeTablePrivacy.MaximumCopies).Select(i => (3L * i, 700L + i, 1)),
            privacy.Copies.Select(copy => (copy.SyntheticRow, copy.RealRow, copy.RealRows))
        );
        Assert.Equal(0, privacy.SyntheticDistances[0]);
        Assert.True(privacy.SyntheticNearShare > privacy.HeldOutNearShare + 0.04);
        Assert.Contains("6.67 % are exact copies of one, as are 0.00 % of held-out rows: more than chance explains, by", privacy.Verdict);
    }

    [Fact]
    public void Copies_are_looked_for_among_rows_that_are_not_read_too()
    {
        var privacy = Measure(Real, new() { MaximumRows = 60 }).Privacy;
        Assert.Equal((60, 60), (privacy.RealRows, privacy.SyntheticCopies));
        Assert.All(privacy.Copies, copy => Assert.Equal(copy.SyntheticRow, copy.RealRow));
    }

    /// <summary>Four rows that there are: as many copies among held-out rows, and none is named.</summary>
    [Fact]
    public void A_table_of_few_categories_has_copies_by_chance()
    {
        Person[] Coarse(int seed) => [.. People.Drawn(500, seed).Select(p => new Person { Town = p.Town })];
        var privacy = People.Measure(Coarse(1), Coarse(2), Coarse(3)).Privacy;
        Assert.Equal((1, 1), (privacy.SyntheticCopyShare, privacy.HeldOutCopyShare));
        Assert.Equal((0, 0, 0), (privacy.NearDistance, privacy.SyntheticNearShare, privacy.CopyShareDeviations));
        Assert.Empty(privacy.Copies);
    }

    [Fact]
    public void A_column_is_described()
    {
        Person[] real =
        [
            new() { Town = "a", Age = 1, Children = 0, Contract = "x" },
            new() { Town = "a", Age = 2, Children = 0, Contract = "" },
            new() { Town = "b", Age = float.NaN, Children = 3, Contract = "x" },
            new() { Town = "c", Age = 6, Children = 5, Contract = "x" },
        ];
        Person[] synthetic =
        [
            new() { Town = "a", Age = 2.5f, Children = 0, Contract = "z" },
            new() { Town = "d", Age = 7, Children = -2, Contract = "x" },
        ];
        var quality = People.Measure(real, real, synthetic);
        Assert.Null(quality.Detection);
        var columns = quality.Columns.ToDictionary(column => column.Name);
        var town = columns[nameof(Person.Town)];
        Assert.Equal(VaeColumnComparisonKind.Category, town.Kind);
        Assert.Equal((0.5, 0), (town.Distance, town.HeldOutDistance));
        Assert.Equal((1, 0, 3), (town.UnseenRows, town.HeldOutUnseenRows, town.RealCategories));
        Assert.Equal(["d"], town.UnseenValues);
        Assert.Equal(
            [("a", 0.5, 0.5), ("d", 0, 0.5), ("b", 0.25, 0), ("c", 0.25, 0)],
            town.Categories.Select(category => (category.Name, category.RealShare, category.SyntheticShare))
        );
        var age = columns[nameof(Person.Age)];
        Assert.Equal(VaeColumnComparisonKind.WholeNumber, age.Kind);
        Assert.Equal((0.25, 0, 1), (age.RealMissingShare, age.SyntheticMissingShare, age.FractionalRows));
        // Of 1, 2 and 6 two thirds lie up to 2, of 2.5 and 7 none.
        Assert.Equal(2 / 3.0, age.Distance, 1e-12);
        Assert.Equal(["7"], age.UnseenValues);
        Assert.Equal((3.0, 0.0), (age.RealNumbers!.Mean, age.RealNumbers.ZeroShare));
        Assert.Equal(Math.Sqrt(7), age.RealNumbers.StandardDeviation, 1e-12);
        Assert.Equal([1, 2, 6], new[] { 0, 5, 10 }.Select(place => age.RealNumbers.Quantiles[place]));
        var children = columns[nameof(Person.Children)];
        Assert.Equal((0.5, 0.5), (children.RealNumbers!.ZeroShare, children.SyntheticNumbers!.ZeroShare));
        Assert.Equal(["-2"], children.UnseenValues);
        var contract = columns[nameof(Person.Contract)];
        Assert.Contains(contract.Categories, category => category is { Name: "(missing)", RealShare: 0.25, SyntheticShare: 0 });
        Assert.EndsWith(
            " Values beyond those of real rows: 4 in 2 synthetic rows, of \"Town\", \"Age\", \"Children\", \"Contract\"; 0 in 4 held-out "
            + "rows. Numbers that are not whole where real ones are: 1, of \"Age\".",
            quality.ColumnsVerdict
        );
    }

    [Fact]
    public void A_label_of_several_classes_is_learned_one_against_the_others()
    {
        var utility = Measure(People.Drawn(1500, seed: 3), new() { LabelColumnName = nameof(Person.Contract) }).Utility!;
        Assert.Null(utility.ScoredClass);
        Assert.Equal(["full", "none", "part"], utility.Classes.Order(StringComparer.Ordinal));
        Assert.InRange(utility.Real.F1, 0.8, 1);
        Assert.InRange(utility.F1Ratio, 0.95, 1.05);
        Assert.InRange(utility.Synthetic.Area, 0.9, 1);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(41)]
    public void Few_rows_that_are_all_alike_are_measured_too(int rows)
    {
        Person[] alike = [.. Enumerable.Repeat(new Person { Town = "a", Age = float.NaN }, rows)];
        var quality = People.Measure(alike, alike, alike);
        Assert.Equal(0, quality.Associations.Error);
        Assert.Equal(rows < VaeTableDetection.MinimumRows ? null : 0.5, quality.Detection?.Area);
        Assert.Equal((1, 0), (quality.Privacy.SyntheticCopyShare, quality.Privacy.SyntheticDistances[^1]));
    }

    [Fact]
    public void The_same_seed_gives_the_same_figures()
    {
        var options = new VaeTableReportOptions { LabelColumnName = nameof(Person.IsOwner), MaximumRows = 300, Seed = 5 };
        var synthetic = People.Drawn(1000, seed: 3);
        var first = Measure(synthetic, options);
        var second = Measure(synthetic, options);
        Assert.Equal(first.ToString(), second.ToString());
        Assert.Equal(first.Detection, second.Detection);
        Assert.Equal(first.Utility!.Synthetic, second.Utility!.Synthetic);
        Assert.NotEqual(first.Detection, Measure(synthetic, options with { Seed = 6 }).Detection);
        Assert.Equal((1500, 300), (first.Real.Rows, first.Real.RowsRead));
    }

    /// <summary>Keys of other counts and other orders stand for the same names.</summary>
    [Fact]
    public void Keys_are_compared_by_their_names()
    {
        var mlContext = new MLContext(seed: 1);
        IDataView Keyed(params string[] towns)
        {
            var view = mlContext.Data.LoadFromEnumerable(towns.Select(town => new Person { Town = town }));
            var keyed = mlContext.Transforms.Conversion.MapValueToKey("Key", nameof(Person.Town)).Fit(view).Transform(view);
            return mlContext.Transforms.SelectColumns("Key").Fit(keyed).Transform(keyed);
        }

        var real = Keyed("a", "b", "b", "c");
        var column = Assert.Single(VaeTableReport.Measure(mlContext, real, real, Keyed("b", "b", "", "a")).Columns);
        Assert.Equal(0.25, column.Distance, 1e-12);
        Assert.Equal(["(missing)"], column.UnseenValues);
    }

    [Fact]
    public void Columns_that_cannot_be_compared_are_set_aside()
    {
        var mlContext = new MLContext(seed: 1);
        var people = mlContext.Data.LoadFromEnumerable(Real[..50]);
        var wide = mlContext.Transforms.Concatenate("Vector", nameof(Person.Age))
            .Append(mlContext.Transforms.CopyColumns("Copy", nameof(Person.Age)))
            .Fit(people)
            .Transform(people);
        var narrow = mlContext.Transforms.DropColumns("Copy").Fit(wide).Transform(wide);
        var quality = VaeTableReport.Measure(mlContext, wide, narrow, narrow);
        Assert.Equal(6, quality.Columns.Count);
        Assert.Equal(
            ["\"Vector\" is Vector<Single, 1>: not text, a key, a Boolean or a number.", "\"Copy\" is in the real rows alone."],
            quality.SetAside
        );
    }

    private static VaeTableQuality Measure(Person[] synthetic, VaeTableReportOptions? options = null) =>
        People.Measure(Real, HeldOut, synthetic, options);
}
