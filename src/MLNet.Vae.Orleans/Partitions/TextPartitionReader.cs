using System.Globalization;
using System.Text;

namespace MLNet.Vae.Partitions;

/// <summary>
/// Lines of text: of a table, its columns below a header; else numbers, the features of a model and behind them its condition.
/// </summary>
internal sealed class TextPartitionReader : IVaePartitionReader
{
    private const int ShownBytes = 40;

    public IEnumerable<ReadOnlyMemory<float>> Read(VaePartition partition, VaeModelInfo model, CancellationToken cancellation)
    {
        if (model.Table is { } table)
            return CsvTable.Read(partition, table, cancellation);
        var width = model.FeatureCount + model.ConditionCount;
        return LineRows.Read(
            new(partition.Source, partition.From, partition.To),
            width,
            mayBeEmpty: width == 1,
            (line, row, at) => Parse(line, row, partition, at, model),
            cancellation);
    }

    private static void Parse(ReadOnlySpan<byte> line, Span<float> row, VaePartition partition, long at, VaeModelInfo model)
    {
        var rest = line;
        for (var slot = 0; slot < row.Length; slot++)
        {
            var comma = rest.IndexOf((byte)',');
            if (comma < 0 != (slot == row.Length - 1))
                throw Fault(partition, at, $"{Text(row.Length)} numbers separated by commas", Text(line.Count((byte)',') + 1));
            var field = comma < 0 ? rest : rest[..comma];
            rest = comma < 0 ? default : rest[(comma + 1)..];
            if (field.IsEmpty && slot < model.FeatureCount && model.MissingValues == VaeMissingValues.Observed)
                row[slot] = float.NaN;
            else if (!float.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out row[slot]))
                throw Fault(partition, at, $"a number in column {Text(slot + 1)}", Quoted(field));
        }
    }

    private static InvalidDataException Fault(VaePartition partition, long at, string expected, string found)
        => new(
            FormattableString.Invariant($"'{partition.Source}', line that begins at byte {at}: expected {expected}, found {found}. ")
                + "Give the features of training, in their order and units.");

    private static string Quoted(ReadOnlySpan<byte> field)
        => field.IsEmpty ? "nothing" : $"\"{Encoding.UTF8.GetString(field[..Math.Min(field.Length, ShownBytes)])}\"";

    private static string Text(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
