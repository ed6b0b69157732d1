using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae;

namespace YourCsv;

/// <summary>Which columns make a row unlike the others, and what the model expected in their place.</summary>
internal static class Reasons
{
    public const string Contributions = "Contributions";

    private const int Count = 3;

    /// <summary>For each row its columns with the largest contributions: "Width +7.4 (1.2 expected), …"; nats.</summary>
    /// <param name="scored">Rows with <see cref="Contributions"/>.</param>
    /// <param name="expected">The same rows as the model would have them: <see cref="VaeTableTransformer.Reconstruct"/>.</param>
    public static string[] Of(IDataView scored, IDataView expected)
    {
        VBuffer<ReadOnlyMemory<char>> slots = default;
        scored.Schema[Contributions].GetSlotNames(ref slots);
        string[] columns = [.. slots.DenseValues().Select(name => name.ToString())];
        string[][] values = [.. columns.Select(column => Texts(expected, column))];
        return
        [
            .. scored.GetColumn<float[]>(Contributions).Select((nats, row) => string.Join(", ", nats.Index()
                .OrderByDescending(column => column.Item).Take(Count)
                .Select(column => string.Create(CultureInfo.InvariantCulture,
                    $"{columns[column.Index]} {column.Item:+0.0;-0.0} ({values[column.Index][row]} expected)")))),
        ];
    }

    private static string[] Texts(IDataView view, string column) => view.Schema[column].Type is TextDataViewType
        ? [.. view.GetColumn<string>(column)]
        : [.. view.GetColumn<float>(column).Select(value => value.ToString("G4", CultureInfo.InvariantCulture))];
}
