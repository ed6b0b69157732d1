namespace MLNet.Vae.Tests.Orleans.Tables;

public sealed class CsvJobTests(VisitModel visits) : IClassFixture<VisitModel>
{
    [Theory]
    [InlineData("\n", false, true)]
    [InlineData("\r\n", true, false)]
    public async Task Rows_of_a_table_score_as_in_one_process(string end, bool mark, bool last)
    {
        var name = $"visits-{mark}.csv";
        var job = visits.Job(VaePartition.OfText(visits.Csv(name, visits.Rows, end, mark, last), 5), name + ".scores");
        var status = await visits.Run(job);
        Assert.Equal((VaeJobState.Done, 1_001L), (status.State, status.Rows));
        Assert.Equal(visits.Scores(visits.Rows), ScoringCluster.Joined(job));
    }

    [Fact]
    public async Task Any_cut_gives_the_same_rows()
    {
        var path = visits.Csv("cut.csv", visits.Rows.Take(9));
        var job = visits.Job(VaePartition.OfText(path, 80), "cut");
        Assert.Equal((VaeJobState.Done, 9L), await visits.Run(job) is var status ? (status.State, status.Rows) : default);
        Assert.Equal(visits.Scores(visits.Rows.Take(9)), ScoringCluster.Joined(job));
        var below = visits.Job(VaePartition.OfText(path, 2, hasHeader: true), "below");
        Assert.Equal(VaeJobState.Done, (await visits.Run(below)).State);
        Assert.Equal(ScoringCluster.Joined(job), ScoringCluster.Joined(below));
    }

    [Fact]
    public async Task A_file_without_rows_gives_a_part_without_rows()
    {
        var job = visits.Job(VaePartition.OfText(visits.Csv("none.csv", [], last: false), 3), "none");
        var status = await visits.Run(job);
        Assert.Equal((VaeJobState.Done, 0L), (status.State, status.Rows));
        Assert.Equal("", ScoringCluster.Joined(job));
    }

    [Theory]
    [InlineData("", "expected a header with the columns of the table, found no first line.")]
    [InlineData(
        "Age,Amount,Member,Visits,Since,Gain,age\n",
        "line 1: column \"Country\" is missing: expected a text. The columns are: \"Age\", \"Amount\", \"Member\", \"Visits\", \"Since\", "
            + "\"Gain\", \"age\". Give a header with the names of training, separated by commas.")]
    [InlineData("Country,Age,Age,Amount,Member,Visits,Since,Gain\n", "line 1: column \"Age\" is there 2 times.")]
    [InlineData("Country,\"Age\n", "line 1: expected the end of a value in quotes, found the end of the line.")]
    [InlineData(
        Header + "DE,1,2,true,3,2020-01-01,0\nDE,1;5,2,true,3,2020-01-01,0\n",
        "line that begins at byte 71: column \"Age\": expected a finite number, found \"1;5\". Write numbers with a point, times as "
            + "2026-03-01 08:30:00, and nothing where a value is missing.")]
    [InlineData(Header + "DE,1,2,maybe,3,2020-01-01,0\n", "column \"Member\": expected true or false, found \"maybe\".")]
    [InlineData(Header + "DE,1,2,true,3,01.02.2020,0\n", "column \"Since\": expected a time by ISO 8601, found \"01.02.2020\".")]
    [InlineData(Header + "DE,1e99,2,true,3,2020-01-01,0\n", "column \"Age\": expected a finite number, found \"1e99\".")]
    [InlineData(
        Header + "DE,1,2,true,3,2020-01-01,0,9\n", "expected 7 values as in the header, found 8. Put a value with commas in quotes.")]
    [InlineData(
        Header + "\"D\nE\",1,2,true,3,2020-01-01,0\n",
        "line that begins at byte 44: expected the end of a value in quotes, found the end of the line. A value with a line break cannot "
            + "be read, as a file is shared out by lines")]
    [InlineData(Header + "\"D\"E,1,2,true,3,2020-01-01,0\n", "expected a comma behind a value in quotes, found text.")]
    public async Task What_is_no_such_table_is_named(string text, string expected)
    {
        var path = visits.Cluster.File("odd.csv");
        File.WriteAllText(path, text);
        var job = visits.Job([new() { Source = path }], "odd") with { Id = $"odd {text}" };
        var fault = Assert.Single((await visits.Run(job)).Faults);
        Assert.StartsWith($"'{path}'", fault.Message, StringComparison.Ordinal);
        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_that_is_not_UTF_8_is_refused()
    {
        var path = visits.Cluster.File("latin.csv");
        File.WriteAllBytes(path, [.. System.Text.Encoding.Latin1.GetBytes(Header + "Köln,1,2,true,3,2020-01-01,0\n")]);
        var fault = Assert.Single((await visits.Run(visits.Job([new() { Source = path }], "latin"))).Faults);
        Assert.Contains("line that begins at byte 44: expected text in UTF-8, found other bytes.", fault.Message, StringComparison.Ordinal);
    }

    private const string Header = "Country,Age,Amount,Member,Visits,Since,Gain\n";
}
