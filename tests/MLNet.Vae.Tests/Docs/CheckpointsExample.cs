using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using MLNet.Vae.Tests.Estimators;
using MLNet.Vae.Tests.Kit;
using Microsoft.ML;

namespace MLNet.Vae.Tests.Docs;

/// <summary>The lines shown in the documentation. Alone: a signal is the whole process's.</summary>
[Collection(AloneInProcess.Name)]
public sealed class CheckpointsExample : IDisposable
{
    public void Dispose()
    {
        File.Delete("model.zip");
        if (Directory.Exists("checkpoints"))
            Directory.Delete("checkpoints", recursive: true);
    }

    [Fact]
    public void A_fit_is_kept()
    {
        var mlContext = new MLContext();
        var data = FactorRows.View(mlContext, 100);
        var pipeline = mlContext.Transforms.VaeEmbed(new VaeOptions
        {
            Latent = VaeLatent.Gaussian(8),
            Training = new() { Epochs = 50, Seed = 1, CheckpointFolder = "checkpoints" },
        });
        var model = pipeline.Fit(data);
        mlContext.Model.SaveAtomically(model, data.Schema, "model.zip");

        Assert.True(File.Exists("checkpoints/run-1.safetensors"));
        using var loaded = VaeTransformer.From(mlContext, "model.zip");
        WeightsAssert.Same(model.Model, loaded.Model);
    }

    [Fact]
    public void A_process_that_is_told_to_end_has_its_model()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "Signals are Unix's.");
        var mlContext = new MLContext();
        var data = FactorRows.View(mlContext, 300);
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
        var sender = new Thread(TerminateOnceTraining);
        sender.Start();
        var model = pipeline.Fit(data);

        sender.Join();
        Assert.Equal(VaeStopReason.Cancelled, model.Model.Info.Training!.StopReason);
        Assert.True(File.Exists("checkpoints/run-1.safetensors"));
    }

    private static void TerminateOnceTraining()
    {
        while (!File.Exists("checkpoints/fit.json"))
            Thread.Sleep(1);
        // Some epochs.
        Thread.Sleep(300);
        using var kill = Process.Start("kill", ["-TERM", Environment.ProcessId.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }
}
