using System.Globalization;
using MLNet.Vae.Cells;
using MLNet.Vae.Noise;
using MLNet.Vae.Runtime;
using MLNet.Vae.Tables;

namespace MLNet.Vae.Generation;

/// <summary>Draws rows of a table from the prior. Thread-safe.</summary>
internal sealed class TableSampler(ScoringContext context, VaeModelInfo info, VaeTableInfo table)
{
    private readonly RowCodes _codes = new(table);
    private readonly ModelRuns _runs = new(context, info);

    /// <param name="count">Rows.</param>
    /// <param name="seed">The same gives the same rows.</param>
    /// <param name="given">Values of columns by name, text, number, Boolean or time.</param>
    /// <exception cref="ArgumentException">A column is none of the table's, or cannot have the value.</exception>
    public IReadOnlyList<CodedRow> Draw(int count, int seed, IReadOnlyDictionary<string, object> given)
    {
        var row = Given(given);
        var perRow = given.Count == 0 ? 1 : AncestralSampler.Candidates;
        var (sampler, prior) = (new AncestralSampler(_runs, _codes), context.Prior!);
        var rows = new List<CodedRow>(count);
        for (var block = AncestralSampler.BlockRows / perRow; rows.Count < count;)
        {
            var size = Math.Min(block, count - rows.Count);
            var noise = GenerationNoise.Of(seed, default, rows.Count);
            rows.AddRange(sampler.Draw(
                [.. Enumerable.Repeat(row, size)],
                noise,
                candidates => (prior.Sample(size * candidates, noise, null), new double[size * candidates]),
                perRow));
        }
        return rows;
    }

    private int[] Given(IReadOnlyDictionary<string, object> given)
    {
        var row = Enumerable.Repeat(RowCodes.Missing, _codes.Fields).ToArray();
        foreach (var (name, value) in given)
        {
            var first = 0;
            var column = table.Modelled.FirstOrDefault(column =>
            {
                if (column.Name == name)
                    return true;
                first += column.Fields.Count;
                return false;
            });
            if (column is null)
            {
                throw new ArgumentException($"The table has no column '{name}' that is modelled: it has "
                    + $"{string.Join(", ", table.Modelled.Select(column => $"'{column.Name}'"))}.", nameof(given));
            }
            foreach (var (map, i) in column.Fields.Select((_, i) => (_codes.Map(first + i), i)))
                row[first + i] = Code(column, map, value);
        }
        return row;
    }

    private static int Code(VaeTableColumn column, FieldMap map, object value)
    {
        if (column.Kind == VaeColumnKind.Time)
        {
            var time = value is DateTime date ? date : throw Refused(column, value, "a DateTime");
            var seconds = time.Ticks / (double)TimeSpan.TicksPerSecond;
            var days = seconds / TimeParts.SecondsPerDay;
            if (TimeParts.IsElapsed(map.Field) && !(days >= map.Histogram!.Least && days <= map.Histogram.Greatest))
                throw Refused(column, value, $"a time from {At(map.Histogram.Least)} to {At(map.Histogram.Greatest)}, as training had");
            return TimeParts.IsElapsed(map.Field)
                ? map.Histogram!.Bin(days)
                : map.Field.Categories!.ToList().IndexOf(TimeParts.Text(map.Field, seconds));
        }
        if (map.Field.Categories is { } categories)
        {
            var text = Convert.ToString(value, CultureInfo.InvariantCulture);
            var place = categories.ToList().FindIndex(category => category == text);
            return place >= 0 ? place
                : throw Refused(column, value, $"one of its {categories.Count} categories, such as '{categories[0]}'");
        }
        double number;
        try
        {
            number = Convert.ToDouble(value, CultureInfo.InvariantCulture);
        }
        catch (Exception error) when (error is FormatException or InvalidCastException or OverflowException)
        {
            throw Refused(column, value, "a number");
        }
        var (least, greatest) = (map.Histogram!.Least, map.Histogram.Greatest);
        return number >= least && number <= greatest ? map.Histogram.Bin(number)
            : throw Refused(column, value, FormattableString.Invariant($"a number from {least} to {greatest}, as training had"));
    }

    private static string At(double days)
        => TimeParts.Of(days * TimeParts.SecondsPerDay).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static ArgumentException Refused(VaeTableColumn column, object? value, string expected)
        => new($"Column '{column.Name}' cannot be '{Convert.ToString(value, CultureInfo.InvariantCulture)}': expected {expected}.");
}
