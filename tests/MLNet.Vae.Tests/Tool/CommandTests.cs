using System.Globalization;
using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Tests.Tool;

public sealed class CommandTests(ToolFixture fixture) : IClassFixture<ToolFixture>
{
    [Fact]
    public async Task Scores_are_those_of_the_library_bit_for_bit()
    {
        var output = fixture.File("scored.csv");
        await ToolRun.Done("score", fixture.Model, fixture.Orders, "-o", output);

        var mlContext = new MLContext(seed: 1);
        using var model = VaeTableTransformer.From(mlContext, fixture.Model);
        var scored = model.Transform(Orders.View(mlContext));
        var lines = await File.ReadAllLinesAsync(output, TestContext.Current.CancellationToken);
        Assert.Equal($"{Orders.Header},Score,PredictedLabel,PValue", lines[0]);
        string[][] added = [.. lines.Skip(1).Select(line => line.Split(',')[^3..])];
        Assert.Equal(scored.GetColumn<float>("Score"), added.Select(cells => float.Parse(cells[0], CultureInfo.InvariantCulture)));
        Assert.Equal(scored.GetColumn<bool>("PredictedLabel"), added.Select(cells => bool.Parse(cells[1])));
        Assert.Equal(scored.GetColumn<float>("PValue"), added.Select(cells => float.Parse(cells[2], CultureInfo.InvariantCulture)));
        // What was read is written as it was.
        Assert.Equal(Orders.Lines().Skip(1), lines.Skip(1).Zip(added, (line, cells) => line[..^(string.Join(',', cells).Length + 1)]));
    }

    [Fact]
    public void The_same_seed_gives_the_same_model_as_the_library()
    {
        var mlContext = new MLContext(seed: 1);
        using var model = mlContext.AnomalyDetection.Trainers.Vae(new VaeTableOptions
        {
            ContributionsColumnName = "Contributions",
            IgnoredColumnNames = ["IsOdd"],
            Sampler = new(),
            Training = new() { Seed = 1, Epochs = 6 },
        }).Fit(Orders.View(mlContext));
        using var loaded = VaeTableTransformer.From(mlContext, fixture.Model);
        var rows = Orders.View(mlContext);

        Assert.Equal(model.Transform(rows).GetColumn<float>("Score"), loaded.Transform(rows).GetColumn<float>("Score"));
        Assert.Equal(model.Threshold, loaded.Threshold);
    }

    [Fact]
    public void The_model_opens_with_stock_ml_net()
    {
        var mlContext = new MLContext(seed: 1);
        var model = mlContext.Model.Load(fixture.Model, out var schema);
        Assert.Contains("Country", schema.Select(column => column.Name));
        Assert.NotNull(model);
    }

    [Fact]
    public void Fit_says_what_it_made_of_each_column()
    {
        using var json = JsonDocument.Parse(fixture.FitJson);
        AssertMembers(json.RootElement, "model", "kind", "rows", "columns", "channels", "heldOutBound", "epochs", "bestEpoch", "threshold",
            "contamination", "hasSampler", "seed", "seconds", "warnings");
        Assert.Equal(Orders.Count, json.RootElement.GetProperty("rows").GetInt64());
        var columns = json.RootElement.GetProperty("columns").EnumerateArray()
            .ToDictionary(column => column.GetProperty("name").GetString()!);
        Assert.Equal(["Id", "Country", "Currency", "Amount", "Price", "Total", "Placed"], columns.Keys);
        Assert.Equal(
            (JsonValueKind.Null, "Categorical", "Time", 12),
            (columns["Id"].GetProperty("kind").ValueKind, columns["Country"].GetProperty("kind").GetString(),
                columns["Placed"].GetProperty("kind").GetString(), columns["Amount"].GetProperty("missing").GetInt32()));
    }

    [Fact]
    public async Task Score_finds_the_row_that_is_odd_and_tells_the_area()
    {
        var run = await ToolRun.Done("score", fixture.Model, fixture.Orders, "--label", "IsOdd", "--top", "2", "--json");

        using var json = JsonDocument.Parse(run.Output);
        AssertMembers(json.RootElement, "rows", "anomalies", "unscored", "threshold", "areaUnderRocCurve", "output", "top", "seconds",
            "warnings");
        Assert.InRange(json.RootElement.GetProperty("areaUnderRocCurve").GetDouble(), 0, 1);
        var top = json.RootElement.GetProperty("top").EnumerateArray().ToList();
        AssertMembers(top[0], "row", "line", "score", "predictedLabel", "pValue", "label");
        Assert.Equal(2, top.Count);
        Assert.True(top[0].GetProperty("score").GetSingle() >= top[1].GetProperty("score").GetSingle());
        Assert.Equal(top[0].GetProperty("row").GetInt64() + 1, top[0].GetProperty("line").GetInt64());
        Assert.Contains("area under the ROC curve", run.Error);
    }

    [Fact]
    public async Task A_threshold_decides_what_is_anomalous()
    {
        var none = await ToolRun.Done("score", fixture.Model, fixture.Orders, "--threshold", "1e9");
        var all = await ToolRun.Done("score", fixture.Model, fixture.Orders, "--threshold=-1e9");

        Assert.Contains($"{Orders.Count} rows, 0 of them anomalous", none.Output);
        Assert.Contains($"{Orders.Count} rows, {Orders.Count} of them anomalous", all.Output);
    }

    [Fact]
    public async Task Explain_gives_shares_that_sum_to_the_score()
    {
        var run = await ToolRun.Done("explain", fixture.Model, fixture.Orders, "--row", "41", "--json");

        using var json = JsonDocument.Parse(run.Output);
        AssertMembers(json.RootElement, "rows", "seconds", "warnings");
        var row = Assert.Single(json.RootElement.GetProperty("rows").EnumerateArray());
        AssertMembers(row, "row", "line", "score", "predictedLabel", "columns");
        Assert.Equal((41, 42), (row.GetProperty("row").GetInt64(), row.GetProperty("line").GetInt64()));
        var cells = row.GetProperty("columns").EnumerateArray().ToList();
        AssertMembers(cells[0], "column", "observed", "expected", "nats");
        Assert.Equal("5000", cells.Single(cell => cell.GetProperty("column").GetString() == "Total").GetProperty("observed").GetString());
        Assert.Equal(row.GetProperty("score").GetSingle(), cells.Sum(cell => cell.GetProperty("nats").GetSingle()), 3);
        Assert.Equal(cells.OrderByDescending(cell => cell.GetProperty("nats").GetSingle()), cells);
    }

    [Fact]
    public async Task Explain_shows_the_rows_that_score_highest()
    {
        var top = await ToolRun.Done("score", fixture.Model, fixture.Orders, "--top", "1", "--json");
        var run = await ToolRun.Done("explain", fixture.Model, fixture.Orders, "--top", "1");

        using var json = JsonDocument.Parse(top.Output);
        Assert.StartsWith($"row {json.RootElement.GetProperty("top")[0].GetProperty("row")}, line ", run.Output);
    }

    [Fact]
    public async Task Impute_fills_what_is_missing_and_leaves_the_rest()
    {
        var output = fixture.File("filled.csv");
        var run = await ToolRun.Done("impute", fixture.Orders, "-o", output, "--model", fixture.Model, "--indicators", "--json");

        using var json = JsonDocument.Parse(run.Output);
        AssertMembers(json.RootElement, "rows", "filled", "stillMissing", "output", "seconds", "warnings");
        var filled = json.RootElement.GetProperty("filled");
        Assert.Equal((10, 12), (filled.GetProperty("Country").GetInt32(), filled.GetProperty("Amount").GetInt32()));
        var lines = await File.ReadAllLinesAsync(output, TestContext.Current.CancellationToken);
        Assert.Contains("Country was missing", lines[0]);
        foreach (var (before, after) in Orders.Lines().Skip(1).Zip(lines.Skip(1)))
        {
            if (!before.Contains(",,", StringComparison.Ordinal))
                Assert.StartsWith(before, after);
            Assert.DoesNotContain(",,", after);
        }
    }

    [Fact]
    public async Task Impute_trains_a_model_where_none_is_given()
    {
        var run = await ToolRun.Done("impute", fixture.Orders, "-o", "-", "--epochs", "2", "--except", "Id,IsOdd");

        Assert.StartsWith(Orders.Header + "\n", run.Output);
        Assert.Equal(Orders.Count + 1, run.Output.Count(character => character == '\n'));
        Assert.DoesNotContain(",,", run.Output);
        Assert.Contains("cells filled", run.Error);
    }

    [Fact]
    public async Task Sample_draws_the_rows_of_the_library()
    {
        var output = fixture.File("synthetic.csv");
        var run = await ToolRun.Done("sample", fixture.Model, "-n", "20", "-o", output, "--given", "Currency=NOK", "--seed", "3", "--json");

        using var json = JsonDocument.Parse(run.Output);
        AssertMembers(json.RootElement, "rows", "columns", "seed", "output", "seconds", "warnings");
        var mlContext = new MLContext(seed: 1);
        using var model = VaeTableTransformer.From(mlContext, fixture.Model);
        var rows = model.Sample(20, 3, new Dictionary<string, object> { ["Currency"] = "NOK" });
        var lines = await File.ReadAllLinesAsync(output, TestContext.Current.CancellationToken);
        Assert.Equal("Country,Currency,Amount,Price,Total,Placed", lines[0]);
        Assert.Equal(
            rows.GetColumn<float>("Price"),
            lines.Skip(1).Select(line => float.Parse(line.Split(',')[^3], CultureInfo.InvariantCulture)));
        Assert.All(lines.Skip(1), line => Assert.Contains(",NOK,", line));
    }

    [Fact]
    public async Task Report_compares_synthetic_rows_with_real_ones()
    {
        var (synthetic, page) = (fixture.File("drawn.csv"), fixture.File("synthetic.html"));
        await ToolRun.Done("sample", fixture.Model, "-n", "100", "-o", synthetic);
        var run = await ToolRun.Done(
            "report", fixture.Model, fixture.Orders, "--synthetic", synthetic, "-o", page, "--title", "Orders", "--json");

        using var json = JsonDocument.Parse(run.Output);
        AssertMembers(json.RootElement, "page", "output", "verdicts", "seconds", "warnings");
        Assert.Equal("synthetic", json.RootElement.GetProperty("page").GetString());
        Assert.Contains("<title>Orders</title>", await File.ReadAllTextAsync(page, TestContext.Current.CancellationToken));
        Assert.Contains("--held-out", run.Error);
        Assert.Contains("times are left out of the page: 'Placed'.", run.Error);
    }

    [Fact]
    public async Task Report_of_a_table_shows_rows_and_what_they_should_have_been()
    {
        var page = fixture.File("rows.html");
        var run = await ToolRun.Done("report", fixture.Model, fixture.Orders, "-o", page, "--id", "Currency", "--title", "Rows", "--json");

        using var json = JsonDocument.Parse(run.Output);
        Assert.Equal("table", json.RootElement.GetProperty("page").GetString());
        var text = await File.ReadAllTextAsync(page, TestContext.Current.CancellationToken);
        Assert.Contains("<title>Rows</title>", text);
        Assert.Contains("\"otherNats\":", text);
    }

    [Fact]
    public async Task A_series_is_scored_explained_and_reported()
    {
        var (output, page) = (fixture.File("judged.csv"), fixture.File("pump.html"));
        var scored = await ToolRun.Done("score", fixture.Series, fixture.Pump, "-o", output, "--label", "IsBroken");
        var explained = await ToolRun.Done("explain", fixture.Series, fixture.Pump, "--row", "330");
        await ToolRun.Done("report", fixture.Series, fixture.Pump, "-o", page, "--label", "IsBroken");

        var lines = await File.ReadAllLinesAsync(output, TestContext.Current.CancellationToken);
        Assert.Equal("Time;Pressure;Flow;IsBroken;Score;PredictedLabel", lines[0]);
        Assert.EndsWith(";0;;false", lines[1]);
        Assert.EndsWith(";true", lines[330]);
        Assert.Contains("7 without a score", scored.Output);
        Assert.Matches(@"row 330, line 331: score [0-9.]+ nats, anomalous\n[^A-Z]*  Flow ", explained.Output);
        Assert.Contains("<html", await File.ReadAllTextAsync(page, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_model_of_a_vector_with_names_is_scored_and_reported()
    {
        var (model, output, page) = (fixture.File("vector.zip"), fixture.File("vector.csv"), fixture.File("vector.html"));
        var mlContext = new MLContext(seed: 1);
        var rows = mlContext.Transforms.Concatenate("Features", "Price", "Total").Fit(Orders.View(mlContext))
            .Transform(Orders.View(mlContext));
        using var detector = mlContext.AnomalyDetection.Trainers.Vae("Features", latentDimension: 1, epochs: 3, seed: 1).Fit(rows);
        mlContext.Model.Save(detector, rows.Schema, model);

        await ToolRun.Done("score", model, fixture.Orders, "-o", output);
        await ToolRun.Done("report", model, fixture.Orders, "-o", page, "--title", "Prices");
        var explained = await ToolRun.Of("explain", model, fixture.Orders);

        var lines = await File.ReadAllLinesAsync(output, TestContext.Current.CancellationToken);
        Assert.Equal(
            detector.Transform(rows).GetColumn<float>("Score"),
            lines.Skip(1).Select(line => float.Parse(line.Split(',')[^3], CultureInfo.InvariantCulture)));
        Assert.Contains("<title>Prices</title>", await File.ReadAllTextAsync(page, TestContext.Current.CancellationToken));
        Assert.Equal(1, explained.ExitCode);
        Assert.Contains("is a model of a vector of features; 'explain' needs one of a table", explained.Error);
    }

    [Fact]
    public async Task Standard_input_is_read()
    {
        await using var input = File.OpenRead(fixture.Orders);
        var run = await ToolRun.Of(input, TestContext.Current.CancellationToken, "score", fixture.Model, "-", "-o", "-");

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.StartsWith($"{Orders.Header},Score,PredictedLabel,PValue\n", run.Output);
    }

    [Fact]
    public async Task Help_version_and_completions_are_answers()
    {
        var help = await ToolRun.Done("--help");
        var version = await ToolRun.Done("--version");
        var suggested = await ToolRun.Done("[suggest:12]", "mlnet-vae fi");

        Assert.All(new[] { "fit", "score", "explain", "impute", "sample", "report" }, name => Assert.Contains($"  {name} ", help.Output));
        Assert.Matches(@"^[0-9]+\.[0-9]+\.[0-9]+", version.Output);
        Assert.Contains("fit", suggested.Output);
    }

    private static void AssertMembers(JsonElement element, params string[] names)
        => Assert.Equal(names, element.EnumerateObject().Select(member => member.Name));
}
