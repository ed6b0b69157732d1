using System.Globalization;
using System.Text;
using MLNet.Vae.Partitions;
using MLNet.Vae.Tests.Kit;

namespace MLNet.Vae.Tests.Orleans.Partitions;

public sealed class PartitionScorerTests
{
    [Fact]
    public void A_line_has_what_was_asked_for_in_order()
    {
        var model = SampleModels.Create(SampleModels.DetectionColumns);
        using var scorer = model.CreateScorer(new() { BlockSize = 4, Threads = 1 });
        var rows = SampleData.Dense(new Random(1), 6 * SampleModels.Features);
        var (scores, shares, embedding) = (new float[6], new float[rows.Length], new float[6 * SampleModels.Latents]);
        scorer.Contributions(rows, scores, shares);
        scorer.Encode(rows, embedding);

        var all = VaeJobOutputs.Score | VaeJobOutputs.PredictedLabel | VaeJobOutputs.Embedding | VaeJobOutputs.Contributions;
        var lines = Lines(scorer, all, rows);
        Assert.Equal(6, lines.Length);
        for (var row = 0; row < 6; row++)
        {
            float[] expected =
            [
                scores[row],
                scores[row] > SampleModels.Threshold ? 1 : 0,
                .. embedding.AsSpan(row * SampleModels.Latents, SampleModels.Latents),
                .. shares.AsSpan(row * SampleModels.Features, SampleModels.Features),
            ];
            FloatAssert.Near(
                expected, [.. lines[row].Split(',').Select(text => float.Parse(text, CultureInfo.InvariantCulture))], $"row {row}");
        }
    }

    [Theory]
    [InlineData(37, 5)]
    [InlineData(6, 3)]
    [InlineData(16, 4)]
    public void What_is_written_of_a_row_does_not_depend_on_where_its_partition_ends(int features, int latents)
    {
        const VaeJobOutputs outputs = VaeJobOutputs.Score | VaeJobOutputs.Embedding;
        var model = SampleModels.Create(SampleModels.DetectionColumns, features, latents, hidden: 33);
        using var scorer = model.CreateScorer(new() { BlockSize = 64, Threads = 1 });
        var rows = SampleData.Dense(new Random(1), 300 * features);
        var whole = Lines(scorer, outputs, rows);
        for (var cut = 1; cut < 300; cut += cut < 70 ? 1 : 37)
        {
            var (before, behind) = (rows[..(cut * features)], rows[(cut * features)..]);
            string[] parts = [.. Lines(scorer, outputs, before), .. Lines(scorer, outputs, behind)];
            Assert.Equal(whole, parts);
        }
    }

    [Fact]
    public void A_reader_gives_whole_rows()
    {
        using var scorer = SampleModels.Create(SampleModels.DetectionColumns).CreateScorer();
        var fault = Assert.Throws<InvalidDataException>(() => Lines(scorer, VaeJobOutputs.Score, new float[7]));
        Assert.Equal(
            "The reader of the partition gave 7 numbers: expected rows of 6, one after the other. Correct the reader.", fault.Message);
    }

    private static string[] Lines(VaeScorer scorer, VaeJobOutputs outputs, float[] rows)
    {
        using var stream = new MemoryStream();
        new PartitionScorer(scorer, outputs).Run([rows], stream, TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(stream.ToArray()).Split('\n')[..^1];
    }
}
