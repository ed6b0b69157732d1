using System.Diagnostics;
using System.Text.Json;
using MLNet.Vae.Tests.Kit;
using Microsoft.ML;

namespace MLNet.Vae.Tests.Report;

/// <summary>Reports of every kind of model, and what a headless Chromium saw of them: one run of the browser for all tests.</summary>
public sealed class BrowserObservations : IAsyncLifetime
{
    public const int PictureRows = 400;

    private JsonDocument? _seen;

    private string? _absent;

    /// <summary>Skips the test, by name of what is absent.</summary>
    public JsonElement Of(string page)
    {
        Skip.If(_absent is not null, _absent);
        return _seen!.RootElement.GetProperty(page);
    }

    internal VaeModel Pictures { get; } = ReportModels.Pictures(ReportModels.History(12, ReportModels.PictureLatents, best: 9));

    internal ReportRows.Row[] Rows { get; } = ReportRows.Pictures(PictureRows);

    internal VaeModel Table { get; } = ReportModels.Table();

    internal VaeModel Hierarchical { get; } = ReportModels.Hierarchical();

    public async Task InitializeAsync()
    {
        var package = Path.Combine(TestData.RepositoryRoot, "tests", "report-browser");
        var chromium = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium";
        _absent = !File.Exists(chromium) ? $"Chromium is not installed ({chromium}; the variable CHROMIUM names another)."
            : !Directory.Exists(Path.Combine(package, "node_modules", "playwright-core")) ? "playwright-core is not installed (npm ci --prefix tests/report-browser)."
            : null;
        if (_absent is not null)
            return;

        using var pages = new TemporaryDirectory();
        Write(pages);
        // Kept, to be looked at.
        var screenshots = Path.Combine(TestData.RepositoryRoot, "artifacts", "report-screenshots");
        Directory.CreateDirectory(screenshots);
        var script = Path.Combine(TestData.RepositoryRoot, "tests", "MLNet.Vae.Tests", "Report", "observe.mjs");
        Process? node;
        try
        {
            node = Process.Start(new ProcessStartInfo("node", [script, package, chromium, pages.Path, screenshots]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            _absent = "node is not installed.";
            return;
        }

        using (node)
        {
            var error = node.StandardError.ReadToEndAsync();
            var output = await node.StandardOutput.ReadToEndAsync();
            await node.WaitForExitAsync();
            Assert.True(node.ExitCode == 0, await error);
            _seen = JsonDocument.Parse(output);
        }
    }

    public Task DisposeAsync()
    {
        _seen?.Dispose();
        return Task.CompletedTask;
    }

    private void Write(TemporaryDirectory pages)
    {
        var mlContext = new MLContext(seed: 1);
        var table = ReportRows.View(mlContext, ReportRows.Table(300));
        Report(Pictures, ReportRows.View(mlContext, Rows), new() { Title = "Spots", ImageShape = ReportModels.Shape, LabelColumnName = "IsOdd", Notes = new Dictionary<string, string> { ["Source"] = "generated" } }).Save(pages.File("pictures.html"));
        Report(Table, table, new() { LabelColumnName = "IsOdd" }).Save(pages.File("table.html"));
        Report(ReportModels.Quantized(), table, null).Save(pages.File("quantized.html"));
        Report(ReportModels.Mixture(), table, null).Save(pages.File("mixture.html"));
        Report(Hierarchical, table, null).Save(pages.File("hierarchical.html"));
        Report(ReportModels.Deterministic(), table, new() { Explorer = false }).Save(pages.File("deterministic.html"));
        using var encoder = new MemoryStream(Table.ToOnnx(VaeGraph.Encoder));
        Report(VaeModel.Load(encoder), table, null).Save(pages.File("encoder.html"));

        var fragments = Report(ReportModels.Table(ReportModels.History(12, 3, best: 9)), table, new() { LabelColumnName = "IsOdd" });
        VaeReportPart[] shown = [VaeReportPart.LossCurves, VaeReportPart.LossCurves, .. fragments.Parts, VaeReportPart.Explorer];
        File.WriteAllText(pages.File("fragments.html"), $"<!doctype html><meta charset=\"utf-8\"><title>cells</title><link rel=\"icon\" href=\"data:,\">{string.Join("<hr>", shown.Select(fragments.ToHtml))}");

        VaeReport Report(VaeModel model, IDataView data, VaeReportOptions? options)
        {
            using var transformer = new VaeTransformer(mlContext, model, new());
            return VaeReport.Create(mlContext, transformer, data, options);
        }
    }
}
