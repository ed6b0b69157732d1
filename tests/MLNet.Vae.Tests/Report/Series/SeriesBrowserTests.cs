using System.Text.Json;
using Microsoft.ML;
using MLNet.Vae.Tests.Kit;

namespace MLNet.Vae.Tests.Report.Series;

/// <summary>The page of a series in a real browser, which has no network.</summary>
[Collection(AloneInProcess.Name)]
public sealed class SeriesBrowserTests
{
    private const string Seen = """
        () => {
            const { range } = document.querySelector(".mlnetvae").mlnetvae;
            return [range.from, range.to];
        }
        """;

    private readonly MLContext _mlContext = new(seed: 1);

    [Fact]
    public async Task A_page_opens_without_an_error_or_a_request_and_shows_what_was_found()
    {
        var (text, seen) = await Read(PumpRows.ByHand(), PumpRows.Options, async report =>
        {
            var page = report.Page;
            var alarms = await page.Locator("table.alarms tbody tr").AllInnerTextsAsync();
            var tiles = await page.Locator(".tiles > div").AllInnerTextsAsync();
            await page.Locator(".stack").FocusAsync();
            await page.Locator("table.alarms tbody tr").First.ClickAsync();
            var readout = await page.Locator(".readout").InnerTextAsync();
            var values = await page.Locator("figcaption .value").AllInnerTextsAsync();
            await page.Locator(".charts select").First.SelectOptionAsync("1");
            var other = await page.Locator("section.alarms").InnerTextAsync();
            var axis = page.Locator(".charts select").Nth(1);
            await axis.SelectOptionAsync("log");
            return (alarms, tiles, readout, values, other, overflow: await report.Overflow());
        });
        Assert.Empty(seen.GetProperty("console").EnumerateArray());
        Assert.Empty(seen.GetProperty("requests").EnumerateArray());
        Assert.Equal(
            [
                "2024-03-01 08:03:00\t2024-03-01 08:04:00\t2\t4\tReadings[1] 88 %, Readings[0] 13 %\tyes",
                "2024-03-01 08:08:00\t2024-03-01 08:08:00\t1\t8\tReadings[0] 75 %, Flow 25 %\tno: false alarm",
            ],
            text.alarms
        );
        Assert.Equal("Rows judged|8|of 10; the others have no score yet", Line(text.tiles[0]));
        Assert.Equal("Precision|33.3 %|1 of 3 flagged; 8 rows judged", Line(text.tiles[3]));
        Assert.Equal("False alarms|33.33 %|of 6 normal rows judged", Line(text.tiles[6]));
        Assert.Equal("2024-03-01 08:04:00 · row 4 · predicted anomaly · true anomaly", text.readout);
        Assert.Equal(
            ["4", "4 · expected 4 · 0 % of the score", "6 · expected 1 · 100 % of the score", "2 · expected 2 · 0 % of the score"],
            text.values
        );
        Assert.Contains("No row is flagged.", text.other);
        Assert.Equal(0, text.overflow.GetInt32());

        static string Line(string tile) => string.Join('|', tile.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Mouse_and_keys_change_what_part_of_time_is_seen()
    {
        var (steps, seen) = await Read(PumpRows.Long(30_000), PumpRows.Options with { KeyColumnName = null }, async report =>
        {
            var page = report.Page;
            var stack = page.Locator(".stack");
            await stack.ScrollIntoViewIfNeededAsync();
            var box = (await page.Locator(".series-chart canvas").First.BoundingBoxAsync())!;
            float left = box.X + 68, inner = box.Width - 78, y = box.Y + 40;
            var steps = new Dictionary<string, double[]> { ["whole"] = await Range() };
            await Drag(0.25f, 0.5f);
            steps["dragged"] = await Range();
            await report.Screenshot("series-zoomed");
            await page.Keyboard.DownAsync("Shift");
            await Drag(0.5f, 0.25f);
            await page.Keyboard.UpAsync("Shift");
            steps["moved"] = await Range();
            await page.Mouse.DblClickAsync(left + (inner / 2), y);
            steps["reset"] = await Range();
            await page.Mouse.WheelAsync(0, -300);
            await page.WaitForFunctionAsync("!document.querySelector('.mlnetvae').mlnetvae.range.isWhole");
            steps["wheel"] = await Range();
            await stack.PressAsync("ArrowRight");
            steps["right"] = await Range();
            await stack.PressAsync("ArrowUp");
            steps["up"] = await Range();
            await page.Locator("button.reset").ClickAsync();
            steps["button"] = await Range();
            await page.Mouse.MoveAsync(left + (inner / 3), y);
            await report.Screenshot("series-light");
            await page.Locator(".theme").ClickAsync();
            await report.Screenshot("series-dark");
            await page.Locator("table.alarms tbody tr").Nth(2).ClickAsync();
            steps["alarm"] = await Range();
            await report.Screenshot("series-alarm");
            return steps;

            async Task<double[]> Range() => [.. (await report.Evaluate(Seen)).EnumerateArray().Select(value => value.GetDouble())];

            async Task Drag(float from, float to)
            {
                await page.Mouse.MoveAsync(left + (inner * from), y);
                await page.Mouse.DownAsync();
                await page.Mouse.MoveAsync(left + (inner * to), y, new() { Steps = 4 });
                await page.Mouse.UpAsync();
            }
        });
        Assert.Empty(seen.GetProperty("console").EnumerateArray());
        var whole = steps["whole"];
        var span = whole[1] - whole[0];
        Near([whole[0] + (span / 4), whole[0] + (span / 2)], "dragged");
        // A quarter of the window to the right, of a window of a quarter.
        Near([whole[0] + (span * 5 / 16), whole[0] + (span * 9 / 16)], "moved");
        Assert.Equal(whole, steps["reset"]);
        var wheel = steps["wheel"];
        Near([whole[0] + (span / 2 * (1 - Factor)), whole[1] - (span / 2 * (1 - Factor))], "wheel");
        var (width, zoomed) = (wheel[1] - wheel[0], steps["up"]);
        Assert.Equal(Math.Min(wheel[0] + (0.2 * width), whole[1] - width), steps["right"][0], 1.0);
        Assert.Equal(0.6 * width, zoomed[1] - zoomed[0], 1.0);
        Assert.Equal(whole, steps["button"]);
        var from = (PumpRows.Start.AddMinutes(2500) - DateTime.UnixEpoch).TotalMilliseconds;
        const double Minute = 60_000;
        Assert.Equal([from - (19 * Minute), from + (38 * Minute)], steps["alarm"]);

        void Near(double[] expected, string step)
        {
            // A pixel of about a thousand.
            Assert.Equal(expected[0], steps[step][0], span / 300);
            Assert.Equal(expected[1], steps[step][1], span / 300);
        }
    }

    [Fact]
    public async Task Where_rows_are_left_out_the_page_says_so()
    {
        var options = PumpRows.Options with { KeyColumnName = null, MaximumRows = 400 };
        var (note, _) = await Read(PumpRows.Long(2000), options, report => report.Page.Locator(".thinned").InnerTextAsync());
        Assert.StartsWith("Of each 5 rows of a series one is drawn, that of the highest score;", note);
    }

    private static double Factor => Math.Pow(1.0015, -300);

    private async Task<(T Result, JsonElement Seen)> Read<T>(
        IEnumerable<PumpRow> rows,
        VaeSeriesReportOptions options,
        Func<ReportPage, Task<T>> read
    )
    {
        var chromium = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium";
        if (!File.Exists(chromium))
            Assert.Skip($"Chromium is not installed ({chromium}; the variable CHROMIUM names another).");
        using var pages = new TemporaryDirectory();
        VaeSeriesReport.Write(_mlContext, PumpRows.View(_mlContext, rows), pages.File("series.html"), options);
        await using var reader = await ReportReader.Start(chromium, pages.Path);
        var report = await reader.Open("series");
        var result = await read(report);
        return (result, await report.Close());
    }
}
