using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Data;
using static TorchSharp.torch;

namespace MLNet.Vae.Benchmarks.Speed;

/// <summary>
/// Reading a view into the training set against a bare cursor over it, which keeps nothing, and against one that keeps the rows.
/// </summary>
internal sealed class ReadingRace(string name, int features, int rows, bool fromText) : ISpeedTable
{
    private const int Rounds = 9;

    public string Name => name;

    public void Measure(TextWriter to, int threads)
    {
        var mlContext = new MLContext();
        using var files = new SampleSource(mlContext, features, fromText);
        var view = files.View(SampleNetwork.Values(rows * features, seed: 1));
        if (!fromText)
            view = mlContext.Data.Cache(view);
        new Race(
            $"Reading {rows:N0} rows of {features} features {(fromText ? "from a text file" : "from a cached view")}",
            $"Into the training set, with its checks and statistics; {Rounds} rounds in turn.",
            new("training set", () => Race.Time(() => Load(view).Dispose())),
            new("bare cursor", () => Race.Time(() => Rows.Read(view, ArrayView.Column, rows))),
            new("bare cursor into a new array", () => Race.Time(() => Copy(view))))
            .Run(Rounds)
            .Print(to, rows, "rows");
    }

    private static TrainingRows Load(IDataView view)
    {
        var inputs = TrainingInputs.Of(view.Schema, new VaeOptions());
        return new TrainingRowsLoader(new DataViewSource(view, inputs, checks: [], () => { }), new VaeOptions(), seed: 1, CPU).Load();
    }

    private float[] Copy(IDataView view)
    {
        var kept = new float[rows * features];
        var column = view.Schema[ArrayView.Column];
        using var cursor = view.GetRowCursor([column]);
        var getter = cursor.GetGetter<VBuffer<float>>(column);
        VBuffer<float> row = default;
        for (var start = 0; cursor.MoveNext(); start += features)
        {
            getter(ref row);
            row.CopyTo(kept.AsSpan(start, features));
        }
        return kept;
    }
}
