using System.Text.Json;
using MLNet.Vae.Tests.Kit;
using MLNet.Vae.Tests.Tables;

namespace MLNet.Vae.Tests.Report.Cells;

/// <summary>The page of a table in a real browser, which has no network.</summary>
[Collection(AloneInProcess.Name)]
public sealed class TableRowsBrowserTests(ReportedVisits visits) : IClassFixture<ReportedVisits>
{
    [Fact]
    public async Task A_page_opens_without_an_error_or_a_request_and_shows_each_cell_as_text()
    {
        var chromium = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium";
        if (!File.Exists(chromium))
            Assert.Skip($"Chromium is not installed ({chromium}; the variable CHROMIUM names another).");
        using var pages = new TemporaryDirectory();
        var options = new VaeReportOptions
        {
            Title = "Visits <b>",
            IdColumnName = nameof(Visit.Note),
            LabelColumnName = nameof(Visit.Member),
        };
        var written = visits.Report(options);
        written.Save(pages.File("rows.html"));
        await using var reader = await ReportReader.Start(chromium, pages.Path);
        var report = await reader.Open("rows");
        var page = report.Page;
        Assert.Equal("Visits <b>", await page.Locator("h1").InnerTextAsync());
        Assert.Equal(
            written.Parts.Select(part => JsonNamingPolicy.CamelCase.ConvertName($"{part}")),
            (await report.Evaluate("[...document.querySelectorAll('.part')].map(part => part.dataset.part)")).EnumerateArray()
                .Select(part => part.GetString()));
        Assert.Equal(12, await page.Locator(".worstRows .card").CountAsync());
        Assert.Equal(12 * 7, await page.Locator(".worstRows table.cells tbody tr").CountAsync());

        var unseen = page.GetByLabel($"row {ReportedVisits.Unseen}", new() { Exact = true });
        Assert.Contains(ReportedVisits.Name, await unseen.Locator("header").InnerTextAsync());
        var cell = await unseen.Locator("tr", new() { HasText = "Country" }).Locator("td").First.InnerTextAsync();
        Assert.Contains(ReportedVisits.Script, cell);
        Assert.Contains("not in training", cell);
        var empty = page.GetByLabel($"row {ReportedVisits.Empty}", new() { Exact = true });
        Assert.Equal(3, await empty.Locator("tr.missing").CountAsync());
        Assert.Equal("—", await empty.Locator("tr.missing td").First.InnerTextAsync());
        Assert.Equal(7, await page.Locator(".columns .scroll tbody tr").CountAsync());
        await report.Screenshot("rows-light");
        await page.Locator(".theme").ClickAsync();
        await report.Screenshot("rows-dark");
        Assert.Equal(0, (await report.Overflow()).GetInt32());
        await page.SetViewportSizeAsync(390, 900);
        Assert.Equal(0, (await report.Overflow()).GetInt32());
        await report.Screenshot("rows-narrow");
        var seen = await report.Close();
        Assert.Empty(seen.GetProperty("console").EnumerateArray());
        Assert.Empty(seen.GetProperty("requests").EnumerateArray());
    }
}
