using Microsoft.ML;
using MLNet.Vae.Tests.Kit;

namespace MLNet.Vae.Tests.Report;

/// <summary>The exact text of each refusal.</summary>
public class ReportErrorTests
{
    private readonly MLContext _mlContext = new(seed: 1);

    [Fact]
    public void All_faults_of_the_options_come_in_one_message()
        => Assert.Equal(
            "The report cannot be made, 6 faults:\n"
            + "- VaeReportOptions.RowLimit must be from 1 to 100000, but is 0.\n"
            + "- VaeReportOptions.WorstRows must be from 0 to 1000, but is -1.\n"
            + "- VaeReportOptions.Reconstructions must be from 0 to 1000, but is 1001.\n"
            + "- VaeReportOptions.ImageShape: 28 lines of 28 pixels with 1 channels are 784 values, but the features are 6. Give the "
            + "shape of the pictures that the model was trained on.\n"
            + "- VaeReportOptions.LabelColumnName names the column \"Label\", which is missing; the data has \"Features\", \"Kind\", "
            + "\"Size\", \"Group\", \"IsOdd\" and \"KindKey\". Name one of them.\n"
            + "- VaeReportOptions.ColorColumns: column \"Features\" must be a key, text, a Boolean or a number; it is Vector<Single, 6>. "
            + "Leave it out, or make one value of it.",
            Refused(ReportModels.Table(), new()
            {
                RowLimit = 0,
                WorstRows = -1,
                Reconstructions = 1001,
                ImageShape = ReportModels.Shape,
                LabelColumnName = "Label",
                ColorColumns = ["Features"],
            }));

    [Fact]
    public void A_label_is_a_Boolean_or_a_number()
        => Assert.Equal(
            "The report cannot be made: VaeReportOptions.LabelColumnName: column \"Kind\" must be a Boolean, true for an anomaly, or a "
            + "number, 1 for an anomaly and 0 for none; it is String. Make one of it with "
            + "mlContext.Transforms.Conversion.MapValue(...).",
            Refused(ReportModels.Table(), new() { LabelColumnName = "Kind" }));

    [Fact]
    public void A_label_that_is_a_number_is_0_or_1()
        => Assert.Equal(
            "The label in column \"Group\" must be 0 or 1, 1 for an anomaly, or NaN where it is not known; in row 2 it is 2. Replace such "
            + "values before, or set VaeReportOptions.LabelColumnName to null.",
            Refused(ReportModels.Table(), new() { LabelColumnName = "Group" }));

    [Fact]
    public void What_a_row_is_called_is_one_value()
        => Assert.Equal(
            "The report cannot be made, 2 faults:\n"
            + "- VaeReportOptions.LabelColumnName names the column \"Label\", which is missing; the data has \"Features\", \"Kind\", "
            + "\"Size\", \"Group\", \"IsOdd\" and \"KindKey\". Name one of them.\n"
            + "- VaeReportOptions.IdColumnName: column \"Features\" must be text, a key, a number, a Boolean or a time; it is "
            + "Vector<Single, 6>. Name another, or set the option to null.",
            Refused(ReportModels.Table(), new() { LabelColumnName = "Label", IdColumnName = "Features" }));

    [Fact]
    public void A_label_needs_a_score()
    {
        using var encoder = new MemoryStream(ReportModels.Table().ToOnnx(VaeGraph.Encoder));
        Assert.Equal(
            "The report cannot be made: VaeReportOptions.LabelColumnName names \"IsOdd\", but the model gives no score that a label could "
            + "be compared with. "
            + "Leave the label out, or name the column among the ColorColumns.",
            Refused(VaeModel.Load(encoder), new() { LabelColumnName = "IsOdd" }));
    }

    [Fact]
    public void A_picture_has_lines_pixels_and_known_channels()
        => Assert.Equal(
            "The report cannot be made: VaeReportOptions.ImageShape must have at least 1 line and 1 pixel in each, and 1 or 3 channels; "
            + "it has 3, 1 and 2.",
            Refused(ReportModels.Table(), new() { ImageShape = new(3, 1, 2, PixelLayout.Planar) }));

    [Fact]
    public void There_must_be_rows()
    {
        Assert.Equal(
            "There are no rows to report on: expected at least 1, found 0. Give data that has rows.",
            Refused(ReportModels.Table(), new(), ReportRows.View(_mlContext, ReportRows.Table(1)), take: 0));
        var rows = ReportRows.Table(2);
        rows[0].Features[0] = rows[1].Features[0] = float.NaN;
        Assert.Equal(
            "There are no rows to report on: all 2 that were read hold NaN, infinity or a missing key. Replace such values before "
            + "(mlContext.Transforms.ReplaceMissingValues).",
            Refused(ReportModels.Table(), new(), ReportRows.View(_mlContext, rows)));
    }

    [Fact]
    public void The_features_must_be_there()
    {
        using var transformer = new VaeTransformer(_mlContext, ReportModels.Table(), new());
        var data = _mlContext.Data.LoadFromEnumerable([new { Other = 1f }]);
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => VaeReport.Create(_mlContext, transformer, data));
        Assert.StartsWith("The features column \"Features\" is missing; the data has \"Other\".", error.Message);
    }

    [Theory]
    [InlineData(VaeReportPart.LossCurves, "the model has no training history. Report on a model that was trained with this package.")]
    [InlineData(VaeReportPart.Reconstructions, "the model does not say how its features make a picture. Set VaeReportOptions.ImageShape.")]
    [InlineData(VaeReportPart.Manifold, "the model does not say how its features make a picture. Set VaeReportOptions.ImageShape.")]
    [InlineData(
        VaeReportPart.Explorer,
        "the model's latent variable is made of codes, which have no place between them. See the part LatentDimensions for the use of its "
        + "codebook."
    )]
    [InlineData(VaeReportPart.WorstRows, "VaeReportOptions.WorstRows is 0. Set it to the number of rows to show.")]
    public void A_part_that_is_not_there_says_why(VaeReportPart part, string why)
    {
        using var transformer = new VaeTransformer(_mlContext, ReportModels.Quantized(), new());
        var report = VaeReport.Create(_mlContext, transformer, ReportRows.View(_mlContext, ReportRows.Table(20)), new() { WorstRows = 0 });
        Assert.DoesNotContain(part, report.Parts);
        Assert.Equal($"This report has no part {part}: {why}", Assert.Throws<InvalidOperationException>(() => report.ToHtml(part)).Message);
    }

    [Fact]
    public void An_explorer_that_was_left_out_and_one_without_a_decoder_say_so()
    {
        using var transformer = new VaeTransformer(_mlContext, ReportModels.Table(), new());
        var data = ReportRows.View(_mlContext, ReportRows.Table(20));
        var report = VaeReport.Create(_mlContext, transformer, data, new() { Explorer = false });
        Assert.Equal(
            "This report has no part Explorer: VaeReportOptions.Explorer is false. Set it to true to put the decoder into the page.",
            Assert.Throws<InvalidOperationException>(() => report.ToHtml(VaeReportPart.Explorer)).Message);

        using var stream = new MemoryStream(ReportModels.Table().ToOnnx(VaeGraph.Encoder));
        using var encoder = new VaeTransformer(_mlContext, VaeModel.Load(stream), new());
        report = VaeReport.Create(_mlContext, encoder, data);
        Assert.Equal(
            "This report has no part Explorer: the model was loaded from an encoder alone. Load scorer.onnx or the model.zip.",
            Assert.Throws<InvalidOperationException>(() => report.ToHtml(VaeReportPart.Explorer)).Message);
        Assert.Equal(
            "This report has no part Scores: the model gives no score, as it was loaded from an encoder alone or reconstructs a target. "
            + "Load scorer.onnx or the model.zip, or leave the part out.",
            Assert.Throws<InvalidOperationException>(() => report.ToHtml(VaeReportPart.Scores)).Message);
    }

    [Fact]
    public void A_path_that_cannot_be_written_is_named_with_the_reason_and_nothing_is_left_behind()
    {
        using var directory = new TemporaryDirectory();
        using var transformer = new VaeTransformer(_mlContext, ReportModels.Table(), new());
        var report = VaeReport.Create(
            _mlContext,
            transformer,
            ReportRows.View(_mlContext, ReportRows.Table(20)),
            new() { Explorer = false }
        );
        const string Advice = "Choose a path in a directory that exists or can be made, is writable and has room.";

        var error = Assert.Throws<IOException>(() => report.Save(directory.Path));
        Assert.Equal($"The report could not be written to '{directory.Path}': It is a directory. {Advice}", error.Message);

        var file = directory.File("file");
        File.WriteAllText(file, "here first");
        var below = Path.Combine(file, "report.html");
        error = Assert.Throws<IOException>(() => report.Save(below));
        Assert.StartsWith($"The report could not be written to '{below}': ", error.Message);
        Assert.EndsWith(Advice, error.Message);
        Assert.Equal([file], Directory.GetFileSystemEntries(directory.Path));
        Assert.Equal("here first", File.ReadAllText(file));
    }

    private string Refused(VaeModel model, VaeReportOptions options, IDataView? data = null, int? take = null)
    {
        using var transformer = new VaeTransformer(_mlContext, model, new());
        data ??= ReportRows.View(_mlContext, ReportRows.Table(20));
        if (take == 0)
            data = new MLNet.Vae.Cursors.NoRows(data.Schema);
        var error = Record.Exception(() => VaeReport.Create(_mlContext, transformer, data, options));
        Assert.IsType(options.Faults().Any() ? typeof(ArgumentException) : typeof(InvalidOperationException), error);
        return error!.Message;
    }
}
