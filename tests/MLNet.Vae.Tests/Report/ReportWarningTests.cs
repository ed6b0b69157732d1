using Microsoft.ML;

namespace MLNet.Vae.Tests.Report;

/// <summary>The exact text of what a report says a person should look at.</summary>
public class ReportWarningTests
{
    private readonly MLContext _mlContext = new(seed: 1);

    [Fact]
    public void Nothing_is_said_of_a_sound_model()
        => Assert.Empty(Warnings(ReportModels.Table(ReportModels.History(8, 3, best: 6))));

    [Fact]
    public void Of_a_model_without_a_history()
        => Assert.Equal(["The model has no training history: there are no loss curves."], Warnings(ReportModels.Table()));

    [Fact]
    public void Of_training()
    {
        var history = ReportModels.History(8, 3, best: 8, heldOut: 0) with
        {
            Warnings = ["What training said."],
            StopReason = VaeStopReason.Cancelled,
        };
        Assert.Equal(
            [
                "What training said.",
                "Training was cancelled after 8 epochs; the model has the weights of epoch 8.",
                "No rows were held out: the losses are those of the rows trained on, and could not tell when to stop.",
            ],
            Warnings(ReportModels.Table(history))
        );
        Assert.Equal(
            ["The last of 8 epochs was the best: more may do better."],
            Warnings(ReportModels.Table(ReportModels.History(8, 3) with { StopReason = VaeStopReason.Completed }))
        );
        Assert.Equal(
            ["Training stopped as the loss was no longer finite; the model has the weights of epoch 3."],
            Warnings(ReportModels.Table(ReportModels.History(8, 3, best: 3) with { StopReason = VaeStopReason.NonFiniteLoss })));
    }

    [Fact]
    public void Of_unused_dimensions()
    {
        using var transformer = new VaeTransformer(
            _mlContext,
            ReportModels.Pictures(ReportModels.History(8, ReportModels.PictureLatents, best: 6)),
            new()
        );
        using var without = transformer.WithThreshold(1e9);
        var report = VaeReport.Create(_mlContext, without, ReportRows.View(_mlContext, ReportRows.Pictures(40)));
        Assert.Equal(["8 of 20 dimensions unused: z12, z13, z14, z15, z16, z17, z18, z19."], report.Warnings);
    }

    [Fact]
    public void Of_unused_codebook_entries()
    {
        using var transformer = new VaeTransformer(_mlContext, ReportModels.Quantized(), new());
        var report = VaeReport.Create(_mlContext, transformer, ReportRows.View(_mlContext, ReportRows.Table(1)));
        Assert.Matches("^(14|15) of 16 codebook entries unused by these rows.$", report.Warnings[^1]);
    }

    [Fact]
    public void Of_labels_and_thresholds()
    {
        using var transformer = new VaeTransformer(
            _mlContext,
            ReportModels.Pictures(ReportModels.History(8, ReportModels.PictureLatents, best: 6), threshold: 1),
            new()
        );
        var all = VaeReport.Create(
            _mlContext,
            transformer,
            ReportRows.View(_mlContext, ReportRows.Pictures(5)),
            new() { LabelColumnName = "IsOdd" }
        );
        Assert.Contains("Column \"IsOdd\" is false in every row: precision and recall say nothing.", all.Warnings);
        Assert.Contains("100.0 % of the rows lie above the threshold, which was set for 1.0 %.", all.Warnings);
    }

    private IReadOnlyList<string> Warnings(VaeModel model)
    {
        using var transformer = new VaeTransformer(_mlContext, model, new());
        return VaeReport.Create(_mlContext, transformer, ReportRows.View(_mlContext, ReportRows.Table(60))).Warnings;
    }
}
