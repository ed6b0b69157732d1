using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Tests.Docs;

/// <summary>The lines shown in the documentation.</summary>
public sealed class ReportExample
{
    [Fact]
    public void Runs_as_it_stands()
    {
        var mlContext = new MLContext(seed: 1);
        var data = mlContext.Data.LoadFromEnumerable(Sensors());
        var options = new VaeOptions
        {
            Architecture = VaeArchitecture.Mlp(8),
            Latent = VaeLatent.Gaussian(2),
            Training = new() { Epochs = 3, Seed = 1 },
        };
        using (var fitted = mlContext.Transforms.VaeEmbed(options).Fit(data))
            mlContext.Model.Save(fitted, data.Schema, "sensors.zip");

        using var transformer = VaeTransformer.From(mlContext, "sensors.zip");
        var report = VaeReport.Create(mlContext, transformer, data, new VaeReportOptions
        {
            Title = "Sensors of hall 3",
            LabelColumnName = "IsFaulty",
            ColorColumns = ["Machine", "Temperature"],
        });
        report.Save("report.html");

        var curves = report.ToHtml(VaeReportPart.LossCurves);
        var space = report.ToHtml(VaeReportPart.LatentSpace);

        Assert.Contains("<title>Sensors of hall 3</title>", File.ReadAllText("report.html"));
        Assert.StartsWith("<div class=\"mlnetvae\"", curves);
        Assert.StartsWith("<div class=\"mlnetvae\"", space);
        File.Delete("report.html");
        File.Delete("sensors.zip");
    }

    [Fact]
    public void Runs_as_it_stands_for_a_table()
    {
        var mlContext = new MLContext(seed: 1);
        var orders = mlContext.Data.LoadFromEnumerable(Orders());
        var options = new VaeTableOptions
        {
            IgnoredColumnNames = ["Number", "IsFraud"],
            ScoreColumnName = "Score",
            Training = new() { Epochs = 3, Seed = 1 },
        };
        using (var fitted = mlContext.AnomalyDetection.Trainers.Vae(options).Fit(orders))
            mlContext.Model.Save(fitted, orders.Schema, "orders.zip");

        using var detector = VaeTableTransformer.From(mlContext, "orders.zip");
        var report = VaeReport.Create(mlContext, detector, orders, new VaeReportOptions
        {
            Title = "Orders of May",
            IdColumnName = "Number",
            LabelColumnName = "IsFraud",
            WorstRows = 20,
        });
        report.Save("orders.html");

        Assert.Contains("<title>Orders of May</title>", File.ReadAllText("orders.html"));
        File.Delete("orders.html");
        File.Delete("orders.zip");
    }

    private static IEnumerable<Order> Orders()
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, 200).Select(i => new Order
        {
            Number = i,
            Country = i % 3 == 0 ? "Norway" : "Chile",
            Amount = (i % 3 == 0 ? 900 : 90) + (10 * random.NextSingle()),
            IsFraud = i % 40 == 0 ? 1 : 0,
        })];
    }

    private static IEnumerable<Sensor> Sensors()
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, 200).Select(i => new Sensor
        {
            Features = [.. Enumerable.Range(0, 4).Select(_ => random.NextSingle() + (i % 2))],
            Machine = i % 2 == 0 ? "press" : "saw",
            Temperature = 20 + (5 * random.NextSingle()),
            IsFaulty = i % 25 == 0,
        })];
    }

    public sealed class Order
    {
        public int Number { get; set; }

        public string Country { get; set; } = "";

        public float Amount { get; set; }

        public float IsFraud { get; set; }
    }

    public sealed class Sensor
    {
        [VectorType(4)]
        public float[] Features { get; set; } = [];

        public string Machine { get; set; } = "";

        public float Temperature { get; set; }

        public bool IsFaulty { get; set; }
    }
}
