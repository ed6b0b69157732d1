using System.Diagnostics;
using MLNet.Vae.Likelihoods;
using MLNet.Vae.Reporting;
using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace MLNet.Vae.Tests.Report;

/// <summary>A score that is NaN or infinite, in a report.</summary>
public class NonFiniteScoreTests
{
    private readonly MLContext _mlContext = new(seed: 1);

    /// <summary>What the page computes, by the script itself: NaN ranks as infinite, and lies above any threshold.</summary>
    [Theory]
    [InlineData("detection([1, NaN, 2, Infinity], [0, 1, 0, 1], 1.5).flagged", "3")]
    [InlineData("detection([1, NaN, 2, Infinity], [0, 1, 0, 1], 1.5).hits", "2")]
    [InlineData("quantile([1, 2, Infinity, Infinity], 1)", "Infinity")]
    [InlineData("quantile([1, 2, 4], 0.75)", "3")]
    public async Task The_page_ranks_it_as_infinite(string expression, string expected)
    {
        var script = Path.Combine(TestData.RepositoryRoot, "src", "MLNet.Vae.Report", "Page", "src", "math", "statistics.js");
        var code = $"import * as s from {System.Text.Json.JsonSerializer.Serialize(new Uri(script).AbsoluteUri)}; "
            + $"const {{ detection, quantile }} = s; console.log({expression});";
        using var node = Process.Start(new ProcessStartInfo("node", ["--input-type=module", "-e", code])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        using var late = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        late.CancelAfter(TimeSpan.FromSeconds(30));
        try
        {
            var error = node.StandardError.ReadToEndAsync(late.Token);
            Assert.Equal(expected, (await node.StandardOutput.ReadToEndAsync(late.Token)).Trim());
            Assert.DoesNotContain("Error", await error, StringComparison.Ordinal);
        }
        finally
        {
            node.Kill();
        }
    }

    [Fact]
    public void Is_the_worst_there_is()
    {
        var rows = ReportRows.Pictures(20);
        rows[4].Features[3] = 255;
        rows[9].Features[0] = -1;
        var model = ReportModels.Pictures(null);
        var support = new UnitIntervalSupport(0, ReportModels.Pixels, null);
        using var transformer = new VaeTransformer(_mlContext, model.With(model.Info with { Support = [support] }), new());

        var read = Read(transformer, rows, new() { WorstRows = 2 });

        Assert.Equal(20, read.Count);
        Assert.Equal([4, 9], Enumerable.Range(0, 20).Where(row => float.IsNaN(read.Score![row])));
        Assert.Equal([4, 9], read.Worst.Select(row => row.Index));
        // Two rows of NaN do not make NaN of what is said of the features.
        Assert.All(read.Statistics!.Contribution!, value => Assert.True(double.IsFinite(value)));
    }

    [Fact]
    public void One_infinite_contribution_does_not_own_the_mean()
    {
        var statistics = new FeatureStatistics(2);
        statistics.Add([1, 1], [1, 2], [3, float.PositiveInfinity]);
        statistics.Add([1, 1], [2, float.NaN], [5, 1]);
        statistics.Add([1, 1], [1, 1], [float.NaN, 2]);
        Assert.Equal([4, 1.5], statistics.Contribution!);
        Assert.Equal([Math.Sqrt(1 / 3.0), Math.Sqrt(0.5)], statistics.ReconstructionError!);
    }

    [Fact]
    public void A_row_that_is_warned_of_has_the_number_that_it_has_in_the_data()
    {
        var warnings = new List<string>();
        _mlContext.Log += (_, entry) =>
        {
            if (entry.Kind == ChannelMessageKind.Warning)
                warnings.Add(entry.RawMessage);
        };
        var rows = ReportRows.Table(100);
        foreach (var row in rows[50..])
            row.Features[2] = float.NaN;
        var options = new VaeReportOptions { RowLimit = 10 };
        var first = RowSelection.Of(100, options.RowLimit, options.Seed).Numbers.First(number => number >= 50);
        using var transformer = new VaeTransformer(_mlContext, ReportModels.Table(), new());

        var read = Read(transformer, rows, options);

        Assert.Equal(5, read.LeftOut);
        Assert.StartsWith($"Column \"Features\", row {first} (counted from 0), slot 2", Assert.Single(warnings), StringComparison.Ordinal);
    }

    private Reporting.ReportRows Read(VaeTransformer transformer, ReportRows.Row[] rows, VaeReportOptions options)
    {
        var data = ReportRows.View(_mlContext, rows);
        var columns = new ReportColumns(transformer.Model, options, data.Schema);
        return Reporting.ReportReader.Read(transformer, data, columns, options, hasImages: false);
    }
}
