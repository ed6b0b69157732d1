using Microsoft.ML;
using MLNet.Vae;
using MLNet.Vae.Tests.Checkpoints;

// Works until it is killed, and says so: a fit with checkpoints after every step, or a model that is saved or exported again and again.
var mlContext = new MLContext(seed: 1);
switch (args)
{
    case ["fit", var folder, var model]:
        using (var fitted = KilledFit.Run(mlContext, folder, new Teller()))
        {
            mlContext.Model.SaveAtomically(fitted, null, model);
        }
        return 0;
    case ["save", var source, var path]:
        using (var loaded = VaeTransformer.From(mlContext, source))
        {
            Repeat(() => mlContext.Model.SaveAtomically(loaded, null, path));
        }
        return 1;
    case ["export", var source, var folder]:
        using (var loaded = VaeTransformer.From(mlContext, source))
        {
            Repeat(() => loaded.ExportOnnx(folder));
        }
        return 1;
    default:
        Console.Error.WriteLine("Usage: MLNet.Vae.Tests.Killed fit FOLDER MODEL | save MODEL PATH | export MODEL FOLDER");
        return 2;
}

static void Repeat(Action action)
{
    while (true)
    {
        action();
        Console.WriteLine("done");
    }
}

internal sealed class Teller : IProgress<VaeTrainingProgress>
{
    public void Report(VaeTrainingProgress value) => Console.WriteLine(FormattableString.Invariant($"epoch {value.Epoch.Epoch}"));
}
