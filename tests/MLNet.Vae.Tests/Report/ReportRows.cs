using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Tests.Report;

/// <summary>Rows with a column of each kind that a report reads.</summary>
internal static class ReportRows
{
    public static readonly string[] Kinds = ["bar", "ring", "spot"];

    public sealed class Row
    {
        public float[] Features { get; set; } = [];

        public string Kind { get; set; } = "";

        public float Size { get; set; }

        public int Group { get; set; }

        public bool IsOdd { get; set; }
    }

    /// <summary>Blurred spots, about one in twenty of them inverted and marked odd; intensities in [0, 1].</summary>
    public static Row[] Pictures(int count)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            var (x, y, size) = (6 + (16 * random.NextDouble()), 6 + (16 * random.NextDouble()), 2 + (4 * random.NextDouble()));
            var isOdd = i % 20 == 7;
            var pixels = Enumerable.Range(0, ReportModels.Pixels).Select(p =>
            {
                var distance = Math.Pow((p % ReportModels.Side) - x, 2) + Math.Pow((p / ReportModels.Side) - y, 2);
                var value = (float)Math.Exp(-distance / (size * size));
                return isOdd ? 1 - value : value;
            });
            return new Row { Features = [.. pixels], Kind = Kinds[i % 3], Size = (float)size, Group = i % 5, IsOdd = isOdd };
        })];
    }

    public static Row[] Table(int count)
    {
        var random = new Random(2);
        return
        [
            .. Enumerable
                .Range(0, count)
                .Select(i => new Row
                {
                    Features =
                    [
                        .. Enumerable
                            .Range(0, ReportModels.TableFeatures)
                            .Select(j => j + 1 + (2 * (random.NextSingle() - 0.5f) * (i % 20 == 7 ? 5 : 1))),
                    ],
                    Kind = Kinds[i % 3],
                    Size = i,
                    Group = i % 5,
                    IsOdd = i % 20 == 7,
                }),
        ];
    }

    /// <summary>With <c>KindKey</c>, a key in the order of <see cref="Kinds"/>.</summary>
    public static IDataView View(MLContext mlContext, IReadOnlyList<Row> rows)
    {
        var schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, rows[0].Features.Length);
        var data = mlContext.Data.LoadFromEnumerable(rows, schema);
        return mlContext.Transforms.Conversion.MapValueToKey("KindKey", "Kind").Fit(data).Transform(data);
    }
}
