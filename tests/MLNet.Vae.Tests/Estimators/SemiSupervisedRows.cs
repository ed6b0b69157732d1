using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Tests.Estimators;

/// <summary>
/// Rows of three kinds, bits around a pattern of each kind or of its mirror: what the pattern is, all rows tell; which patterns are one
/// kind, only labels do.
/// </summary>
internal static class SemiSupervisedRows
{
    public const int Features = 24, Classes = 3;

    public static readonly string[] Names = ["ant", "bee", "cat"];

    public static List<Row> Create(int count, int labelledPerClass, int seed = 1)
    {
        var random = new Random(seed);
        var labelled = new int[Classes];
        return
        [
            .. Enumerable.Range(0, count).Select(_ =>
            {
                var kind = random.Next(Classes);
                var pattern = (2 * kind) + random.Next(2);
                var isLabelled = labelled[kind]++ < labelledPerClass;
                return new Row
                {
                    Features =
                    [
                        .. Enumerable.Range(0, Features)
                            .Select(slot => slot / 4 == pattern == random.NextDouble() < 0.92 ? 1f : 0),
                    ],
                    // ML.NET counts a key that comes from an object from 0; one beyond the last is missing.
                    Label = isLabelled ? (uint)kind : uint.MaxValue,
                    Kind = (uint)kind,
                };
            }),
        ];
    }

    public static IDataView View(MLContext mlContext, IEnumerable<Row> rows, string[]? names = null)
    {
        var schema = SchemaDefinition.Create(typeof(Row));
        foreach (var column in new[] { nameof(Row.Label), nameof(Row.Kind) })
        {
            schema[column].AddAnnotation(
                "KeyValues",
                new VBuffer<ReadOnlyMemory<char>>(Classes, [.. (names ?? Names).Select(name => name.AsMemory())]),
                new VectorDataViewType(TextDataViewType.Instance, Classes));
        }
        return mlContext.Data.LoadFromEnumerable(rows, schema);
    }

    public sealed class Row
    {
        [VectorType(SemiSupervisedRows.Features)]
        public float[] Features { get; set; } = [];

        /// <summary>Known of some.</summary>
        [KeyType(Classes)]
        public uint Label { get; set; }

        /// <summary>What it is.</summary>
        [KeyType(Classes)]
        public uint Kind { get; set; }
    }
}
