using Microsoft.ML;
using MLNet.Vae;

namespace Service;

/// <summary>A model to begin with: of orders, made up.</summary>
internal static class SampleModel
{
    private const int Rows = 2000, Seed = 1;

    private static readonly (string Country, float Price)[] Countries = [("DE", 40), ("FR", 30), ("PL", 20), ("US", 80)];

    /// <summary>Trains a detector, and writes it under the name once it is whole.</summary>
    public static void Train(string path)
    {
        var mlContext = new MLContext(Seed);
        var data = mlContext.Data.LoadFromEnumerable(Orders());
        using var detector = mlContext.AnomalyDetection.Trainers.Vae(new VaeTableOptions
        {
            Contamination = 0.01,
            ContributionsColumnName = "Contributions",
            Training = new() { Epochs = 30, Seed = Seed },
        }).Fit(data);
        Console.WriteLine(detector.Table);
        mlContext.Model.SaveAtomically(detector, data.Schema, path);
    }

    // Amounts are by country and number of things; larger orders are more often in a hurry.
    private static Order[] Orders()
    {
        var random = new Random(Seed);
        return [.. Enumerable.Range(0, Rows).Select(_ =>
        {
            var (country, price) = Countries[random.Next(Countries.Length)];
            var items = 1 + (int)(-2 * Math.Log(1 - random.NextDouble()));
            return new Order
            {
                Country = country,
                Items = items,
                Amount = (float)(items * price * Math.Exp(0.2 * (random.NextDouble() + random.NextDouble() - 1))),
                Express = random.NextDouble() < Math.Min(0.9, 0.1 * items),
            };
        })];
    }
}
