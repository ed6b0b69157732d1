using System.Globalization;
using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Tests.Kit;
using MLNet.Vae.Tests.Tables;

namespace MLNet.Vae.Tests.Report.Cells;

/// <summary>What the report of a table holds.</summary>
public sealed class TableRowsReportTests(ReportedVisits visits) : IClassFixture<ReportedVisits>
{
    private static readonly VaeReportOptions _all = new() { WorstRows = 300, IdColumnName = nameof(Visit.Note) };

    [Fact]
    public void The_worst_rows_come_first_with_their_scores_names_and_p_values()
    {
        var scored = visits.Model.Transform(visits.Data);
        var (scores, values) = (scored.GetColumn<float>("Score").ToArray(), scored.GetColumn<float>("PValue").ToArray());
        var flagged = scored.GetColumn<bool>("PredictedLabel").ToArray();
        var worst = Worst(visits.Report(_all with { WorstRows = 10 }));
        Assert.Equal(
            scores.Select((score, row) => (score, row)).OrderByDescending(pair => pair.score).Take(10).Select(pair => pair.row),
            worst.Select(Number));
        foreach (var row in worst)
        {
            Assert.Equal(scores[Number(row)], row.GetProperty("score").GetSingle(), 1e-3f + (1e-5f * scores[Number(row)]));
            Assert.Equal(values[Number(row)], row.GetProperty("pValue").GetDouble(), 1e-5);
            Assert.Equal(flagged[Number(row)], row.GetProperty("isFlagged").GetBoolean());
            Assert.Equal(visits.Rows[Number(row)].Note, row.GetProperty("name").GetString());
        }
    }

    [Fact]
    public void The_cells_of_a_row_sum_to_its_score_and_come_by_their_nats()
    {
        var worst = Worst(visits.Report(_all));
        Assert.Equal(visits.Rows.Length, worst.Length);
        foreach (var row in worst)
        {
            double[] nats = [.. Cells(row).Values.Where(cell => cell.Nats is not null).Select(cell => cell.Nats!.Value)];
            var score = row.GetProperty("score").GetDouble();
            Assert.Equal(score, nats.Sum(), Tolerance(score));
            Assert.Equal(nats.OrderDescending(), nats);
            Assert.Equal(0, row.GetProperty("otherCells").GetInt32());
        }
    }

    // A nat of a million is what single precision keeps.
    private static double Tolerance(double score) => 1e-3 + (1e-6 * Math.Abs(score));

    [Fact]
    public void Observed_cells_are_those_of_the_data_and_expected_ones_those_of_Reconstruct()
    {
        var usual = visits.Context.Data.CreateEnumerable<Visit>(visits.Model.Reconstruct(visits.Data), false).ToArray();
        foreach (var row in Worst(visits.Report(_all)))
        {
            var (cells, visit, expected) = (Cells(row), visits.Rows[Number(row)], usual[Number(row)]);
            Assert.Equal(
                [nameof(Visit.Age), nameof(Visit.Amount), "Country", "Gain", "Member", "Since", "Visits"],
                cells.Keys.Order(StringComparer.Ordinal));
            Assert.Equal(visit.Country.Length > 0 ? visit.Country : null, cells["Country"].Observed);
            Assert.Equal(visit.Age, Parsed(cells["Age"].Observed));
            Assert.Equal(
                visit.Amount,
                cells["Amount"].Observed is { } amount ? double.Parse(amount, CultureInfo.InvariantCulture) : double.NaN);
            Assert.Equal(visit.Gain, Parsed(cells["Gain"].Observed));
            Assert.Equal(visit.Member ? "true" : "false", cells["Member"].Observed);
            Assert.Equal($"{visit.Since:yyyy-MM-dd}", cells["Since"].Observed);
            Assert.Equal($"{visit.Visits}", cells["Visits"].Observed);

            Assert.Equal(expected.Country, cells["Country"].Expected);
            Assert.Equal(expected.Age, Parsed(cells["Age"].Expected), 0.01f);
            Assert.Equal(expected.Amount, double.Parse(cells["Amount"].Expected, CultureInfo.InvariantCulture), 0.05);
            Assert.Equal(expected.Member ? "true" : "false", cells["Member"].Expected);
            Assert.Equal($"{expected.Since:yyyy-MM-dd}", cells["Since"].Expected);
            Assert.Equal($"{expected.Visits}", cells["Visits"].Expected);
        }

        static float Parsed(string? text) => text is null ? float.NaN : float.Parse(text, CultureInfo.InvariantCulture);
    }

    [Fact]
    public void What_training_had_not_is_said_and_what_is_missing_has_no_nats()
    {
        var rows = Worst(visits.Report(_all)).ToDictionary(Number, Cells);
        Assert.Equal("not in training", rows[ReportedVisits.Unseen]["Country"].Note);
        Assert.StartsWith("above training, to ", rows[ReportedVisits.Old]["Age"].Note);
        Assert.StartsWith("below training, from 2020-", rows[ReportedVisits.Early]["Since"].Note);
        Assert.StartsWith("above training, to ", rows[ReportedVisits.Empty]["Gain"].Note);
        foreach (var column in new[] { "Country", "Age", "Amount" })
        {
            var cell = rows[ReportedVisits.Empty][column];
            Assert.Equal((null, null, null), (cell.Observed, cell.Nats, cell.Note));
            Assert.NotEmpty(cell.Expected);
        }
        Assert.All(rows.Values, cells => Assert.All(cells.Values, cell => Assert.Equal(cell.Observed is null, cell.Nats is null)));
    }

    [Fact]
    public void Columns_have_their_mean_nats_what_is_missing_and_why_they_are_modelled_so()
    {
        var nats = visits.Model.Transform(visits.Data).GetColumn<float[]>("Columns").ToArray();
        var columns = Payload(visits.Report(new() { RowLimit = 10 })).GetProperty("table").GetProperty("columns").EnumerateArray()
            .ToDictionary(column => column.GetProperty("name").GetString()!);
        Assert.Equal(visits.Model.Table.Columns.Select(column => column.Name), columns.Keys);
        Assert.Equal(JsonValueKind.Null, columns["Note"].GetProperty("found").ValueKind);
        Assert.Contains("identifier", columns["Note"].GetProperty("reason").GetString());
        Assert.Equal("Categorical", columns["Country"].GetProperty("kind").GetString());
        var country = columns["Country"].GetProperty("found");
        bool[] isThere = [.. visits.Rows.Select(row => row.Country.Length > 0)];
        Assert.Equal(isThere.Count(there => there), country.GetProperty("observed").GetInt32());
        Assert.Equal(isThere.Count(there => !there), country.GetProperty("missing").GetInt32());
        Assert.Equal(1, country.GetProperty("beyond").GetInt32());
        Assert.Equal(nats.Where((_, row) => isThere[row]).Average(row => row[0]), country.GetProperty("nats").GetDouble(), 1e-3);
    }

    [Fact]
    public void Of_more_rows_than_are_kept_the_worst_and_the_share_above_the_threshold_are_of_all()
    {
        var few = visits.Report(new() { RowLimit = 20, WorstRows = 5 });
        Assert.Equal(
            Worst(visits.Report(new() { WorstRows = 5 })).Select(Number),
            Worst(few).Select(Number));
        var data = Payload(few);
        Assert.Equal((20, 300), (Int(data, "rows", "count"), Int(data, "rows", "total")));
        Assert.Equal(
            visits.Model.Transform(visits.Data).GetColumn<bool>("PredictedLabel").Count(flagged => flagged),
            Int(data, "table", "flagged"));
        Assert.Equal(few.ToHtml(), visits.Report(new() { RowLimit = 20, WorstRows = 5 }).ToHtml());
    }

    [Fact]
    public void Its_parts_come_as_fragments_in_the_order_of_the_page()
    {
        var report = visits.Report();
        Assert.Equal(
            [
                VaeReportPart.Summary, VaeReportPart.Warnings, VaeReportPart.WorstRows, VaeReportPart.Scores, VaeReportPart.Columns,
                VaeReportPart.LossCurves, VaeReportPart.LatentDimensions, VaeReportPart.LatentSpace, VaeReportPart.Details,
            ],
            report.Parts.Union([VaeReportPart.Warnings]).OrderBy(part => part == VaeReportPart.Warnings ? 1
                : part == VaeReportPart.Summary ? 0 : 2));
        foreach (var part in report.Parts)
            Assert.StartsWith("<div class=\"mlnetvae\"", report.ToHtml(part));
        Assert.Equal(
            "This report has no part Explorer: the model is of a table, and the decoder gives features that are no columns. See the parts "
            + "WorstRows and Columns.",
            Assert.Throws<InvalidOperationException>(() => report.ToHtml(VaeReportPart.Explorer)).Message);
    }

    [Fact]
    public void No_cell_is_HTML()
    {
        var html = visits.Report(_all).ToHtml();
        Assert.DoesNotContain("<script>alert", html);
        Assert.DoesNotContain("<img src=x", html);
        var rows = Worst(visits.Report(_all)).ToDictionary(Number, Cells);
        Assert.Equal(ReportedVisits.Script, rows[ReportedVisits.Unseen]["Country"].Observed);
    }

    [Fact]
    public void A_model_that_was_saved_gives_the_same_report()
    {
        using var folder = new TemporaryDirectory();
        visits.Context.Model.Save(visits.Model, visits.Training.Schema, folder.File("model.zip"));
        using var loaded = VaeTableTransformer.From(visits.Context, folder.File("model.zip"));
        var options = new VaeReportOptions { WorstRows = 20 };
        Assert.Equal(visits.Report(options).ToHtml(), VaeReport.Create(visits.Context, loaded, visits.Data, options).ToHtml());
    }

    [Fact]
    public void A_label_of_numbers_gives_an_area_and_is_none_of_the_columns()
    {
        var data = visits.Context.Transforms.Conversion.ConvertType("Known", nameof(Visit.Member), DataKind.Single).Fit(visits.Data)
            .Transform(visits.Data);
        var report = visits.Report(new() { LabelColumnName = "Known", WorstRows = 3 }, data);
        var scores = visits.Model.Transform(visits.Data).GetColumn<float>("Score").ToArray();
        Assert.Equal(
            $"{Reporting.RocArea.Of(scores, [.. visits.Rows.Select(row => row.Member)])}",
            Payload(report).GetProperty("rocArea").GetString());
        Assert.All(Worst(report), row => Assert.Equal(visits.Rows[Number(row)].Member ? 1 : 0, row.GetProperty("label").GetInt32()));
        Assert.DoesNotContain(report.Warnings, warning => warning.Contains("is the label", StringComparison.Ordinal));
        Assert.Contains(
            "Column \"Member\" is the label and part of the model too, which has seen what it is to tell. Name it in "
            + "VaeTableOptions.IgnoredColumnNames.",
            visits.Report(new() { LabelColumnName = nameof(Visit.Member) }).Warnings);
    }

    [Fact]
    public void A_row_that_cannot_be_scored_is_left_out_and_a_column_that_is_new_is_named()
    {
        var rows = Visit.Rows(100, seed: 3);
        rows[4].Age = float.PositiveInfinity;
        foreach (var row in rows.Take(20))
            row.Country = "XX";
        var report = visits.Report(new() { WorstRows = 200 }, Visit.View(visits.Context, rows));
        Assert.Contains(
            "1 of 100 rows left out: they hold infinity, a count that is negative or not whole, or a flag outside 0 to 1.",
            report.Warnings);
        Assert.Contains(report.Warnings, warning => warning.StartsWith("Column \"Country\" holds in 19.2 %", StringComparison.Ordinal));
        Assert.Equal(99, Worst(report).Length);
    }

    [Fact]
    public void What_it_cannot_be_made_of_is_refused()
    {
        var other = visits.Context.Data.LoadFromEnumerable([new { Country = "DE" }]);
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => visits.Report(null, other));
        Assert.StartsWith("The rows are not of the table that was trained on: column 'Age' is missing", error.Message);
        Assert.Equal(
            "There are no rows to report on: expected at least 1, found 0. Give data that has rows.",
            Assert.Throws<InvalidOperationException>(() =>
                visits.Report(null, new MLNet.Vae.Cursors.NoRows(visits.Data.Schema))).Message);
        Assert.Equal(
            "The label in column \"Visits\" must be 0 or 1, 1 for an anomaly, or NaN where it is not known; in row 0 it is "
            + $"{visits.Rows[0].Visits}. Replace such values before, or set VaeReportOptions.LabelColumnName to null.",
            Assert.Throws<InvalidOperationException>(() => visits.Report(new() { LabelColumnName = "Visits" })).Message);
    }

    private static JsonElement Payload(VaeReport report) => ReportedVisits.DataOf(report.ToHtml());

    private static JsonElement[] Worst(VaeReport report) => [.. Payload(report).GetProperty("worst").GetProperty("rows").EnumerateArray()];

    private static int Number(JsonElement row) => row.GetProperty("number").GetInt32();

    private static int Int(JsonElement data, string group, string name) => data.GetProperty(group).GetProperty(name).GetInt32();

    private static Dictionary<string, Cell> Cells(JsonElement row) => row.GetProperty("cells").EnumerateArray()
        .Select(cell => cell.Deserialize<Cell>(JsonSerializerOptions.Web)!).ToDictionary(cell => cell.Column);

    private sealed record Cell(string Column, string? Observed, string Expected, double? Nats, string? Note);
}
