using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using MLNet.Vae.Columns;

namespace MLNet.Vae.Windows;

/// <summary>The columns of a schema that readings of a series are in: channels, key and time. Thread-safe.</summary>
internal sealed class ReadingColumns
{
    private readonly (int Index, int Width)[] _channels;
    private readonly int? _key, _time;

    private ReadingColumns((int Index, int Width)[] channels, int? key, int? time, IReadOnlyList<string> names)
        => (_channels, _key, _time, Names) = (channels, key, time, names);

    /// <summary>Of the channels: those of their columns, and of a vector its column and the name of the slot.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Their places in the schema.</summary>
    public IEnumerable<int> Indices =>
        [.. _channels.Select(channel => channel.Index), .. new[] { _key, _time }.OfType<int>()];

    /// <exception cref="ArgumentOutOfRangeException">Columns are missing or of another type; the message says all of it.</exception>
    public static ReadingColumns Of(IExceptionContext context, DataViewSchema schema, VaeWindowOptions options)
    {
        var faults = new List<string>();
        var (channels, names) = (new List<(int, int)>(), new List<string>());
        foreach (var name in options.Columns)
        {
            if (schema.GetColumnOrNull(name) is not { } column)
            {
                faults.Add(Missing("channel", name));
                continue;
            }
            var vector = column.Type as VectorDataViewType;
            if (NumberReader.Takes(vector?.ItemType ?? column.Type) && vector is null or { IsKnownSize: true })
            {
                channels.Add((column.Index, vector?.Size ?? 1));
                names.AddRange(vector is null ? [name] : SlotNames(column, vector.Size));
            }
            else
            {
                faults.Add($"the channel column \"{name}\" must be a number, a Boolean, or a vector of numbers of known size; it is "
                    + $"{column.Type}. Convert it first: mlContext.Transforms.Conversion.ConvertType(\"{name}\", "
                    + "outputKind: DataKind.Single)");
            }
        }
        var key = Other(options.KeyColumnName, "key", KeyText.Takes, "text, a key or an integer",
            name => $"mlContext.Transforms.Conversion.ConvertType(\"{name}\", outputKind: DataKind.String)");
        var time = Other(options.TimeColumnName, "time", TimeSeconds.Takes,
            "a DateTime, a DateTimeOffset, a TimeSpan or a number of seconds",
            name => $"mlContext.Transforms.Conversion.ConvertType(\"{name}\", outputKind: DataKind.DateTime)");
        if (faults.Count > 0)
        {
            var found = string.Join(", ", schema.Where(column => !column.IsHidden).Select(column => column.Name));
            throw context.Process(new ArgumentOutOfRangeException(
                nameof(schema), $"The series cannot be read: {string.Join("; ", faults)}. The data has {found}."));
        }
        return new([.. channels], key, time, names);

        int? Other(string? name, string role, Func<DataViewType, bool> takes, string expected, Func<string, string> remedy)
        {
            if (name is null)
                return null;
            if (schema.GetColumnOrNull(name) is not { } column)
            {
                faults.Add(Missing(role, name));
                return null;
            }
            if (!takes(column.Type))
                faults.Add($"the {role} column \"{name}\" must be {expected}; it is {column.Type}. Convert it first: {remedy(name)}");
            return column.Index;
        }
    }

    /// <summary>Reads rows, where <see cref="Indices"/> are active.</summary>
    public ReadingReader Reader(DataViewRow row) => new(
        [.. _channels.Select(channel => NumberReader.Of(row, row.Schema[channel.Index], channel.Width))],
        _key is { } key ? KeyText.Of(row, row.Schema[key]) : null,
        _time is { } time ? TimeSeconds.Of(row, row.Schema[time]) : null,
        Names.Count);

    private static string Missing(string role, string name) => $"the {role} column \"{name}\" is missing";

    private static IEnumerable<string> SlotNames(DataViewSchema.Column column, int size)
    {
        var names = InputColumn.SlotNamesOf(column, size);
        return Enumerable.Range(0, size).Select(slot => names is not null && names[slot].Length > 0
            ? names[slot]
            : FormattableString.Invariant($"{column.Name}.{slot}"));
    }
}
