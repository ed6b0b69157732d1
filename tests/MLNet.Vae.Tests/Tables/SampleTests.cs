using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Tests.Tables;

public sealed class SampleTests(TrainedVisits trained) : IClassFixture<TrainedVisits>
{
    /// <summary>As a number outside is.</summary>
    [Theory]
    [InlineData(1990)]
    [InlineData(2090)]
    [InlineData(1)]
    public void A_time_that_training_had_not_cannot_be_given(int year)
    {
        var fault = Assert.Throws<ArgumentException>(() => trained.Model.Sample(
            1, 1, new Dictionary<string, object> { ["Since"] = new DateTime(year, 1, 1, 0, 0, 0, DateTimeKind.Unspecified) }));
        Assert.Contains("'Since'", fault.Message, StringComparison.Ordinal);
        Assert.Contains("a time from 2020-", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_have_the_columns_of_the_table_in_their_types_and_within_what_training_had()
    {
        var drawn = trained.Model.Sample(1_000, seed: 1);
        string[] modelled = [.. trained.Model.Table.Columns.Where(column => column.Kind is not null).Select(column => column.Name)];
        Assert.Equal(modelled.Select(name => (name, trained.Data.Schema[name].Type)), drawn.Schema.Select(column
            => (column.Name, column.Type)));
        Assert.Equal(1_000, drawn.GetRowCount());
        Assert.All(drawn.GetColumn<string>("Country"), country => Assert.Contains(country, new[] { "DE", "FR", "NL", "PT" }));
        var ages = trained.Rows.Where(row => !float.IsNaN(row.Age)).Select(row => row.Age).ToArray();
        Assert.All(drawn.GetColumn<float>("Age"), age => Assert.InRange(age, ages.Min(), ages.Max()));
        Assert.All(drawn.GetColumn<DateTime>("Since"), day => Assert.InRange(day, new(2019, 12, 25), new(2021, 2, 12)));
        Assert.InRange(drawn.GetColumn<float>("Gain").Count(gain => gain == 0), 730, 870);
    }

    [Fact]
    public void What_goes_together_in_the_table_goes_together_in_them()
    {
        var drawn = trained.Model.Sample(2_000, seed: 2);
        var rows = drawn.GetColumn<string>("Country").Zip(drawn.GetColumn<float>("Age"), drawn.GetColumn<double>("Amount")).ToArray();
        foreach (var (country, place) in new[] { ("DE", 0), ("PT", 3) })
        {
            var own = rows.Where(row => row.First == country).ToArray();
            Assert.InRange(own.Length, 350, 650);
            Assert.InRange(own.Average(row => row.Second), 28.5 + (10 * place), 31.5 + (10 * place));
            Assert.InRange(own.Average(row => Math.Log(row.Third)), 0.7 + place, 1.3 + place);
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_rows_and_more_rows_begin_with_fewer()
    {
        float[] Ages(int count, int seed) => [.. trained.Model.Sample(count, seed).GetColumn<float>("Age")];
        Assert.Equal(Ages(50, 5), Ages(50, 5));
        Assert.NotEqual(Ages(50, 5), Ages(50, 6));
        Assert.Equal(Ages(1_030, 5)[..1_024], Ages(1_024, 5));
    }

    [Fact]
    public void Given_values_stay_and_the_rest_goes_with_them()
    {
        var drawn = trained.Model.Sample(300, seed: 1, new Dictionary<string, object> { ["Amount"] = Math.Exp(4), ["Member"] = true });
        Assert.All(drawn.GetColumn<bool>("Member"), Assert.True);
        // Only PT has such amounts.
        Assert.True(drawn.GetColumn<string>("Country").Count(country => country == "PT") > 240);
        Assert.All(drawn.GetColumn<double>("Amount"), amount => Assert.InRange(amount, 45, 70));
    }

    [Fact]
    public void A_file_of_them_has_the_header_of_the_table()
    {
        using var stream = new MemoryStream();
        trained.Context.Data.SaveAsText(trained.Model.Sample(5, seed: 1), stream, separatorChar: ',', headerRow: true, schema: false);
        var header = System.Text.Encoding.UTF8.GetString(stream.ToArray()).Split('\n')[0].Trim();
        Assert.Equal("Country,Age,Amount,Member,Visits,Since,Gain", header);
    }

    [Fact]
    public void What_cannot_be_given_is_refused()
    {
        void Refused(string column, object value, string part) => Assert.Contains(
            part,
            Assert.Throws<ArgumentException>(() => trained.Model.Sample(1, 1, new Dictionary<string, object> { [column] = value })).Message,
            StringComparison.Ordinal);
        Refused("Continent", "x", "no column 'Continent'");
        Refused("Country", "Atlantis", "'Country' cannot be 'Atlantis'");
        Refused("Age", 1e6, "'Age' cannot be '1000000'");
        Refused("Age", "old", "expected a number");
        Refused("Since", "soon", "expected a DateTime");
        Assert.Throws<ArgumentOutOfRangeException>(() => trained.Model.Sample(0, 1));
    }

    [Fact]
    public void Without_what_draws_rows_there_are_none()
    {
        using var model = trained.Context.Transforms.VaeEmbed(Visit.Options(1)).Fit(Visit.View(trained.Context, Visit.Rows(100)));
        var fault = Assert.Throws<InvalidOperationException>(() => model.Sample(1, 1));
        Assert.Contains("VaeTableOptions.Sampler", fault.Message, StringComparison.Ordinal);
    }
}
