using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Tests.Kit;

namespace MLNet.Vae.Tests.Examples;

/// <summary>The runtime package compiled to native code, with not one warning of what trimming could have cut off.</summary>
public class NativeTests
{
    // What the SDK says where it has no compiler to native code, or that no linker, on this machine.
    private static readonly string[] Absent = ["NU1100", "NU1101", "NU1102", "NU1301", "Platform linker"];

    [Fact]
    public async Task A_native_program_gives_the_scores_of_the_transformer()
    {
        using var directory = new TemporaryDirectory();
        var mlContext = new MLContext(seed: 1);
        var random = new Random(1);
        float[][] rows = [.. Enumerable.Range(0, 50).Select(_ => SampleData.Dense(random, SampleModels.Features))];
        var model = SampleModels.Create(SampleModels.AllColumns, featureNames: SampleData.SlotNames);
        using var transformer = new VaeTransformer(mlContext, model, new() { Threads = 1 });
        var data = SampleData.Features(mlContext, rows, SampleModels.Features);
        var expected = transformer.Transform(data);
        model.ExportOnnx(directory.Path);
        mlContext.Model.Save(transformer, data.Schema, directory.File("model.zip"));
        File.WriteAllLines(
            directory.File("rows.csv"),
            rows.Select(row => string.Join(',', row.Select(value => value.ToString("R", CultureInfo.InvariantCulture)))));

        var publish = await Run(
            "dotnet", "publish", Path.Combine(TestData.RepositoryRoot, "examples", "Native"), "-c", "Release", "-nologo", "-tl:off",
            "-o", directory.File("native"));
        Assert.SkipWhen(
            publish.ExitCode != 0 && Array.Exists(Absent, publish.Output.Contains),
            "Needs Microsoft.DotNet.ILCompiler, from the feed or the package cache, and clang or gcc.");
        Assert.True(publish.ExitCode == 0, publish.Output + publish.Error);
        Assert.DoesNotContain("warning", publish.Output, StringComparison.OrdinalIgnoreCase);

        var program = directory.File(OperatingSystem.IsWindows() ? "native/Native.exe" : "native/Native");
        Assert.DoesNotContain(Directory.GetFiles(directory.File("native"), "*.dll"), file => !file.Contains("onnxruntime"));
        foreach (var file in (string[])["scorer.onnx", "model.zip"])
        {
            var run = await Run(program, directory.File(file), directory.File("rows.csv"));
            Assert.True(run.ExitCode == 0, run.Error);
            var lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Trim().Split(' ')).ToArray();
            Assert.Equal(
                expected.GetColumn<float>("Score"), lines.Select(line => float.Parse(line[0], CultureInfo.InvariantCulture)));
            Assert.Equal(expected.GetColumn<bool>("PredictedLabel"), lines.Select(line => bool.Parse(line[1])));
            Assert.Equal(
                expected.GetColumn<float[]>("Contributions").Select(shares => SampleData.SlotNames[Array.IndexOf(shares, shares.Max())]),
                lines.Select(line => line[2]));
        }

        var refused = await Run(program, directory.File("decoder.onnx"));
        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains("found a decoder", refused.Error);
    }

    private static async Task<ProgramRun> Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new(process.ExitCode, output, await error);
    }
}
