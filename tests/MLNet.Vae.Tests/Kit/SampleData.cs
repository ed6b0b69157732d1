using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Tests.Kit;

/// <summary>Rows with a features column and one column of each kind that passes through.</summary>
internal static class SampleData
{
    public static readonly string[] SlotNames = ["length", "width", "height", "mass", "age", "price"];

    public sealed class Row
    {
        public int Number { get; set; }

        [VectorType(SampleModels.Features)]
        public VBuffer<float> Features { get; set; }

        public string Name { get; set; } = "";

        [KeyType(5)]
        public uint Kind { get; set; }

        public bool Flag { get; set; }

        [VectorType(2)]
        public double[] Pair { get; set; } = [];

        public string[] Words { get; set; } = [];

        public DateTime Time { get; set; }
    }

    public static List<Row> Rows(int count, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(number => new Row
        {
            Number = number,
            Features = number % 3 == 1 ? Sparse(random) : new(SampleModels.Features, Dense(random, SampleModels.Features)),
            Name = $"row {number}",
            Kind = (uint)(number % 6),
            Flag = number % 2 == 0,
            Pair = [number, -number],
            Words = [.. Enumerable.Repeat("word", number % 4)],
            Time = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Unspecified).AddHours(number),
        })];
    }

    public static float[] Dense(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => (float)(random.NextDouble() * 4 - 2))];

    public static IDataView View(MLContext mlContext, IReadOnlyCollection<Row> rows, IReadOnlyList<string>? slotNames = null)
    {
        var schema = SchemaDefinition.Create(typeof(Row));
        if (slotNames is not null)
        {
            schema[nameof(Row.Features)].AddAnnotation(
                "SlotNames",
                new VBuffer<ReadOnlyMemory<char>>(slotNames.Count, [.. slotNames.Select(name => name.AsMemory())]),
                new VectorDataViewType(TextDataViewType.Instance, slotNames.Count));
        }

        return mlContext.Data.LoadFromEnumerable(rows, schema);
    }

    /// <summary>Just features, under any name and of any width.</summary>
    public static IDataView Features(MLContext mlContext, IEnumerable<float[]> rows, int width, string column = "Features")
    {
        var schema = SchemaDefinition.Create(typeof(FeaturesRow));
        schema[0].ColumnName = column;
        schema[0].ColumnType = new VectorDataViewType(NumberDataViewType.Single, width);
        return mlContext.Data.LoadFromEnumerable(rows.Select(row => new FeaturesRow { Features = row }), schema);
    }

    private static VBuffer<float> Sparse(Random random) => new(SampleModels.Features, 2, Dense(random, 2), [1, 4]);

    public sealed class FeaturesRow
    {
        public float[] Features { get; set; } = [];
    }
}
