using System.Text.Json;
using Microsoft.ML;
using MLNet.Vae.Tests.Kit;

namespace MLNet.Vae.Tests.Report.Tables;

/// <summary>The page of a table in a real browser, which has no network.</summary>
[Collection(AloneInProcess.Name)]
public sealed class TableBrowserTests
{
    private readonly MLContext _mlContext = new(seed: 1);

    [Fact]
    public async Task A_page_opens_without_an_error_or_a_request_and_shows_what_was_measured()
    {
        var chromium = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium";
        if (!File.Exists(chromium))
            Assert.Skip($"Chromium is not installed ({chromium}; the variable CHROMIUM names another).");
        using var pages = new TemporaryDirectory();
        Person[] real = [.. People.Drawn(400, seed: 1), new() { Town = "<script>alert('town')</script>", Contract = "full" }];
        IDataView View(Person[] rows) => _mlContext.Data.LoadFromEnumerable(rows);
        var quality = VaeTableReport.Write(
            _mlContext,
            View(real),
            View(People.Drawn(300, seed: 2)),
            View([.. People.Drawn(200, seed: 3), .. real]),
            pages.File("table.html"),
            new() { Title = "People <b>", LabelColumnName = nameof(Person.IsOwner), Seed = 3 }
        );
        Assert.DoesNotContain("<script>alert", File.ReadAllText(pages.File("table.html")));
        await using var reader = await ReportReader.Start(chromium, pages.Path);
        var report = await reader.Open("table");
        var page = report.Page;
        Assert.Equal("People <b>", await page.Locator("h1").InnerTextAsync());
        Assert.Equal(
            [
                quality.ColumnsVerdict,
                quality.Associations.Verdict,
                quality.Detection!.Verdict,
                quality.Utility!.Verdict,
                quality.Privacy.Verdict,
                "",
            ],
            await page.Locator(".verdict").AllTextContentsAsync()
        );
        Assert.Equal(quality.Privacy.Copies.Count, await page.Locator("table.copies tbody tr").CountAsync());
        Assert.Equal("200\t0\t1", await page.Locator("table.copies tbody tr").First.InnerTextAsync());
        Assert.Equal(6 * 6 * 3, await page.Locator(".matrix i").CountAsync());
        Assert.Contains("<script>alert('town')</script>", await page.Locator(".cards").InnerTextAsync());
        Assert.Contains("all 601", await page.Locator(".details").InnerTextAsync());
        await report.Screenshot("table-light");
        await page.Locator(".theme").ClickAsync();
        await report.Screenshot("table-dark");
        Assert.Equal(0, (await report.Overflow()).GetInt32());
        JsonElement seen = await report.Close();
        Assert.Empty(seen.GetProperty("console").EnumerateArray());
        Assert.Empty(seen.GetProperty("requests").EnumerateArray());
    }
}
