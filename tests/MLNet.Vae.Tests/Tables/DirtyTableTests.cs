using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Tests.Tables;

/// <summary>Cells that are not what their column says.</summary>
public sealed class DirtyTableTests
{
    private static readonly MLContext Context = new(seed: 1);

    public sealed class Part
    {
        public float Age { get; set; }

        [VectorType(3)]
        public float[]? Sizes { get; set; }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void A_vector_of_another_length_is_no_missing_one(int length)
    {
        var rows = Rows();
        using var model = Context.Transforms.VaeEmbed(Visit.Options(1)).Fit(Context.Data.LoadFromEnumerable(rows));
        rows[3].Sizes = new float[length];
        var fault = Assert.Throws<InvalidOperationException>(() => model.Transform(Context.Data.LoadFromEnumerable(rows))
            .GetColumn<float>("Score").ToArray());
        Assert.Contains($"Column \"Sizes\": expected 3 values in each row, as its type says, but a row has {length}.", fault.Message,
            StringComparison.Ordinal);
        rows[3].Sizes = null;
        var scores = model.Transform(Context.Data.LoadFromEnumerable(rows)).GetColumn<float>("Score");
        Assert.All(scores, score => Assert.True(float.IsFinite(score)));
    }

    /// <summary>What many tables have for "without an end".</summary>
    [Fact]
    public void The_last_time_there_is_is_a_time()
    {
        var rows = Visit.Rows(200);
        rows[7].Since = DateTime.MaxValue;
        var data = Visit.View(Context, rows);
        using var model = Context.Transforms.VaeEmbed(Visit.Options(1)).Fit(data);
        Assert.All(model.Transform(data).GetColumn<float>("Score"), score => Assert.True(float.IsFinite(score)));
        Assert.Equal(200, model.Reconstruct(data).GetColumn<DateTime>("Since").Count());
    }

    [Fact]
    public void An_indicator_takes_no_column_that_is_there()
    {
        var data = Visit.View(Context, Visit.Rows(100, missing: 0.1));
        data = Context.Transforms.CopyColumns("AgeMissing", "Age").Fit(data).Transform(data);
        using var model = Context.Transforms.VaeImpute(
            Visit.Options(1) with { InputColumnNames = ["Age", "Country", "Amount"] }, "Missing").Fit(data);
        var fault = Assert.Throws<ArgumentOutOfRangeException>(() => model.Transform(data));
        Assert.Contains("\"AgeMissing\" is there already", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Contributions_have_a_name_of_their_own()
    {
        var fault = Assert.Throws<ArgumentException>(
            () => Context.Transforms.VaeEmbed(Visit.Options(1) with { ContributionsColumnName = "Score" }));
        Assert.Contains("ContributionsColumnName is 'Score'", fault.Message, StringComparison.Ordinal);
    }

    private static Part[] Rows()
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, 100).Select(_ =>
        {
            var (a, b) = (random.NextSingle(), random.NextSingle());
            return new Part { Age = a, Sizes = [a, b, a + b] };
        })];
    }
}
