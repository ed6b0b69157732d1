using System.Text.Json;
using MLNet.Vae.Tests.Kit;

namespace MLNet.Vae.Tests.Generation;

/// <summary>Generation in a process that has the runtime package alone.</summary>
public class SampleOnlyTests
{
    private const string Program = "SampleOnlyProgram";

    [Fact]
    public async Task A_process_without_torch_and_ML_NET_draws_the_same_samples()
    {
        using var directory = new TemporaryDirectory();
        var model = GeneratorModels.Conditional(learnedPrior: true);
        model.ExportOnnx(directory.Path);
        using var generator = VaeGenerator.From(model);
        var expected = generator.Sample(20, 3, "green", VaeDraw.Random).Rows;

        var run = await ProgramRun.Of(Program, directory.File("scorer.onnx"), "20", "3", "green");

        Assert.True(run.ExitCode == 0, run.Error);
        var lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(21, lines.Length);
        for (var i = 0; i < 20; i++)
            FloatAssert.Near(expected[i], JsonSerializer.Deserialize<float[]>(lines[i]), $"row {i}");
        var loaded = JsonSerializer.Deserialize<string[]>(lines[^1])!;
        Assert.Contains("MLNet.Vae.Runtime", loaded);
        Assert.DoesNotContain("MLNet.Vae.Scoring", loaded);
        Assert.Equal(["Microsoft.ML.OnnxRuntime"], loaded.Where(name => name.StartsWith("Microsoft.ML", StringComparison.Ordinal)));
        Assert.DoesNotContain(loaded, name => name.Contains("Torch", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain("MLNet.Vae", loaded);
        Assert.Empty(
            Directory.GetFiles(
                Path.GetDirectoryName(ProgramRun.Find(Program))!,
                "*torch*",
                new EnumerationOptions { RecurseSubdirectories = true }
            )
        );
    }
}
