using System.Text.Json;
using Microsoft.Playwright;
using MLNet.Vae.Tests.Kit;

namespace MLNet.Vae.Tests.Report;

/// <summary>Opens reports in the machine's own Chromium, does what a reader does, and says what was seen.</summary>
internal sealed class ReportReader : IAsyncDisposable
{
    private const int Wide = 1360, Narrow = 390;

    private readonly string _pages;
    private readonly IPlaywright _playwright;
    private readonly TemporaryDirectory _profile;
    private readonly IBrowserContext _browser;

    private ReportReader(string pages, IPlaywright playwright, TemporaryDirectory profile, IBrowserContext browser)
        => (_pages, _playwright, _profile, _browser) = (pages, playwright, profile, browser);

    public static async Task<ReportReader> Start(string chromium, string pages)
    {
        var playwright = await Playwright.CreateAsync();
        var profile = new TemporaryDirectory();
        var browser = await playwright.Chromium.LaunchPersistentContextAsync(profile.Path, new()
        {
            ExecutablePath = chromium,
            Headless = true,
            ViewportSize = new() { Width = Wide, Height = 900 },
            // Root has no sandbox; and nothing that asks the network.
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
            ],
        });
        return new(pages, playwright, profile, browser);
    }

    public async Task<JsonElement> Look(string name)
    {
        var report = await Open(name);
        await report.Screenshot(name);
        return await report.Close();
    }

    public async Task<JsonElement> Pictures()
    {
        var report = await Open("pictures");
        var page = report.Page;
        await page.WaitForSelectorAsync("[data-drawn]");
        report["sliders"] = await page.Locator(".explorer .sliders").First.Locator("input").CountAsync();
        report["folded"] = await page.Locator(".explorer details input").CountAsync();

        foreach (var (dimension, value) in new[] { (3, "1.5"), (7, "-2"), (0, "0.25") })
            await report.Fill(dimension, value);
        await page.Locator(".explorer select").SelectOptionAsync(new SelectOptionValue { Label = "ring" });
        report["moved"] = await report.Decoded();
        report["clicked"] = await Click(report);
        report["thresholds"] = await Thresholds(report, "0", "300", "620", "1000");
        report["worst"] = await page.Locator(".worstRows .card").First.InnerTextAsync();
        report["manifold"] = await report.Evaluate("""
            async () => {
                await document.querySelector(".mlnetvae").mlnetvae.manifold.settled();
                const { manifold, selection } = document.querySelector(".mlnetvae").mlnetvae;
                const { x, y, side, across, up } = manifold;
                const values = [...manifold.values.subarray(0, 784)];
                return { x, y, side, across: [...across], up: [...up], condition: [...selection.condition], values };
            }
            """);
        report["frames"] = await Frames(report);
        report["umap"] = await Umap(report);
        report["overflowWide"] = await report.Overflow();

        report["light"] = await report.Background();
        await report.Screenshot("wide-light");
        await page.Locator(".theme").ClickAsync();
        report["dark"] = await report.Background();
        await report.Screenshot("wide-dark");
        await page.SetViewportSizeAsync(Narrow, 844);
        await report.Screenshot("narrow-dark");
        report["overflowNarrow"] = await report.Overflow();
        await page.Locator(".theme").ClickAsync();
        await report.Screenshot("narrow-light");
        return await report.Close();
    }

    public async Task<JsonElement> Table()
    {
        var report = await Open("table");
        await report.Fill(1, "-1.25");
        report["moved"] = await report.Decoded();
        report["shown"] = await report.Page.Locator(".explorer .features tbody tr").AllInnerTextsAsync();
        await report.Page.Locator(".explorer button", new() { HasText = "draw" }).ClickAsync();
        report["drawn"] = await report.Decoded();
        await report.Screenshot("table");
        return await report.Close();
    }

    public async Task<JsonElement> Classified()
    {
        var report = await Open("classified");
        var draws = new List<JsonElement>();
        for (var i = 0; i < 8; i++)
        {
            await report.Page.Locator(".explorer button", new() { HasText = "draw" }).ClickAsync();
            draws.Add(await report.Decoded());
        }
        report["draws"] = draws;
        return await report.Close();
    }

    public async Task<JsonElement> Hierarchical()
    {
        var report = await Open("hierarchical");
        await report.Fill(2, "0.75");
        report["moved"] = await report.Decoded();
        await report.Screenshot("hierarchical");
        return await report.Close();
    }

    public async Task<JsonElement> Fragments()
    {
        var report = await Open("fragments");
        report["mounted"] = await report.Evaluate("""
            [...document.querySelectorAll("[data-mlnetvae]")].map(element => ({
                part: element.querySelector(".part").dataset.part,
                canvases: element.querySelectorAll("canvas").length,
                text: element.querySelector(".part").innerText.length,
            }))
            """);
        // Two explorers, each its own.
        report["codes"] = await report.Evaluate("""
            async () => {
                const own = [...document.querySelectorAll(".explorer")].map(element => element.closest("[data-mlnetvae]").mlnetvae);
                own[0].selection.setCode(new Float32Array(own[0].selection.code.length), "test");
                for (const { explorer } of own)
                    await explorer.settled();
                return own.map(({ selection }) => [...selection.code]);
            }
            """);
        await report.Screenshot("fragments");
        return await report.Close();
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.CloseAsync();
        _playwright.Dispose();
        _profile.Dispose();
    }

    public Task<ReportPage> Open(string name) => ReportPage.Open(_browser, Path.Combine(_pages, $"{name}.html"));

    private static async Task<List<JsonElement>> Thresholds(ReportPage report, params string[] steps)
    {
        var seen = new List<JsonElement>();
        foreach (var step in steps)
        {
            await report.Page.Locator("input.threshold").FillAsync(step);
            seen.Add(await report.Evaluate("""
                () => {
                    // The precision of nobody is no number.
                    const figure = ({ figure, value }) => [figure, Number.isNaN(Number(value)) ? null : Number(value)];
                    const figures = [...document.querySelectorAll("[data-figure]")].map(element => figure(element.dataset));
                    return { threshold: document.querySelector(".mlnetvae").mlnetvae.scores.threshold, ...Object.fromEntries(figures) };
                }
                """));
        }

        return seen;
    }

    /// <summary>A click on the row furthest to the right, which has no other over it.</summary>
    private static async Task<Dictionary<string, JsonElement>> Click(ReportPage report)
    {
        var at = await report.Evaluate("""
            () => {
                const { chart, points } = document.querySelector(".mlnetvae").mlnetvae.latentSpace;
                chart.element.scrollIntoView({ block: "center" });
                let row = 0;
                for (let i = 0; i < points.length / 2; i++)
                    row = points[2 * i] > points[2 * row] ? i : row;
                const [left, top] = chart.instance.convertToPixel({ xAxisIndex: 0, yAxisIndex: 0 }, [points[2 * row], points[2 * row + 1]]);
                const { x, y } = chart.element.getBoundingClientRect();
                return { row, x: x + left, y: y + top };
            }
            """);
        var (x, y, mouse) = (at.GetProperty("x").GetSingle(), at.GetProperty("y").GetSingle(), report.Page.Mouse);
        await mouse.MoveAsync(x - 30, y - 30);
        await mouse.MoveAsync(x, y);
        await report.Page.WaitForTimeoutAsync(100);
        var hover = await report.Evaluate("[...document.querySelectorAll('.mlnetvae-tip')].map(element => element.innerText).join()");
        await mouse.ClickAsync(x, y);
        return new((await report.Decoded()).EnumerateObject().Select(property => KeyValuePair.Create(property.Name, property.Value)))
        {
            ["expected"] = at.GetProperty("row"),
            ["hover"] = hover,
            ["sliders"] = await report.Evaluate("""
                [...document.querySelectorAll(".explorer input[data-dimension]")].map(slider => [Number(slider.dataset.dimension), Number(slider.value)])
                """),
        };
    }

    /// <summary>A slider that moves in every frame for a second and a half: pictures drawn, by the time that took.</summary>
    private static async Task<JsonElement> Frames(ReportPage report)
    {
        await report.Settled();
        return await report.Evaluate("""
            async () => {
                const { explorer } = document.querySelector(".mlnetvae").mlnetvae;
                const slider = document.querySelector('.explorer input[data-dimension="3"]');
                const [before, start, work] = [explorer.frames, performance.now(), []];
                for (let i = 0; performance.now() - start < 1500; i++) {
                    const [frame, moved] = [explorer.frames, performance.now()];
                    slider.value = `${3 * Math.sin(i / 10)}`;
                    slider.dispatchEvent(new Event("input"));
                    // Decoded and drawn, before the browser shows it.
                    while (explorer.frames === frame && performance.now() - start < 1500)
                        await Promise.resolve().then(() => new Promise(resolve => setTimeout(resolve)));
                    work.push(performance.now() - moved);
                    await new Promise(resolve => requestAnimationFrame(resolve));
                }
                const perSecond = 1000 * (explorer.frames - before) / (performance.now() - start);
                const median = work.sort((a, b) => a - b)[work.length >> 1];
                return { moved: work.length, drawn: explorer.frames - before, perSecond, milliseconds: explorer.milliseconds, work: median };
            }
            """);
    }

    private static async Task<JsonElement> Umap(ReportPage report)
    {
        await report.Page.Locator(".latentSpace select").First.SelectOptionAsync("umap");
        await report.Page.WaitForFunctionAsync("document.querySelector('.mlnetvae').mlnetvae.latentSpace.umapPoints");
        return await report.Evaluate("""
            () => {
                const points = [...document.querySelector(".mlnetvae").mlnetvae.latentSpace.umapPoints];
                return { points: points.length, finite: points.every(Number.isFinite) };
            }
            """);
    }
}
