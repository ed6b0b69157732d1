using Microsoft.ML;
using MLNet.Vae.Tests.Kit;

namespace MLNet.Vae.Tests.Report.Tables;

/// <summary>The exact text of each refusal.</summary>
public sealed class TableErrorTests
{
    private const string Has = "\"Town\", \"Age\", \"Children\", \"Income\", \"Contract\" and \"IsOwner\"";

    private const string HasWide = "\"Town\", \"Age\", \"Children\", \"Income\", \"Contract\", \"IsOwner\" and \"V\"";

    private static readonly Person[] Some = People.Drawn(30, seed: 1);

    private readonly MLContext _mlContext = new(seed: 1);

    [Fact]
    public void Options_out_of_range_come_in_one_message() => Assert.Equal(
        "The report cannot be made, 2 faults:\n"
        + "- VaeTableReportOptions.MaximumRows must be from 1 to 1000000, but is 0.\n"
        + "- VaeTableReportOptions.ColumnNames must name at least 1 column, but names none. Set it to null for all columns that the three "
        + "views share.",
        Refused<ArgumentException>(View(Some), new() { MaximumRows = 0, ColumnNames = [] }));

    [Fact]
    public void Columns_that_will_not_do_come_in_one_message() => Assert.Equal(
        "The report cannot be made, 3 faults:\n"
        + $"- VaeTableReportOptions.ColumnNames names the column \"Wage\", which is missing in the real rows; they have {HasWide}. "
        + "Name a column that all three views have.\n"
        + "- VaeTableReportOptions.ColumnNames: column \"V\" must be text, a key, a Boolean or a number; it is Vector<Single, 1>. Give "
        + "each slot as a column of its own, or leave it out.\n"
        + "- VaeTableReportOptions.LabelColumnName: column \"Age\" must be a Boolean, text or a key; it is Single. Convert it "
        + "(mlContext.Transforms.Conversion.MapValueToKey), or set the option to null.",
        Refused<InvalidOperationException>(Wide(), new() { ColumnNames = ["Wage", "V", "Town"], LabelColumnName = "Age" }));

    [Fact]
    public void A_column_has_one_type() => Assert.Equal(
        "The report cannot be made: Column \"Age\" must be of one type in all three views; it is Single in the real rows and Double in the "
        + "synthetic rows. Convert one of them, or name the columns to compare in VaeTableReportOptions.ColumnNames.",
        Refused<InvalidOperationException>(
            View(Some),
            new(),
            _mlContext.Data.LoadFromEnumerable(new[] { new { Age = 3.0 } })
        ));

    [Fact]
    public void There_is_a_column_to_compare() => Assert.Equal(
        $"The report cannot be made: The three views share no column of text, keys, Booleans or numbers: the real rows have {Has}, the "
        + $"held-out rows {Has}, the synthetic rows \"Wage\". Give them columns of the same names.",
        Refused<InvalidOperationException>(View(Some), new(), _mlContext.Data.LoadFromEnumerable(new[] { new { Wage = 3.0 } })));

    [Fact]
    public void There_must_be_rows() => Assert.Equal(
        "There are no synthetic rows: expected at least 1, found 0. Give data that has rows.",
        Refused<InvalidOperationException>(View(Some), new(), View([])));

    [Fact]
    public void A_number_is_finite() => Assert.Equal(
        "Column \"Age\" must hold finite numbers, or NaN for a missing one; in row 2 of the synthetic rows it is Infinity. Replace such "
        + "values before, or leave the column out.",
        Refused<InvalidOperationException>(
            View(Some),
            new(),
            View([Some[0], Some[1], Some[2] with { Age = float.PositiveInfinity }])
        ));

    [Fact]
    public void A_label_has_two_classes_in_each_view() => Assert.Equal(
        "VaeTableReportOptions.LabelColumnName: column \"IsOwner\" must have at least 2 classes in each view; all synthetic rows that have "
        + "a label are \"false\". Give rows of another class too, or set the option to null.",
        Refused<InvalidOperationException>(
            View(Some),
            new() { LabelColumnName = "IsOwner" },
            View([.. Some.Select(person => person with { IsOwner = false })])
        ));

    [Fact]
    public void A_label_is_there() => Assert.Equal(
        "VaeTableReportOptions.LabelColumnName: column \"Contract\" must have at least 2 classes in each view; none of the synthetic rows "
        + "has a label. Give rows that have one, or set the option to null.",
        Refused<InvalidOperationException>(
            View(Some),
            new() { LabelColumnName = "Contract" },
            View([.. Some.Select(person => person with { Contract = "" })])
        ));

    [Fact]
    public void A_label_has_no_more_classes_than_can_be_learned() => Assert.Equal(
        "VaeTableReportOptions.LabelColumnName: column \"Town\" must have 2 to 20 classes; the real rows have 30. Name another column, or "
        + "set the option to null.",
        Refused<InvalidOperationException>(
            View([.. Some.Select((person, i) => person with { Town = $"{i}" })]),
            new() { LabelColumnName = "Town" }
        ));

    private IDataView View(Person[] rows) => _mlContext.Data.LoadFromEnumerable(rows);

    private IDataView Wide()
    {
        var people = View(Some);
        return _mlContext.Transforms.Concatenate("V", nameof(Person.Age)).Fit(people).Transform(people);
    }

    private string Refused<T>(IDataView real, VaeTableReportOptions options, IDataView? synthetic = null) where T : Exception
    {
        using var folder = new TemporaryDirectory();
        var error = Assert.Throws<T>(() =>
            VaeTableReport.Write(_mlContext, real, real, synthetic ?? real, folder.File("table.html"), options));
        Assert.True(error.Data.Contains(Refusal.Mark));
        Assert.Empty(Directory.GetFiles(folder.Path));
        return error.Message;
    }
}
