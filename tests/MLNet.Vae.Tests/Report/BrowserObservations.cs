using System.Text.Json;
using MLNet.Vae.Tests.Kit;
using Microsoft.ML;

namespace MLNet.Vae.Tests.Report;

/// <summary>Reports of every kind of model, and what a headless Chromium saw of them: one run of the browser for all tests.</summary>
public sealed class BrowserObservations : IAsyncLifetime
{
    public const int PictureRows = 400;

    private Dictionary<string, JsonElement> _seen = [];

    private string? _absent;

    /// <summary>Skips the test, by name of what is absent.</summary>
    public JsonElement Of(string page)
    {
        if (_absent is not null)
            Assert.Skip(_absent);
        return _seen[page];
    }

    internal VaeModel Pictures { get; } = ReportModels.Pictures(ReportModels.History(12, ReportModels.PictureLatents, best: 9));

    internal ReportRows.Row[] Rows { get; } = ReportRows.Pictures(PictureRows);

    internal VaeModel Table { get; } = ReportModels.Table();

    internal VaeModel Classified { get; } = ReportModels.Classified();

    internal VaeModel Hierarchical { get; } = ReportModels.Hierarchical();

    public async ValueTask InitializeAsync()
    {
        var chromium = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium";
        if (!File.Exists(chromium))
        {
            _absent = $"Chromium is not installed ({chromium}; the variable CHROMIUM names another).";
            return;
        }

        using var pages = new TemporaryDirectory();
        Write(pages);
        await using var reader = await ReportReader.Start(chromium, pages.Path);
        _seen = new()
        {
            ["pictures"] = await reader.Pictures(),
            ["table"] = await reader.Table(),
            ["classified"] = await reader.Classified(),
            ["hierarchical"] = await reader.Hierarchical(),
            ["fragments"] = await reader.Fragments(),
        };
        foreach (var page in new[] { "quantized", "mixture", "deterministic", "encoder" })
            _seen[page] = await reader.Look(page);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void Write(TemporaryDirectory pages)
    {
        var mlContext = new MLContext(seed: 1);
        var table = ReportRows.View(mlContext, ReportRows.Table(300));
        Report(
                Pictures,
                ReportRows.View(mlContext, Rows),
                new()
                {
                    Title = "Spots",
                    ImageShape = ReportModels.Shape,
                    LabelColumnName = "IsOdd",
                    Notes = new Dictionary<string, string> { ["Source"] = "generated" },
                }
            )
            .Save(pages.File("pictures.html"));
        Report(Table, table, new() { LabelColumnName = "IsOdd" }).Save(pages.File("table.html"));
        Report(ReportModels.Quantized(), table, null).Save(pages.File("quantized.html"));
        Report(ReportModels.Mixture(), table, null).Save(pages.File("mixture.html"));
        Report(Classified, table, null).Save(pages.File("classified.html"));
        Report(Hierarchical, table, null).Save(pages.File("hierarchical.html"));
        Report(ReportModels.Deterministic(), table, new() { Explorer = false }).Save(pages.File("deterministic.html"));
        using var encoder = new MemoryStream(Table.ToOnnx(VaeGraph.Encoder));
        Report(VaeModel.Load(encoder), table, null).Save(pages.File("encoder.html"));

        var fragments = Report(ReportModels.Table(ReportModels.History(12, 3, best: 9)), table, new() { LabelColumnName = "IsOdd" });
        VaeReportPart[] shown = [VaeReportPart.LossCurves, VaeReportPart.LossCurves, .. fragments.Parts, VaeReportPart.Explorer];
        File.WriteAllText(
            pages.File("fragments.html"),
            "<!doctype html><meta charset=\"utf-8\"><title>cells</title><link rel=\"icon\" "
            + $"href=\"data:,\">{string.Join("<hr>", shown.Select(fragments.ToHtml))}"
        );

        VaeReport Report(VaeModel model, IDataView data, VaeReportOptions? options)
        {
            using var transformer = new VaeTransformer(mlContext, model, new());
            return VaeReport.Create(mlContext, transformer, data, options);
        }
    }
}
