using System.Text.Json;
using MLNet.Vae.Tests.Generation;
using MLNet.Vae.Tests.Kit;

namespace MLNet.Vae.Tests.Hosting.Rows;

/// <summary>Rows of a model of a vector.</summary>
public class RowReaderTests
{
    [Fact]
    public void A_row_scores_the_same_however_it_comes()
    {
        var (model, row) = (ServedFile.Detector(), ServedFile.Row(1));
        using var file = ServedFile.Of(model);
        var service = file.Service;
        var expected = ServedFile.ScoreOf(model, row);
        var columns = new Dictionary<string, object?> { ["Features"] = row, ["Other"] = 1 };
        Assert.Equal(expected, service.Score(row).Score);
        Assert.Equal(expected, service.Score(columns).Score);
        Assert.Equal(expected, service.Score(JsonSerializer.SerializeToElement(columns)).Score);
        Assert.Equal(expected > SampleModels.Threshold, service.Score(row).PredictedLabel);
        var many = Enumerable.Repeat(columns, 3).ToList();
        Assert.Equal(service.ScoreBatch([.. row, .. row, .. row]), service.ScoreBatch(many));
        Assert.Equal(service.ScoreBatch(many), service.ScoreBatch(JsonSerializer.SerializeToElement(many)));
        Assert.Empty(service.ScoreBatch(Array.Empty<float>()));
    }

    [Theory]
    [InlineData("{}", "Column \"Features\": expected a vector of 6 numbers, found no such column")]
    [InlineData("[]", "Expected an object with the columns of the model, found a vector of 0")]
    [InlineData("{\"Features\":3}", "Column \"Features\": expected a vector of 6 numbers, found 3")]
    [InlineData("{\"Features\":[1,2]}", "Column \"Features\": expected a vector of 6 numbers, found a vector of 2")]
    [InlineData("{\"Features\":null}", "Column \"Features\": expected a vector of 6 numbers, found null")]
    [InlineData(
        "{\"Features\":[1,2,\"x\",4,null,1e39]}",
        "Column \"Features\", slot 2 (\"f2\"): expected a finite number, found the text \"x\"; "
            + "Column \"Features\", slot 4 (\"f4\"): expected a finite number, found null; "
            + "Column \"Features\", slot 5 (\"f5\"): expected a finite number, found 1e39")]
    public void What_is_wrong_with_a_row_is_said_by_column_and_slot(string json, string expected)
    {
        using var file = ServedFile.Of(ServedFile.Detector());
        using var row = JsonDocument.Parse(json);
        var fault = Assert.Throws<VaeRowException>(() => file.Service.Score(row.RootElement));
        Assert.Equal($"{expected}. Give the columns of training, in its types and units.", fault.Message);
    }

    [Fact]
    public void Of_a_batch_the_row_is_said_too_and_what_nobody_would_read_is_left_out()
    {
        using var file = ServedFile.Of(ServedFile.Detector());
        float[] rows = [.. ServedFile.Row(1), .. ServedFile.Row(2)];
        rows[^1] = float.NaN;
        var fault = Assert.Throws<VaeRowException>(() => file.Service.ScoreBatch(rows));
        Assert.StartsWith(
            "Column \"Features\", row 1 (counted from 0), slot 5 (\"f5\"): expected a finite number, found NaN.", fault.Message,
            StringComparison.Ordinal);
        Assert.Equal((1, 5, "f5"), (fault.Faults[0].Row, fault.Faults[0].Slot, fault.Faults[0].SlotName));

        fault = Assert.Throws<VaeRowException>(
            () => file.Service.ScoreBatch([.. Enumerable.Repeat(new Dictionary<string, object?>(), 1000)]));
        Assert.Equal((20, true), (fault.Faults.Count, fault.IsCutOff));
    }

    [Fact]
    public void A_batch_of_many_values_is_read_in_parts()
    {
        const int Features = 2_000, Rows = 600;
        using var file = ServedFile.Of(ServedFile.Detector(features: Features));
        var rows = Enumerable.Range(0, Rows)
            .Select(seed => new Dictionary<string, object?> { ["Features"] = ServedFile.Row(seed, Features) }).ToList();
        var (expected, found) = (
            file.Service.ScoreBatch([.. rows.SelectMany(row => (float[])row["Features"]!)]), file.Service.ScoreBatch(rows));
        foreach (var (one, other) in expected.Zip(found))
            Assert.Equal(one.Score!.Value, other.Score!.Value, 1e-4f * Math.Max(1, Math.Abs(one.Score.Value)));
        Assert.Equal(Rows, found.Count);

        ((float[])rows[^1]["Features"]!)[7] = float.NaN;
        var fault = Assert.Throws<VaeRowException>(() => file.Service.ScoreBatch(rows));
        Assert.Equal((Rows - 1, 7), (fault.Faults[0].Row, fault.Faults[0].Slot));
    }

    [Fact]
    public void What_the_likelihood_cannot_have_is_refused_or_scored_as_nothing()
    {
        var model = SampleModels.Create(SampleModels.DetectionColumns, bernoulli: true);
        float[] row = [0, 1, 0, 1, 7, 1];
        using var strict = ServedFile.Of(model);
        var fault = Assert.Throws<VaeRowException>(() => strict.Service.Score(row));
        Assert.Equal((4, "7"), (fault.Faults[0].Slot, fault.Faults[0].Found));
        using var lenient = ServedFile.Of(
            model, options => options.Scoring = options.Scoring with { NonFiniteInput = NonFiniteHandling.ReturnNaN });
        var result = lenient.Service.Score(row);
        Assert.Equal((float.NaN, true), (result.Score, result.PredictedLabel));
    }

    [Theory]
    [InlineData("\"green\"", true)]
    [InlineData("\"mauve\"", false)]
    [InlineData("null", false)]
    public void A_condition_is_a_column(string colour, bool isKnown)
    {
        var model = GeneratorModels.Conditional();
        var columns = model.Info.Columns with { Score = null, PredictedLabel = null, Embedding = "Embedding" };
        model = model.With(model.Info with { Columns = columns });
        using var file = ServedFile.Of(model);
        var features = GeneratorModels.Rows(1)[0];
        using var row = JsonDocument.Parse($"{{\"{columns.Features}\":{JsonSerializer.Serialize(features)},\"Colour\":{colour}}}");
        if (isKnown)
        {
            using var scorer = model.CreateScorer(new() { Threads = 1 });
            var expected = new float[model.Info.LatentDimension];
            scorer.Encode(features, expected, scorer.Condition("green"));
            Assert.Equal(expected, file.Service.Score(row.RootElement).Embedding);
        }
        else
        {
            var fault = Assert.Throws<VaeRowException>(() => file.Service.Score(row.RootElement));
            Assert.Equal("Colour", Assert.Single(fault.Faults).Column);
        }
    }
}
