using Microsoft.ML;

namespace MLNet.Vae.Tests.Docs;

/// <summary>The lines shown in the documentation.</summary>
public sealed class TableReportExample
{
    [Fact]
    public void Runs_as_it_stands()
    {
        var mlContext = new MLContext(seed: 1);
        var training = mlContext.Data.LoadFromEnumerable(Customers(400, seed: 1));
        var heldOut = mlContext.Data.LoadFromEnumerable(Customers(400, seed: 2));
        var synthetic = mlContext.Data.LoadFromEnumerable(Customers(400, seed: 3));

        var options = new VaeTableReportOptions { Title = "Customers", LabelColumnName = "HasLeft" };
        VaeTableReport.Write(mlContext, training, heldOut, synthetic, "customers.html", options);

        var quality = VaeTableReport.Measure(mlContext, training, heldOut, synthetic, options);
        Console.WriteLine(quality);
        var areTold = quality.Detection!.Area > 0.5 + 3 * quality.Detection.StandardError;
        var areCopied = quality.Privacy.CopyShareDeviations > 3;

        Assert.Equal((false, false), (areTold, areCopied));
        Assert.Contains("<title>Customers</title>", File.ReadAllText("customers.html"));
        File.Delete("customers.html");
    }

    private static IEnumerable<Customer> Customers(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            var orders = random.Next(50);
            return new Customer
            {
                Country = orders % 3 == 0 ? "Norway" : "Chile",
                Orders = orders,
                Spent = orders * (20 + random.NextSingle()),
                HasLeft = random.Next(50) > orders,
            };
        })];
    }

    public sealed class Customer
    {
        public string Country { get; set; } = "";

        public int Orders { get; set; }

        public float Spent { get; set; }

        public bool HasLeft { get; set; }
    }
}
