using System.Diagnostics;
using System.Text.Json;
using Microsoft.Playwright;

namespace MLNet.Vae.Tests.Report;

/// <summary>A report in a browser, and a record of what it says, asks for and shows.</summary>
internal sealed class ReportPage
{
    // Test machines may be busy.
    private const float Patience = 120_000;

    private readonly Dictionary<string, object?> _record = [];
    private readonly List<string> _console = [], _requests = [];

    private ReportPage(IPage page) => (Page, _record["console"], _record["requests"]) = (page, _console, _requests);

    public IPage Page { get; }

    public object? this[string name]
    {
        set => _record[name] = value;
    }

    /// <summary>Waits until every part is there.</summary>
    public static async Task<ReportPage> Open(IBrowserContext browser, string file)
    {
        var page = await browser.NewPageAsync();
        page.SetDefaultTimeout(Patience);
        var report = new ReportPage(page);
        var address = new Uri(file).AbsoluteUri;
        page.Console += (_, message) => report._console.Add($"{message.Type}: {message.Text}");
        page.PageError += (_, error) => report._console.Add($"error: {error}");
        page.Request += (_, request) =>
        {
            if (request.Url != address && !request.Url.StartsWith("blob:", StringComparison.Ordinal))
                report._requests.Add(request.Url);
        };
        var watch = Stopwatch.StartNew();
        await page.GotoAsync(address);
        await page.WaitForFunctionAsync("[...document.querySelectorAll('[data-mlnetvae]')].every(element => 'ready' in element.dataset)");
        if (await page.Locator(".explorer").CountAsync() > 0)
        {
            await page.WaitForFunctionAsync(
                "[...document.querySelectorAll('.timing')].every(element => element.textContent.startsWith('decoded'))"
            );
        }
        report["opened"] = watch.ElapsedMilliseconds;
        report["parts"] = await report.Evaluate("""
            [...document.querySelectorAll(".part")].map(element => ({
                part: element.dataset.part, text: element.innerText.length, canvases: element.querySelectorAll("canvas").length }))
            """);
        return report;
    }

    public Task<JsonElement> Evaluate(string script) => Page.EvaluateAsync<JsonElement>(script);

    public Task Fill(int dimension, string value) => Page.Locator($".explorer input[data-dimension='{dimension}']").FillAsync(value);

    public Task Settled() =>
        Page.EvaluateAsync("document.querySelector('.explorer').closest('[data-mlnetvae]').mlnetvae.explorer.settled()");

    /// <summary>The code of the explorer and what it shows of it.</summary>
    public async Task<JsonElement> Decoded()
    {
        await Settled();
        return await Evaluate("""
            () => {
                const { selection, explorer } = document.querySelector(".explorer").closest("[data-mlnetvae]").mlnetvae;
                const canvas = document.querySelector("[data-decoded]");
                // By way of a copy: Chromium warns of a canvas that is read often.
                const pixelsOf = ({ width, height }) => {
                    const context = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
                    context.drawImage(canvas, 0, 0);
                    return [...context.getImageData(0, 0, width, height).data];
                };
                return {
                    code: [...selection.code],
                    condition: [...selection.condition],
                    row: selection.row,
                    values: [...explorer.values],
                    pixels: canvas ? pixelsOf(canvas) : null,
                };
            }
            """);
    }

    public Task<JsonElement> Overflow() => Evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");

    public Task<JsonElement> Background() => Evaluate("getComputedStyle(document.querySelector('.mlnetvae')).backgroundColor");

    /// <summary>Kept, to be looked at.</summary>
    public Task Screenshot(string name) => Page.ScreenshotAsync(new()
    {
        Path = Path.Combine(TestData.RepositoryRoot, "artifacts", "report-screenshots", $"{name}.png"),
        FullPage = true,
    });

    public async Task<JsonElement> Close()
    {
        await Page.CloseAsync();
        return JsonSerializer.SerializeToElement(_record);
    }
}
