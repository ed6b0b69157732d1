using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Tests.Tables;

/// <summary>A row of a table with a column of most types, in which the country says much of the rest.</summary>
public sealed class Visit
{
    private static readonly string[] Countries = ["DE", "FR", "NL", "PT"];

    public string Country { get; set; } = "";

    public float Age { get; set; }

    public double Amount { get; set; }

    public bool Member { get; set; }

    public int Visits { get; set; }

    public DateTime Since { get; set; }

    public float Gain { get; set; }

    public string Note { get; set; } = "";

    public float Number { get; set; }

    public float Same { get; set; } = 7;

    /// <summary>Rows drawn from a seed; of the first four columns a share is missing.</summary>
    public static Visit[] Rows(int count, int seed = 1, double missing = 0)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            var country = random.Next(Countries.Length);
            var age = 30 + (10 * country) + (3 * Normal(random));
            return new Visit
            {
                Country = random.NextDouble() < missing ? "" : Countries[country],
                Age = random.NextDouble() < missing ? float.NaN : (float)age,
                Amount = random.NextDouble() < missing ? double.NaN : Math.Exp(1 + country + (0.2 * Normal(random))),
                Member = random.NextDouble() < 0.2 + (0.2 * country),
                Visits = Poisson(random, 2 + (2 * country)),
                Since = new DateTime(2020, 1, 1).AddDays((100 * country) + random.Next(100)),
                Gain = random.NextDouble() < 0.8 ? 0 : 100 * (country + 1) * random.NextSingle(),
                Note = $"note {i}",
                Number = i,
            };
        })];
    }

    public static IDataView View(MLContext mlContext, IEnumerable<Visit> rows) => mlContext.Data.LoadFromEnumerable(rows);

    /// <summary>A quick fit, of few units.</summary>
    public static VaeTableOptions Options(int epochs = 30) => new()
    {
        Architecture = VaeArchitecture.Mlp(32),
        Latent = VaeLatent.Gaussian(3),
        ScoreColumnName = "Score",
        ContributionsColumnName = "Columns",
        Training = new() { Epochs = epochs, Seed = 1, Threads = 1 },
    };

    private static double Normal(Random random)
        => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(Math.Tau * random.NextDouble());

    private static int Poisson(Random random, double mean)
    {
        var (limit, count, product) = (Math.Exp(-mean), -1, 1.0);
        for (; product > limit; count++)
            product *= random.NextDouble();
        return count;
    }
}

/// <summary>What a model says of one.</summary>
public sealed class ScoredVisit
{
    public float Score { get; set; }

    [ColumnName("Columns")]
    public float[] Contributions { get; set; } = [];
}
