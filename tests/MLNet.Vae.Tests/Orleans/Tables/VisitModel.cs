using System.Globalization;
using System.Text;
using Microsoft.ML;
using MLNet.Vae.Partitions;
using MLNet.Vae.Tests.Tables;

namespace MLNet.Vae.Tests.Orleans.Tables;

/// <summary>A model of a table, two silos, and what ML.NET says of the same rows.</summary>
public sealed class VisitModel : IAsyncLifetime
{
    private readonly MLContext _context = new(seed: 1);

    public VaeTableTransformer Model { get; private set; } = null!;

    public ScoringCluster Cluster { get; private set; } = null!;

    public Visit[] Rows { get; } = Visit.Rows(1_001, seed: 2, missing: 0.1);

    public string ModelPath => Cluster.File("visits.onnx");

    public async ValueTask InitializeAsync()
    {
        Cluster = await ScoringCluster.Of(2);
        Model = _context.Transforms.VaeEmbed(Visit.Options(2)).Fit(Visit.View(_context, Visit.Rows(400, missing: 0.1)));
        await using var file = File.Create(ModelPath);
        Model.Model.ExportOnnx(VaeGraph.Scorer, file);
    }

    public async ValueTask DisposeAsync()
    {
        await Cluster.DisposeAsync();
        Model.Dispose();
    }

    /// <summary>Scores and, of each column, its share, a line for each row as a job writes them.</summary>
    public string Scores(IEnumerable<Visit> rows)
    {
        var scored = Model.Transform(Visit.View(_context, rows));
        using var written = new MemoryStream();
        var writer = new LineWriter(written);
        foreach (var row in _context.Data.CreateEnumerable<ScoredVisit>(scored, reuseRowObject: false))
        {
            foreach (var number in row.Contributions.Prepend(row.Score))
                writer.Add(number);
            writer.EndLine();
        }
        writer.Flush();
        return Encoding.UTF8.GetString(written.ToArray());
    }

    public VaeJob Job(IReadOnlyList<VaePartition> partitions, string output) => Cluster.Job(partitions, output) with
    {
        ModelPath = ModelPath,
        Outputs = VaeJobOutputs.Score | VaeJobOutputs.Contributions,
    };

    public async Task<VaeJobStatus> Run(VaeJob job)
        => await Cluster.Jobs.Wait((await Cluster.Jobs.Submit(job)).Id, cancellation: TestContext.Current.CancellationToken);

    /// <summary>A file of the rows, columns in another order and one too many.</summary>
    public string Csv(string name, IEnumerable<Visit> rows, string end = "\n", bool mark = false, bool last = true)
    {
        var culture = CultureInfo.InvariantCulture;
        var lines = rows.Select(row => string.Join(
            ',',
            $"\"of \"\"{row.Note}\"\", quoted\"",
            row.Since.ToString("yyyy-MM-dd HH:mm:ss", culture),
            row.Member ? "true" : "0",
            float.IsNaN(row.Age) ? "" : row.Age.ToString("R", culture),
            $" {row.Visits} ",
            $"\"{row.Country}\"",
            double.IsNaN(row.Amount) ? "" : row.Amount.ToString("R", culture),
            row.Gain.ToString("R", culture),
            row.Number.ToString("R", culture),
            "7"));
        const string Header = "What,Since,Member, Age ,Visits,\"Country\",Amount,Gain,Number,Same";
        var text = string.Join(end, lines.Prepend(Header)) + (last ? end : "");
        File.WriteAllText(Cluster.File(name), text, new UTF8Encoding(mark));
        return Cluster.File(name);
    }
}
