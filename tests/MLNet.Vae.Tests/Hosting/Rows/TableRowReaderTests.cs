using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.ML.Data;

namespace MLNet.Vae.Tests.Hosting.Rows;

/// <summary>Rows of a table.</summary>
public sealed class TableRowReaderTests : IClassFixture<ServedVisits>, IDisposable
{
    private readonly ServedVisits _visits;
    private readonly ServiceProvider _provider;
    private readonly VaeScoringService _service;

    public TableRowReaderTests(ServedVisits visits)
    {
        var services = new ServiceCollection();
        services.AddVaeScoring(options => options.ModelPath = visits.Path);
        (_visits, _provider) = (visits, services.BuildServiceProvider());
        _service = _provider.GetRequiredService<VaeScoringService>();
    }

    [Fact]
    public void Rows_score_as_those_of_a_view()
    {
        var scored = _visits.Model.Transform(_visits.Data);
        var results = _service.ScoreBatch(_visits.Rows.Select(ServedVisits.Columns));
        Near(scored.GetColumn<float>("Score"), results.Select(result => result.Score!.Value));
        Assert.Equal(scored.GetColumn<bool>("PredictedLabel"), results.Select(result => result.PredictedLabel!.Value));
        Near(scored.GetColumn<float>("PValue"), results.Select(result => result.PValue!.Value));
        string[] names = [.. _service.Columns.Select(column => column.Name)];
        foreach (var (expected, found) in scored.GetColumn<float[]>("Columns").Zip(results))
        {
            Assert.Equal(names, found.Contributions!.Keys);
            Near(expected, found.Contributions.Values);
        }
    }

    [Fact]
    public void Rows_over_the_network_score_as_those_of_a_program()
    {
        var json = JsonSerializer.SerializeToElement(_visits.Rows.Select(ServedVisits.Sent));
        var (sent, own) = (_service.ScoreBatch(json), _service.ScoreBatch(_visits.Rows.Select(ServedVisits.Columns)));
        Assert.Equal(own.Select(result => result.Score), sent.Select(result => result.Score));
        Assert.Equal(own[0].Score!.Value, _service.Score(json[0]).Score!.Value, 1e-3f);
    }

    [Theory]
    [InlineData("2020-05-20T10:00:00", "2020-05-20T10:00:00Z")]
    [InlineData("2020-05-20T10:00:00Z", "2020-05-20T12:00:00+02:00")]
    public void A_time_with_an_offset_is_taken_to_UTC(string time, string same)
    {
        var row = ServedVisits.Sent(_visits.Rows[0]);
        var rows = new[] { time, same }.Select(since => new Dictionary<string, object?>(row) { ["Since"] = since });
        var scores = _service.ScoreBatch(JsonSerializer.SerializeToElement(rows));
        Assert.Equal(scores[0].Score, scores[1].Score);
    }

    [Fact]
    public void All_columns_that_are_wrong_are_said()
    {
        using var row = JsonDocument.Parse(
            """{"Country":3,"Age":"old","Amount":1e400,"Member":1,"Visits":null,"Since":"yesterday"}""");
        var fault = Assert.Throws<VaeRowException>(() => _service.Score(row.RootElement));
        Assert.Equal(
            "Column \"Country\": expected a text, found 3; Column \"Age\": expected a finite number, found the text \"old\"; "
                + "Column \"Amount\": expected a finite number, found 1e400; Column \"Member\": expected true or false, found 1; "
                + "Column \"Since\": expected a time by ISO 8601, found the text \"yesterday\"; "
                + "Column \"Gain\": expected a finite number, or null where it is missing, found no such column. "
                + "Give the columns of training, in its types and units.",
            fault.Message);
    }

    [Fact]
    public void Features_alone_are_refused() => Assert.Throws<InvalidOperationException>(() => _service.Score(new float[3]));

    public void Dispose() => _provider.Dispose();

    private static void Near(IEnumerable<float> expected, IEnumerable<float> found)
    {
        foreach (var (one, other) in expected.Zip(found))
            Assert.Equal(one, other, 1e-3f * Math.Max(1, Math.Abs(one)));
    }
}
