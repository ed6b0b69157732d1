using System.Globalization;
using System.Text.Json.Serialization;
using MLNet.Vae.Messages;

namespace MLNet.Vae;

/// <summary>What is wrong with one value of a row.</summary>
public sealed record VaeRowFault
{
    /// <summary>The row among those of the call, from 0; <see langword="null"/>: there is one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Row { get; init; }

    /// <summary>The column; <see langword="null"/>: it is of the row as a whole.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Column { get; init; }

    /// <summary>The value of a vector, from 0; <see langword="null"/>: it is of the column as a whole.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Slot { get; init; }

    /// <summary>What that value is called; <see langword="null"/>: the model knows no name.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? SlotName { get; init; }

    /// <summary>What should be there, in words.</summary>
    public required string Expected { get; init; }

    /// <summary>What is there, in words.</summary>
    public required string Found { get; init; }

    /// <summary>The sentence: where, what was expected, what was found.</summary>
    public override string ToString()
    {
        string[] place =
        [
            .. Column is null ? Array.Empty<string>() : [$"column \"{Column}\""],
            .. Row is { } row ? [string.Create(CultureInfo.InvariantCulture, $"row {row:N0} (counted from 0)")] : Array.Empty<string>(),
            .. Slot is { } slot ? [BadValue.Slot(slot, SlotName)] : Array.Empty<string>(),
        ];
        var sentence = $"{string.Join(", ", place)}{(place.Length > 0 ? ": " : "")}expected {Expected}, found {Found}";
        return $"{char.ToUpperInvariant(sentence[0])}{sentence[1..]}";
    }
}
