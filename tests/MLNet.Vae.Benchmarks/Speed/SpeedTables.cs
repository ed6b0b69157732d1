using MLNet.Vae.Benchmarks.Numbers;

namespace MLNet.Vae.Benchmarks.Speed;

/// <summary>Everything that the command <c>speed</c> can measure.</summary>
internal static class SpeedTables
{
    public static IReadOnlyList<ISpeedTable> All { get; } =
    [
        .. TrainingRaces.All,
        new ThreadsTable("threads-300x6", rows: 300, features: 6, epochs: 150),
        new ThreadsTable("threads-2000x30", rows: 2_000, features: 30, epochs: 100),
        new ThreadsTable("threads-20000x30", rows: 20_000, features: 30, epochs: 20),
        new ThreadsTable("threads-5000x256", rows: 5_000, features: 256, epochs: 10, hidden: 256, latent: 16),
        new ThreadsTable("threads-10000x784", rows: 10_000, features: 784, epochs: 3, hidden: 512, latent: 20),
        new ReadingRace("reading-small-cached", features: 30, rows: 500_000, fromText: false),
        new ReadingRace("reading-small-text", features: 30, rows: 500_000, fromText: true),
        new ReadingRace("reading-mnist-cached", features: 784, rows: 20_000, fromText: false),
        new ReadingRace("reading-mnist-text", features: 784, rows: 20_000, fromText: true),
        new EmbeddingRace("embedding-small-memory", features: 30, hidden: 64, latent: 8, rows: 1_000_000, fromText: false),
        new EmbeddingRace("embedding-small-text", features: 30, hidden: 64, latent: 8, rows: 1_000_000, fromText: true),
        new EmbeddingRace("embedding-mnist-memory", features: 784, hidden: 512, latent: 20, rows: 100_000, fromText: false),
        new EmbeddingRace("embedding-mnist-text", features: 784, hidden: 512, latent: 20, rows: 100_000, fromText: true),
        new DetectionRace(features: 30, rows: 50_000, 64, 256, 1_024),
        new EmbeddingRace(
            "embedding-series-memory", "series of 60 × 8, convolutional",
            () => SampleNetwork.Model(VaeArchitecture.Convolutional1D(60, 8), features: 480, latent: 8), rows: 20_000, fromText: false),
        new EmbeddingRace(
            "embedding-recurrent-memory", "series of 60 × 8, recurrent",
            () => SampleNetwork.Model(VaeArchitecture.Recurrent(60, 8), features: 480, latent: 8), rows: 20_000, fromText: false),
        new PredictionRace(),
        new StartTable(),
        new MemoryTable(),
        new MemoryLimitTable(),
        new GrowthTable(),
    ];

    /// <summary>Measures the tables of a name, or of a name that begins so; "all": every one.</summary>
    public static int Measure(string name, int threads)
    {
        var chosen = All.Where(table => name == "all" || table.Name.StartsWith(name, StringComparison.Ordinal)).ToList();
        if (chosen.Count == 0)
        {
            Console.Error.WriteLine($"There is no '{name}'. There are: all, {string.Join(", ", All.Select(table => table.Name))}.");
            return 1;
        }
        foreach (var table in chosen)
            table.Measure(Console.Out, threads);
        Console.WriteLine(
            $"{DateTime.UtcNow.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)}, {Machine.Describe()}, "
            + $"{threads} thread(s) unless said otherwise, BLAS of this process {Blas()}."
        );
        return 0;
    }

    /// <summary>The library of matrix products that torch has loaded, where the system tells.</summary>
    private static string Blas()
    {
        const string Maps = "/proc/self/maps";
        var libraries = File.Exists(Maps) ? File.ReadLines(Maps).Select(line => Path.GetFileName(line.Split(' ')[^1])) : [];
        return libraries.FirstOrDefault(name => name.Contains("openblas") || name.Contains("mkl")) ?? "not loaded here, or unknown";
    }
}
