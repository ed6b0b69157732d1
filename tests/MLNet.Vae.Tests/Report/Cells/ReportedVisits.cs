using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.ML;
using MLNet.Vae.Tests.Tables;

namespace MLNet.Vae.Tests.Report.Cells;

/// <summary>A detector of a table with holes, and rows of which some hold what training had not.</summary>
public sealed partial class ReportedVisits : IDisposable
{
    public const string Script = "</script><script>alert('town')</script>", Name = "<img src=x onerror=alert(1)>";

    public const int Unseen = 5, Old = 6, Early = 7, Empty = 8;

    public ReportedVisits()
    {
        Training = Visit.View(Context, Visit.Rows(1_000, missing: 0.1));
        Model = Context.AnomalyDetection.Trainers.Vae(Visit.Options(20) with { Contamination = 0.02 }).Fit(Training);
        Rows = Visit.Rows(300, seed: 2, missing: 0.05);
        Rows[Unseen].Country = Script;
        Rows[Unseen].Note = Name;
        Rows[Old].Age = 450.25f;
        Rows[Early].Since = new(1990, 2, 3, 0, 0, 0);
        (Rows[Empty].Country, Rows[Empty].Age, Rows[Empty].Amount) = ("", float.NaN, double.NaN);
        (Rows[Empty].Gain, Rows[Empty].Since) = (1e6f, new(2050, 1, 1, 0, 0, 0));
        Data = Visit.View(Context, Rows);
    }

    public MLContext Context { get; } = new(seed: 1);

    public IDataView Training { get; }

    public VaeTableTransformer Model { get; }

    public Visit[] Rows { get; }

    public IDataView Data { get; }

    public VaeReport Report(VaeReportOptions? options = null, IDataView? data = null) =>
        VaeReport.Create(Context, Model, data ?? Data, options);

    public void Dispose() => Model.Dispose();

    internal static JsonElement DataOf(string html) => JsonSerializer.Deserialize<JsonElement>(DataElement().Match(html).Groups[1].Value);

    [GeneratedRegex("<script type=\"application/json\" data-report=\"\">(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex DataElement();
}
