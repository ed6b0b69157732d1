using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MLNet.Vae.Tests.Hosting.Endpoints;

public sealed class ScoringEndpointsTests : IAsyncLifetime
{
    private const int MostRows = 3, MostBytes = 2_000;

    private readonly ServedFile _file = new();
    private readonly VaeModel _model = ServedFile.Detector();
    private readonly HttpClient _client = new();
    private WebApplication? _app;

    public async ValueTask InitializeAsync()
    {
        _file.Write(_model);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddVaeScoring(options => _file.Configure(options, limits =>
        {
            limits.MaximumRows = MostRows;
            limits.MaximumBodyBytes = MostBytes;
        }));
        builder.Services.AddHealthChecks().AddVaeScoring();
        _app = builder.Build();
        _app.MapVaeScoring();
        _app.MapHealthChecks("/health");
        await _app.StartAsync(TestContext.Current.CancellationToken);
        _client.BaseAddress = new(_app.Urls.First());
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        if (_app is not null)
            await _app.DisposeAsync();
        _file.Dispose();
    }

    [Fact]
    public async Task Rows_and_batches_are_scored()
    {
        var row = ServedFile.Row(1);
        var expected = ServedFile.ScoreOf(_model, row);
        var result = await Read<VaeRowResult>(await Post("score", Body(new { Features = row })));
        Assert.Equal(expected, result.Score);
        Assert.Null(result.PValue);
        var results = await Read<VaeRowResult[]>(await Post("score/batch", Body(new[] { new { Features = row }, new { Features = row } })));
        Assert.Equal(2, results.Length);
        Assert.All(results, one => Assert.Equal(expected, one.Score!.Value, 1e-4f * Math.Max(1, Math.Abs(expected))));
        Assert.Equal("Healthy", await _client.GetStringAsync("health", TestContext.Current.CancellationToken));
        var model = await _client.GetFromJsonAsync<JsonElement>("model", TestContext.Current.CancellationToken);
        Assert.Equal(
            """[{"name":"Features","type":"Vector","size":6,"isNullable":false}]""", model.GetProperty("columns").GetRawText());
    }

    [Fact]
    public async Task A_wrong_row_gets_a_problem_document_with_column_and_slot()
    {
        var answer = await Post("score/batch", """[{"Features":[1,2,3,4,5,6]},{"Features":[1,2,"x",4,5,6]}]""");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        var problem = await Read<JsonElement>(answer, HttpStatusCode.BadRequest);
        Assert.Equal(400, problem.GetProperty("status").GetInt32());
        Assert.Equal(
            """{"row":1,"column":"Features","slot":2,"slotName":"f2","expected":"a finite number","found":"the text \"x\""}""",
            Assert.Single(problem.GetProperty("faults").EnumerateArray()).GetRawText());
    }

    [Theory]
    [InlineData("score", "{\"Features\":[1,2", HttpStatusCode.BadRequest, "cannot be read as JSON")]
    [InlineData("score", "", HttpStatusCode.BadRequest, "cannot be read as JSON")]
    [InlineData("score", "{\"Features\":[1,2,3,4,5,6],\"Features\":[1,2,3,4,5,6]}", HttpStatusCode.BadRequest, "Features")]
    [InlineData("score", "[[[[[[[[[[1]]]]]]]]]]", HttpStatusCode.BadRequest, "depth")]
    [InlineData("score/batch", "{}", HttpStatusCode.BadRequest, "Expected an array of rows, found an object")]
    [InlineData("score/batch", "[1]", HttpStatusCode.BadRequest, "Row 0 (counted from 0): expected an object")]
    [InlineData("score/batch", "[1,2,3,4]", HttpStatusCode.RequestEntityTooLarge, "at most 3 rows, found 4")]
    public async Task A_wrong_body_gets_a_problem_document(string path, string body, HttpStatusCode status, string detail)
    {
        var problem = await Read<JsonElement>(await Post(path, body), status);
        Assert.Contains(detail, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_is_too_large_or_no_JSON_is_not_read()
    {
        await Read<JsonElement>(await Post("score", new string(' ', MostBytes + 1)), HttpStatusCode.RequestEntityTooLarge);
        using var text = new StringContent("1,2,3", Encoding.UTF8, "text/csv");
        var answer = await _client.PostAsync("score", text, TestContext.Current.CancellationToken);
        var problem = await Read<JsonElement>(answer, HttpStatusCode.UnsupportedMediaType);
        Assert.Contains("text/csv", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    private static string Body<T>(T value) => JsonSerializer.Serialize(value);

    private async Task<HttpResponseMessage> Post(string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        return await _client.PostAsync(path, content, TestContext.Current.CancellationToken);
    }

    private static async Task<T> Read<T>(HttpResponseMessage answer, HttpStatusCode status = HttpStatusCode.OK)
    {
        Assert.Equal(status, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<T>(JsonSerializerOptions.Web, TestContext.Current.CancellationToken))!;
    }
}
