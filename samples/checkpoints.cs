#:package MLNet.Vae@*
#:package TorchSharp-cpu@0.107.0
#:package Microsoft.ML.OnnxRuntime@1.31.1
#:property PublishAot=false
#:property UseCurrentRuntimeIdentifier=true

using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae;

var random = new Random(1);
var mlContext = new MLContext(seed: 1);
var data = mlContext.Data.LoadFromEnumerable(Enumerable.Range(0, 300).Select(_ => random.NextSingle())
    .Select(cause => new Row { Features = [cause, 1 - cause, cause + 0.1f * random.NextSingle(), random.NextSingle()] }).ToList());
{
    var pipeline = mlContext.Transforms.VaeEmbed(new VaeOptions
    {
        Latent = VaeLatent.Gaussian(8),
        Training = new() { Epochs = 50, Seed = 1, CheckpointFolder = "checkpoints" },
    });
    var model = pipeline.Fit(data);
    mlContext.Model.SaveAtomically(model, data.Schema, "model.zip");

    using var loaded = VaeTransformer.From(mlContext, "model.zip");
    Console.WriteLine($"model.zip has {loaded.Model.Info.Training!.Epochs.Count} epochs; kept: {Kept()}");
}
if (!OperatingSystem.IsWindows())
{
    using var stop = new CancellationTokenSource();
    using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
    {
        signal.Cancel = true;
        stop.Cancel();
    });
    var pipeline = mlContext.Transforms.VaeEmbed(new VaeOptions
    {
        Training = new()
        {
            Seed = 1,
            CheckpointFolder = "checkpoints",
            CancellationToken = stop.Token,
            OnCancellation = VaeCancellationBehavior.ReturnBest,
        },
    });
    Directory.Delete("checkpoints", recursive: true);
    var sender = new Thread(TerminateOnceTraining);
    sender.Start();
    var model = pipeline.Fit(data);
    sender.Join();
    Console.WriteLine($"{model.Model.Info.Training!.StopReason}; kept: {Kept()}");
}
Directory.Delete("checkpoints", recursive: true);
File.Delete("model.zip");

static string Kept() => string.Join(' ', Directory.GetFiles("checkpoints", "*.safetensors").Select(Path.GetFileName));

// What docker, Kubernetes and systemd do.
static void TerminateOnceTraining()
{
    while (!File.Exists("checkpoints/fit.json"))
        Thread.Sleep(1);
    Thread.Sleep(300);
    using var kill = Process.Start("kill", ["-TERM", Environment.ProcessId.ToString(CultureInfo.InvariantCulture)]);
    kill.WaitForExit();
}

public class Row
{
    [VectorType(4)]
    public float[] Features { get; set; } = [];
}
