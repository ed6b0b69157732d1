using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using MLNet.Vae.Tests.Hosting;
using MLNet.Vae.Tests.Kit;

namespace MLNet.Vae.Tests.Examples;

public class ServiceTests
{
    private const string Listening = "Now listening on: ";

    [Fact]
    public async Task Serves_a_model_with_its_health_its_description_and_what_is_measured()
    {
        var model = ServedFile.Detector();
        using var directory = new TemporaryDirectory();
        await using (var file = File.Create(directory.File("scorer.onnx")))
            model.ExportOnnx(VaeGraph.Scorer, file);
        using var process = Process.Start(new ProcessStartInfo(
            "dotnet", ["exec", ProgramRun.Find("ServiceProgram"), directory.File("scorer.onnx"), "--urls", "http://127.0.0.1:0"])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = directory.Path,
        })!;
        try
        {
            using var client = new HttpClient { BaseAddress = new(await Address(process)) };
            var end = TestContext.Current.CancellationToken;
            var row = ServedFile.Row(1);
            using var answer = await client.PostAsJsonAsync("score", new Dictionary<string, object?> { ["Features"] = row }, end);
            var result = await answer.Content.ReadFromJsonAsync<VaeRowResult>(JsonSerializerOptions.Web, end);
            Assert.Equal(ServedFile.ScoreOf(model, row), result!.Score);
            using var wrong = await client.PostAsJsonAsync("score", new Dictionary<string, object?> { ["Features"] = "x" }, end);
            Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);

            Assert.Equal("Healthy", await client.GetStringAsync("health", end));
            var openApi = await client.GetFromJsonAsync<JsonElement>("openapi/v1.json", end);
            var schema = openApi.GetProperty("paths").GetProperty("/score").GetProperty("post").GetProperty("requestBody")
                .GetProperty("content").GetProperty("application/json").GetProperty("schema");
            Assert.Equal(row.Length, schema.GetProperty("properties").GetProperty("Features").GetProperty("maxItems").GetInt32());
            var metrics = await client.GetStringAsync("metrics", end);
            Assert.Matches("(?m)^mlnet_vae_rows_total.* 1$", metrics);
            Assert.Contains("mlnet_vae_anomalous_share", metrics, StringComparison.Ordinal);
        }
        finally
        {
            process.Kill();
        }
    }

    private static async Task<string> Address(Process process)
    {
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.IndexOf(Listening, StringComparison.Ordinal) is >= 0 and var place)
                return line[(place + Listening.Length)..].Trim();
        }
        throw new InvalidOperationException("The service has ended.");
    }
}
