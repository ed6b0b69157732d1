using System.Net.Http.Json;
using System.Text.Json;
using MLNet.Vae.Tests.Kit;
using MLNet.Vae.Tests.Hosting;
using MLNet.Vae.Tool;
using MLNet.Vae.Tool.Terminals;

namespace MLNet.Vae.Tests.Tool;

public class ServeTests
{
    [Fact]
    public async Task A_model_is_served_until_it_is_cancelled()
    {
        var (model, row) = (ServedFile.Detector(), ServedFile.Row(1));
        using var directory = new TemporaryDirectory();
        await using (var file = File.Create(directory.File("scorer.onnx")))
            model.ExportOnnx(VaeGraph.Scorer, file);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        await using var output = new FirstLine();
        await using var error = new StringWriter();
        var running = CommandLine.Run(
            ["serve", directory.File("scorer.onnx"), "--port", "0"],
            new Terminal { Output = output, Error = error, OpenInput = () => Stream.Null, OpenOutput = () => Stream.Null },
            end.Token);
        var line = await await Task.WhenAny(output.Line, running.ContinueWith(_ => error.ToString(), TaskScheduler.Default));
        Assert.StartsWith("serving ", line, StringComparison.Ordinal);

        var (start, stop) = (line.IndexOf("http://", StringComparison.Ordinal), line.LastIndexOf(": POST", StringComparison.Ordinal));
        using var client = new HttpClient { BaseAddress = new(line[start..stop]) };
        using var answer = await client.PostAsJsonAsync("score", new Dictionary<string, object?> { ["Features"] = row }, end.Token);
        var result = await answer.Content.ReadFromJsonAsync<VaeRowResult>(JsonSerializerOptions.Web, end.Token);
        Assert.Equal(ServedFile.ScoreOf(model, row), result!.Score);

        await end.CancelAsync();
        Assert.Equal(0, await running);
    }

    [Fact]
    public async Task A_model_that_is_not_there_is_one_line()
    {
        var run = await ToolRun.Of("serve", "nowhere.zip", "--port", "0");
        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Contains("nowhere.zip", Assert.Single(run.Error.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    /// <summary>Takes one line.</summary>
    private sealed class FirstLine : StringWriter
    {
        private readonly TaskCompletionSource<string> _line = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<string> Line => _line.Task;

        public override void WriteLine(string? value) => _line.TrySetResult(value!);
    }
}
