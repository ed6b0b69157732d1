using System.Diagnostics;
using MLNet.Vae.Tests.Estimators;
using MLNet.Vae.Tests.Kit;
using Microsoft.ML;

namespace MLNet.Vae.Tests.Checkpoints;

/// <summary>Processes that are killed: nothing is told them before.</summary>
public sealed class KillTests : IDisposable
{
    private const string Key = "KilledProgram";
    private const int Kills = 4;

    private readonly MLContext _mlContext = new(seed: 1);
    private readonly TemporaryDirectory _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public async Task A_fit_that_is_killed_again_and_again_ends_with_the_weights_of_one_that_is_not()
    {
        var (folder, model) = (_temporary.File("checkpoints"), _temporary.File("model.zip"));
        var reached = new List<int>();
        foreach (var epochs in new[] { 3, 4 })
            reached.Add(Kill(["fit", folder, model], epochs).Last());
        Assert.False(File.Exists(model));
        // What a kill left half-written is beside the checkpoint, never in its place.
        var run = await ProgramRun.Of(Key, "fit", folder, model);

        Assert.Equal(0, run.ExitCode);
        var epochsRun = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(EpochOf).ToList();
        Assert.Equal(KilledFit.Epochs, epochsRun[^1]);
        // At most the epoch of the kill is told of a second time.
        Assert.InRange(epochsRun[0], reached[^1], reached[^1] + 1);
        Assert.True(reached[1] >= 6, $"the second process got to epoch {reached[1]}");

        using var unbroken = KilledFit.Run(_mlContext, folder: null);
        using var resumed = VaeTransformer.From(_mlContext, model);
        WeightsAssert.Same(unbroken.Model, resumed.Model);
    }

    [Theory]
    [InlineData("save")]
    [InlineData("export")]
    public void A_model_that_is_saved_while_its_process_is_killed_is_there_whole_and_leaves_nothing_behind(string verb)
    {
        var source = _temporary.File("source.zip");
        using var model = new VaeTransformer(_mlContext, SampleModels.Create(SampleModels.AllColumns), new());
        _mlContext.Model.SaveAtomically(model, null, source);
        var folder = Directory.CreateDirectory(_temporary.File("saved")).FullName;
        var path = verb == "save" ? Path.Combine(folder, "model.zip") : folder;
        for (var kill = 0; kill < Kills; kill++)
        {
            // At another moment of the work each time.
            Kill([verb, source, path], lines: 1 + kill % 3, TimeSpan.FromMilliseconds(3.4 * kill));
            using var loaded = VaeTransformer.From(_mlContext, verb == "save" ? path : Path.Combine(folder, "scorer.onnx"));
            WeightsAssert.Same(model.Model, loaded.Model);
        }

        if (verb == "save")
            _mlContext.Model.SaveAtomically(model, null, path);
        else
            model.ExportOnnx(folder);
        Assert.Empty(Directory.GetFiles(folder, ".*"));
    }

    /// <summary>Kills a process once it has written some lines.</summary>
    /// <returns>The numbers at their ends.</returns>
    private static List<int> Kill(string[] arguments, int lines, TimeSpan later = default)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", ["exec", ProgramRun.Find(Key), .. arguments])
        {
            RedirectStandardOutput = true,
        })!;
        var read = Enumerable.Range(0, lines).Select(_ => EpochOf(process.StandardOutput.ReadLine())).ToList();
        Thread.Sleep(later);
        process.Kill();
        process.WaitForExit();
        return read;
    }

    private static int EpochOf(string? line)
    {
        Assert.NotNull(line);
        return int.TryParse(line.Split(' ')[^1], out var epoch) ? epoch : 0;
    }
}
