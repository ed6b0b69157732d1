using Microsoft.ML;
using MLNet.Vae.Tests.Kit;
using MLNet.Vae.Tests.Tables;

namespace MLNet.Vae.Tests.Hosting.Rows;

/// <summary>A table's model as a pipeline saves it.</summary>
public sealed class ServedVisits : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public ServedVisits()
    {
        Rows = Visit.Rows(400, missing: 0.1);
        Data = Visit.View(Context, Rows);
        Model = Context.AnomalyDetection.Trainers.Vae(Visit.Options(3) with { Contamination = 0.05 }).Fit(Data);
        Context.Model.SaveAtomically(Model, Data.Schema, Path);
    }

    public MLContext Context { get; } = new(seed: 1);

    public string Path => _directory.File("model.zip");

    public IDataView Data { get; }

    public Visit[] Rows { get; }

    public VaeTableTransformer Model { get; }

    /// <summary>The row as a program has it.</summary>
    public static Dictionary<string, object?> Columns(Visit row) => new()
    {
        ["Country"] = row.Country,
        ["Age"] = row.Age,
        ["Amount"] = row.Amount,
        ["Member"] = row.Member,
        ["Visits"] = row.Visits,
        ["Since"] = row.Since,
        ["Gain"] = row.Gain,
    };

    /// <summary>The row as it comes over the network: null is what is missing.</summary>
    public static Dictionary<string, object?> Sent(Visit row)
    {
        var sent = Columns(row);
        if (row.Country.Length == 0)
            sent["Country"] = null;
        if (float.IsNaN(row.Age))
            sent["Age"] = null;
        if (double.IsNaN(row.Amount))
            sent["Amount"] = null;
        return sent;
    }

    public void Dispose()
    {
        Model.Dispose();
        _directory.Dispose();
    }
}
