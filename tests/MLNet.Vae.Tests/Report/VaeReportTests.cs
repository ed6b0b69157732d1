using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using MLNet.Vae.Modules;
using MLNet.Vae.Tests.Kit;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Tests.Report;

public partial class VaeReportTests
{
    private static readonly MLContext _mlContext = new(seed: 1);

    [Fact]
    public void Every_kind_of_model_shows_what_it_has()
    {
        VaeReportPart[] all = [.. Enum.GetValues<VaeReportPart>().Except([VaeReportPart.Columns])];
        VaeReportPart[] ofTables = [.. all.Except([VaeReportPart.Reconstructions, VaeReportPart.Manifold])];
        VaeReportPart[] ofCodes = [.. ofTables.Except([VaeReportPart.Explorer, VaeReportPart.LossCurves])];
        var table = ReportRows.View(_mlContext, ReportRows.Table(60));

        Assert.Equal(
            all,
            Parts(
                ReportModels.Pictures(ReportModels.History(5, ReportModels.PictureLatents)),
                ReportRows.View(_mlContext, ReportRows.Pictures(30)),
                new() { ImageShape = ReportModels.Shape }
            )
        );
        Assert.Equal(ofTables, Parts(ReportModels.Hierarchical(), table).Union([VaeReportPart.Warnings]).Order());
        Assert.Equal(ofCodes, Parts(ReportModels.Quantized(), table));
        Assert.Equal(ofTables.Except([VaeReportPart.LossCurves]), Parts(ReportModels.Mixture(), table));
        Assert.Equal(ofTables.Except([VaeReportPart.LossCurves]), Parts(ReportModels.Deterministic(), table));
        Assert.Equal(ofCodes, Parts(ReportModels.Table(), table, new() { Explorer = false }));
        using var encoder = new MemoryStream(ReportModels.Table().ToOnnx(VaeGraph.Encoder));
        Assert.Equal(
            [
                VaeReportPart.Summary,
                VaeReportPart.Warnings,
                VaeReportPart.LatentDimensions,
                VaeReportPart.LatentSpace,
                VaeReportPart.Details,
            ],
            Parts(VaeModel.Load(encoder), table)
        );
    }

    [Fact]
    public void Holds_what_the_transformer_gives_for_the_selected_rows_alone()
    {
        var rows = ReportRows.Table(500);
        var probe = new ProbeView(ReportRows.View(_mlContext, rows));
        using var transformer = new VaeTransformer(_mlContext, ReportModels.Table(), new());
        using var data = Data(VaeReport.Create(_mlContext, transformer, probe, new() { RowLimit = 50, Seed = 9 }));

        var numbers = Doubles(data, "rows", "number").Select(number => (int)number).ToArray();
        Assert.Equal(Reporting.RowSelection.Of(500, 50, 9).Numbers.Select(number => (int)number), numbers);
        Assert.Equal(500, data.RootElement.GetProperty("rows").GetProperty("total").GetInt32());
        // One pass, no further than it must.
        Assert.Equal(1, probe.CursorsMade);
        Assert.InRange(probe.RowsRead, numbers[^1] + 1, 500);
        Assert.Equal(0, probe.OpenCursors);

        using var scoring = transformer.WithColumns(transformer.Model.Info.Columns with { Score = "Score" });
        var scored = scoring.Transform(ReportRows.View(_mlContext, rows));
        var (embedding, score) = (scored.GetColumn<float[]>("Embedding").ToArray(), scored.GetColumn<float>("Score").ToArray());
        Assert.Equal(numbers.SelectMany(number => embedding[number]), Floats(data, "rows", "embedding"), (a, b) => Math.Abs(a - b) < 1e-5);
        Assert.Equal(
            numbers.Select(number => score[number]),
            Floats(data, "rows", "score"),
            (a, b) => Math.Abs(a - b) < 1e-4 * Math.Max(1, Math.Abs(a))
        );
    }

    [Fact]
    public void The_worst_rows_are_those_of_the_highest_scores_and_their_contributions_sum_to_them()
    {
        using var transformer = new VaeTransformer(_mlContext, ReportModels.Table(), new());
        var view = ReportRows.View(_mlContext, ReportRows.Table(200));
        using var data = Data(VaeReport.Create(_mlContext, transformer, view, new() { WorstRows = 7 }));

        using var scoring = transformer.WithColumns(transformer.Model.Info.Columns with { Score = "Score" });
        var expected = scoring
            .Transform(view)
            .GetColumn<float>("Score")
            .Select((score, row) => (score, row))
            .OrderByDescending(pair => pair.score)
            .Take(7)
            .ToArray();
        var worst = data.RootElement.GetProperty("worst").GetProperty("rows").EnumerateArray().ToArray();
        Assert.Equal(expected.Select(pair => pair.row), worst.Select(row => row.GetProperty("number").GetInt32()));
        foreach (var row in worst)
        {
            // All six features are among the top ones.
            var contributions = row.GetProperty("top")
                .EnumerateArray()
                .Select(feature => feature.GetProperty("contribution").GetDouble())
                .ToArray();
            Assert.Equal(row.GetProperty("score").GetDouble(), contributions.Sum(), 1e-3);
            Assert.Equal(contributions.OrderDescending(), contributions);
        }
    }

    [Fact]
    public void Labels_give_an_area_under_the_ROC_curve_with_its_interval_beside_the_scores_alone()
    {
        var data = ReportRows.View(_mlContext, ReportRows.Table(100));
        using var transformer = new VaeTransformer(_mlContext, ReportModels.Table(), new());
        using var scoring = transformer.WithColumns(transformer.Model.Info.Columns with { Score = "Score" });
        var scores = scoring.Transform(data).GetColumn<float>("Score").ToArray();
        var expected = Reporting.RocArea.Of(scores, [.. data.GetColumn<bool>("IsOdd")]).ToString();
        Assert.EndsWith("of 5 anomalous rows and 95 normal rows.", expected, StringComparison.Ordinal);
        Assert.Contains("95 % interval", expected, StringComparison.Ordinal);

        var labelled = VaeReport.Create(_mlContext, transformer, data, new() { LabelColumnName = "IsOdd" });
        using var all = Data(labelled);
        Assert.Equal(expected, all.RootElement.GetProperty("rocArea").GetString());
        Assert.DoesNotContain(expected, labelled.ToHtml(VaeReportPart.Summary), StringComparison.Ordinal);
        using var unlabelled = Data(VaeReport.Create(_mlContext, transformer, data));
        Assert.Equal(JsonValueKind.Null, unlabelled.RootElement.GetProperty("rocArea").ValueKind);
    }

    [Theory]
    [InlineData(DataKind.Single)]
    [InlineData(DataKind.Double)]
    [InlineData(DataKind.Int32)]
    public void A_label_of_numbers_says_what_a_Boolean_one_says(DataKind type)
    {
        var rows = ReportRows.View(_mlContext, ReportRows.Table(100));
        var data = _mlContext.Transforms.Conversion.ConvertType("Odd", "IsOdd", type).Fit(rows).Transform(rows);
        using var transformer = new VaeTransformer(_mlContext, ReportModels.Table(), new());
        using var expected = Data(VaeReport.Create(_mlContext, transformer, data, new() { LabelColumnName = "IsOdd" }));
        using var found = Data(VaeReport.Create(_mlContext, transformer, data, new() { LabelColumnName = "Odd" }));
        Assert.Equal(expected.RootElement.GetProperty("rocArea").GetString(), found.RootElement.GetProperty("rocArea").GetString());
        Assert.Equal(Label(expected), Label(found));

        static string Label(JsonDocument report) => report.RootElement.GetProperty("rows").GetProperty("label").GetRawText();
    }

    [Fact]
    public void Rows_without_a_label_are_left_out_of_what_is_said_of_labels()
    {
        var rows = ReportRows.Table(100);
        var labelled = rows.Select((row, i) => new Labelled { Features = row.Features, Odd = i >= 80 ? double.NaN : row.IsOdd ? 1 : 0 });
        var schema = SchemaDefinition.Create(typeof(Labelled));
        schema["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, ReportModels.TableFeatures);
        var data = _mlContext.Data.LoadFromEnumerable(labelled, schema);
        using var transformer = new VaeTransformer(_mlContext, ReportModels.Table(), new());
        using var report = Data(VaeReport.Create(_mlContext, transformer, data, new() { LabelColumnName = "Odd" }));
        Assert.EndsWith("of 4 anomalous rows and 76 normal rows.", report.RootElement.GetProperty("rocArea").GetString());
    }

    [Fact]
    public void The_worst_rows_have_the_names_that_a_column_gives_them()
    {
        using var transformer = new VaeTransformer(_mlContext, ReportModels.Table(), new());
        var view = ReportRows.View(_mlContext, ReportRows.Table(50));
        using var report = Data(VaeReport.Create(_mlContext, transformer, view, new() { WorstRows = 3, IdColumnName = "Size" }));
        var worst = report.RootElement.GetProperty("worst").GetProperty("rows").EnumerateArray().ToArray();
        Assert.Equal(3, worst.Length);
        Assert.All(worst, row => Assert.Equal($"{row.GetProperty("number").GetInt32()}", row.GetProperty("name").GetString()));
    }

    public sealed class Labelled
    {
        public float[] Features { get; set; } = [];

        public double Odd { get; set; }
    }

    [Fact]
    public void Columns_become_categories_or_numbers_to_colour_by()
    {
        var data = ReportRows.View(_mlContext, ReportRows.Table(40));
        using var transformer = new VaeTransformer(_mlContext, ReportModels.Table(), new());
        using var report = Data(VaeReport.Create(_mlContext, transformer, data, new() { LabelColumnName = "IsOdd" }));
        var colors = report
            .RootElement.GetProperty("colors")
            .EnumerateArray()
            .ToDictionary(color => color.GetProperty("name").GetString()!, color => color.GetProperty("categories"));

        Assert.Equal(["Kind", "Size", "Group", "KindKey", "IsOdd", "score"], colors.Keys);
        Assert.Equal(ReportRows.Kinds, Strings(colors["Kind"]));
        Assert.Equal(JsonValueKind.Null, colors["Size"].ValueKind);
        Assert.Equal(["0", "1", "2", "3", "4"], Strings(colors["Group"]));
        Assert.Equal(ReportRows.Kinds, Strings(colors["KindKey"]));
        Assert.Equal(["false", "true"], Strings(colors["IsOdd"]));

        using var chosen = Data(VaeReport.Create(_mlContext, transformer, data, new() { ColorColumns = ["Group"] }));
        Assert.Equal(
            ["Group", "score"],
            chosen.RootElement.GetProperty("colors").EnumerateArray().Select(color => color.GetProperty("name").GetString())
        );
    }

    [Fact]
    public void Of_too_many_categories_the_rarest_are_put_together()
    {
        string[] values = [.. Enumerable.Range(0, 40).SelectMany(kind => Enumerable.Repeat($"k{kind:00}", 40 - kind))];
        var color = Reporting.ColorValues.OfNames("kind", values);
        Assert.Equal([.. Enumerable.Range(0, 29).Select(kind => $"k{kind:00}"), "other"], color.Categories!);
        Assert.Equal(29, color.Values[^1]);
        Assert.Equal(0, color.Values[0]);
    }

    [Fact]
    public void Rows_that_cannot_be_scored_are_left_out_and_counted()
    {
        var rows = ReportRows.Table(30);
        rows[4].Features[2] = float.NaN;
        rows[9].Features[0] = float.PositiveInfinity;
        using var transformer = new VaeTransformer(_mlContext, ReportModels.Table(), new());
        var report = VaeReport.Create(_mlContext, transformer, ReportRows.View(_mlContext, rows));

        Assert.Contains("2 of 30 rows left out: they hold NaN, infinity or a missing key.", report.Warnings);
        using var data = Data(report);
        Assert.Equal(Enumerable.Range(0, 30).Except([4, 9]), Doubles(data, "rows", "number").Select(number => (int)number));
        Assert.DoesNotContain(float.NaN, Floats(data, "rows", "score"));
    }

    [Fact]
    public void Pixels_are_those_of_the_rows()
    {
        var rows = ReportRows.Pictures(10);
        using var transformer = new VaeTransformer(_mlContext, ReportModels.Pictures(null), new());
        using var data = Data(
            VaeReport.Create(
                _mlContext,
                transformer,
                ReportRows.View(_mlContext, rows),
                new() { ImageShape = ReportModels.Shape, Reconstructions = 5 }
            )
        );

        Assert.Equal(rows.SelectMany(row => row.Features).Select(value => (byte)MathF.Round(255 * value)), Bytes(data, "rows", "features"));
        Assert.Equal(
            [0, 2, 4, 6, 8],
            data.RootElement.GetProperty("reconstructions").GetProperty("index").EnumerateArray().Select(index => index.GetInt32())
        );
        Assert.Equal(
            rows[2].Features.Select(value => (byte)MathF.Round(255 * value)),
            Bytes(data, "reconstructions", "originals").Skip(ReportModels.Pixels).Take(ReportModels.Pixels)
        );
    }

    [Fact]
    public void Features_too_many_for_a_page_are_left_out_of_it()
    {
        var pictures = ReportRows.Pictures(20);
        ReportRows.Row[] rows = [.. Enumerable.Range(0, 3_000).Select(i => pictures[i % 20])];
        using var transformer = new VaeTransformer(_mlContext, ReportModels.Pictures(null), new());
        using var data = Data(VaeReport.Create(_mlContext, transformer, ReportRows.View(_mlContext, rows), new() { Explorer = false }));
        Assert.Equal(JsonValueKind.Null, data.RootElement.GetProperty("rows").GetProperty("features").ValueKind);
        Assert.Equal(3_000, Floats(data, "rows", "score").Length);
    }

    [Theory]
    [InlineData(0, 1, 0, 1)]
    [InlineData(0, 0.4, 0, 1)]
    [InlineData(0, 200, 0, 255)]
    [InlineData(-1, 1, -1, 1)]
    [InlineData(3, 900, 3, 900)]
    public void Black_and_white_follow_the_values(float smallest, float largest, float black, float white)
    {
        var statistics = new Reporting.FeatureStatistics(2);
        statistics.Add([smallest, largest]);
        Assert.Equal(new Reporting.PixelRange(black, white), Reporting.PixelRange.Of(statistics));
    }

    [Fact]
    public void A_page_has_no_address_to_load_from_and_no_text_that_ends_a_script()
    {
        var rows = ReportRows.Table(30);
        rows[3].Kind = "</script><script>alert(1)</script><!--";
        using var transformer = new VaeTransformer(_mlContext, ReportModels.Table(), new());
        var html = VaeReport.Create(_mlContext, transformer, ReportRows.View(_mlContext, rows), new() { Title = "</title><b>" }).ToHtml();

        Assert.DoesNotContain("alert(1)</script>", html);
        Assert.Contains("<title>&lt;/title&gt;&lt;b&gt;</title>", html);
        Assert.DoesNotMatch(@"<(script|link|img|iframe)[^>]+(src|href)=""(?!data:)", html);
        Assert.Equal(html.Split("<script").Length, html.Split("</script>").Length);
    }

    [Fact]
    public void Saving_writes_the_page_and_replaces_an_older_one()
    {
        using var directory = new TemporaryDirectory();
        using var transformer = new VaeTransformer(_mlContext, ReportModels.Table(), new());
        var report = VaeReport.Create(
            _mlContext,
            transformer,
            ReportRows.View(_mlContext, ReportRows.Table(30)),
            new() { Explorer = false }
        );
        var path = Path.Combine(directory.Path, "new", "report.html");
        report.Save(path);
        report.Save(path);
        Assert.Equal(report.ToHtml(), File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!));
    }

    [Fact]
    public void The_same_data_give_the_same_page()
    {
        using var transformer = new VaeTransformer(_mlContext, ReportModels.Table(), new());
        string Html() =>
            VaeReport.Create(_mlContext, transformer, ReportRows.View(_mlContext, ReportRows.Table(90)), new() { RowLimit = 40 }).ToHtml();
        Assert.Equal(Html(), Html());
    }

    private static IReadOnlyList<VaeReportPart> Parts(VaeModel model, IDataView data, VaeReportOptions? options = null)
    {
        using var transformer = new VaeTransformer(_mlContext, model, new());
        var report = VaeReport.Create(_mlContext, transformer, data, options);
        foreach (var part in report.Parts)
            Assert.Contains($"\"parts\":[\"{JsonNamingPolicy.CamelCase.ConvertName(part.ToString())}\"]", report.ToHtml(part));
        return report.Parts;
    }

    private static JsonDocument Data(VaeReport report) => JsonDocument.Parse(DataElement().Match(report.ToHtml()).Groups[1].Value);

    private static float[] Floats(JsonDocument data, string group, string name) =>
        MemoryMarshal.Cast<byte, float>(Bytes(data, group, name)).ToArray();

    private static double[] Doubles(JsonDocument data, string group, string name) =>
        MemoryMarshal.Cast<byte, double>(Bytes(data, group, name)).ToArray();

    private static byte[] Bytes(JsonDocument data, string group, string name)
    {
        var text = data.RootElement.GetProperty(group).GetProperty(name).GetProperty("data").GetBytesFromBase64();
        using var gzip = new GZipStream(new MemoryStream(text), CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        gzip.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static IEnumerable<string?> Strings(JsonElement array) => array.EnumerateArray().Select(item => item.GetString());

    [GeneratedRegex("<script type=\"application/json\" data-report=\"\">(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex DataElement();
}
