using Parquet.Serialization;

namespace ParquetTables;

/// <summary>What a pump said of itself at one time; what it did not say is null.</summary>
internal sealed class Reading
{
    private const double MissingShare = 0.1;

    public DateTime? At { get; set; }

    public string? Pump { get; set; }

    public int? Speed { get; set; }

    public double? Pressure { get; set; }

    public double? Temperature { get; set; }

    public bool? ValveOpen { get; set; }

    /// <summary>
    /// Writes readings of three pumps, each with speeds of its own: pressure goes with the speed, less where the valve is open.
    /// </summary>
    public static async Task Write(FileInfo path, int count, int seed)
    {
        path.Directory!.Create();
        await using var file = path.Create();
        // It passes over the rows once for each column.
        await ParquetSerializer.SerializeAsync(Some(count, new(seed)).ToList(), file);
    }

    private static IEnumerable<Reading> Some(int count, Random random)
    {
        for (var i = 0; i < count; i++)
        {
            var pump = random.Next(3);
            var isOpen = random.Next(2) == 0;
            var speed = 1_000 + (500 * pump) + random.Next(200);
            var pressure = (speed / 400.0) - (isOpen ? 1.5 : 0) + (0.1 * random.NextDouble());
            yield return new()
            {
                At = Given(new DateTime(2026, 1, 1).AddHours(i)),
                Pump = random.NextDouble() < MissingShare ? null : $"P{pump + 1}",
                Speed = Given(speed),
                Pressure = Given(pressure),
                Temperature = Given(20 + (speed / 50.0) + random.NextDouble()),
                ValveOpen = Given(isOpen),
            };
        }

        T? Given<T>(T value) where T : struct => random.NextDouble() < MissingShare ? null : value;
    }
}
