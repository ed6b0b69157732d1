using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Tests.Estimators;

/// <summary>
/// Rows of three classes that say their class in every way a condition can, and a target that depends on the class alone.
/// </summary>
internal static class ClassRows
{
    public const int Features = 6;
    public const int Classes = 3;
    public const int Targets = 4;

    public static readonly string[] Names = ["low", "middle", "high"];

    public static List<Row> Create(int count, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(number => Row.Of(number, random))];
    }

    public static IDataView View(MLContext mlContext, int count, int seed = 1) => View(mlContext, Create(count, seed));

    /// <param name="mlContext">The context.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="names">What the keys of <see cref="Row.Kind"/> stand for; null: nothing is said.</param>
    /// <param name="slots">Slot names of <see cref="Row.Target"/>; null: none.</param>
    public static IDataView View(MLContext mlContext, IEnumerable<Row> rows, string[]? names = null, string[]? slots = null)
    {
        var schema = SchemaDefinition.Create(typeof(Row));
        Annotate(schema[nameof(Row.Kind)], "KeyValues", names);
        Annotate(schema[nameof(Row.Target)], "SlotNames", slots);
        return mlContext.Data.LoadFromEnumerable(rows, schema);
    }

    private static void Annotate(SchemaDefinition.Column column, string kind, string[]? names)
    {
        if (names is not null)
        {
            column.AddAnnotation(
                kind,
                new VBuffer<ReadOnlyMemory<char>>(names.Length, [.. names.Select(name => name.AsMemory())]),
                new VectorDataViewType(TextDataViewType.Instance, names.Length));
        }
    }

    public sealed class Row
    {
        [VectorType(ClassRows.Features)]
        public float[] Features { get; set; } = [];

        /// <summary>ML.NET counts a key that comes from an object from 0; from the count on it is missing.</summary>
        [KeyType(Classes)]
        public uint Kind { get; set; }

        [KeyType(Classes)]
        public byte SmallKind { get; set; }

        public bool IsHigh { get; set; }

        public float Level { get; set; }

        [VectorType(2)]
        public float[] Pair { get; set; } = [];

        [VectorType(Classes)]
        public float[] OneHot { get; set; } = [];

        [VectorType(Targets)]
        public float[] Target { get; set; } = [];

        public string Name { get; set; } = "";

        public int Number { get; set; }

        public static Row Of(int number, Random random)
        {
            var kind = number % Classes;
            return new()
            {
                Features = [.. Enumerable.Range(0, ClassRows.Features).Select(j => (j == kind ? 3 : 0) + random.NextSingle())],
                Kind = (uint)kind,
                SmallKind = (byte)kind,
                IsHigh = kind == Classes - 1,
                Level = 100 * kind,
                Pair = [kind + random.NextSingle(), 7],
                OneHot = [.. Enumerable.Range(0, Classes).Select(j => j == kind ? 1f : 0f)],
                Target = [.. Enumerable.Range(0, Targets).Select(j => (10 * ((kind + j) % Classes)) + random.NextSingle())],
                Name = Names[kind],
                Number = kind,
            };
        }
    }
}
