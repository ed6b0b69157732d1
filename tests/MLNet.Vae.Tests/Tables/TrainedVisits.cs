using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Tests.Tables;

/// <summary>A model of a table with holes, and with what draws rows, for all tests that do not change it.</summary>
public sealed class TrainedVisits : IDisposable
{
    public TrainedVisits()
    {
        Context.Log += (_, e) =>
        {
            lock (Log)
                Log.Add(e.Message);
        };
        Rows = Visit.Rows(2_000, missing: 0.1);
        Data = Visit.View(Context, Rows);
        Model = Context.Transforms.VaeEmbed(Visit.Options(60) with { Sampler = new() { Units = 96 } }).Fit(Data);
    }

    public MLContext Context { get; } = new(seed: 1);

    public List<string> Log { get; } = [];

    public Visit[] Rows { get; }

    public IDataView Data { get; }

    public VaeTableTransformer Model { get; }

    public float[] Scores(IEnumerable<Visit> rows) => [.. Model.Transform(Visit.View(Context, rows)).GetColumn<float>("Score")];

    public void Dispose() => Model.Dispose();
}
