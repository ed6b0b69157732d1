using Microsoft.ML;
using MLNet.Vae.Data;
using MLNet.Vae.Training;
using static TorchSharp.torch;

namespace MLNet.Vae.Benchmarks.Speed;

/// <summary>Reading a view into the training set against a bare cursor over it.</summary>
internal sealed class ReadingRace(int features, int rows) : ISpeedTable
{
    private const int Rounds = 9;

    public string Name => $"reading-{features}";

    public void Measure(TextWriter to, int threads)
    {
        IDataView view = new MLContext().Data.Cache(new ArrayView(SampleNetwork.Values(rows * features, seed: 1), features));
        new Race(
            $"Reading {rows:N0} rows of {features} features",
            $"From a cached view into the training set; {Rounds} rounds in turn.",
            new("training set", () => Race.Time(() => Load(view).Dispose())),
            new("bare cursor", () => Race.Time(() => Rows.Read(view, ArrayView.Column))))
            .Run(Rounds)
            .Print(to, rows, "rows");
    }

    private static TrainingRows Load(IDataView view)
    {
        var inputs = TrainingInputs.Of(view.Schema, new VaeOptions());
        return new TrainingRowsLoader(new DataViewSource(view, inputs, checks: [], default), new VaeOptions(), seed: 1, CPU).Load();
    }
}
