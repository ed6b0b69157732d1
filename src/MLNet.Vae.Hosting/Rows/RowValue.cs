using System.Globalization;
using System.Text.Json;

namespace MLNet.Vae.Rows;

/// <summary>A value of a row as it came: from JSON, or an object of .NET.</summary>
internal readonly struct RowValue
{
    private const int ShownCharacters = 40;

    private readonly JsonElement _json;
    private readonly object? _value;

    private RowValue(JsonElement json, object? value) => (_json, _value) = (json, value);

    public static RowValue Of(JsonElement json) => new(json, null);

    public static RowValue Of(object? value) => value is JsonElement json ? new(json, null) : new(default, value);

    /// <summary>Whether there is nothing, by intention.</summary>
    public bool IsNull => _json.ValueKind is JsonValueKind.Null || (_json.ValueKind == JsonValueKind.Undefined && _value is null or DBNull);

    public string? Text => _json.ValueKind == JsonValueKind.String ? _json.GetString() : _value as string;

    public bool? Flag => _json.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => _value as bool?,
    };

    /// <summary>NaN is one; of JSON, infinity too, where it is too large.</summary>
    public double? Number
    {
        get
        {
            if (_json.ValueKind == JsonValueKind.Number)
                return _json.GetDouble();
            return _value switch
            {
                double number => number,
                float number => number,
                int number => number,
                long number => number,
                uint or ulong or short or ushort or byte or sbyte or decimal => Convert.ToDouble(_value, CultureInfo.InvariantCulture),
                _ => null,
            };
        }
    }

    /// <summary>In UTC where an offset is said, else as it stands.</summary>
    public DateTime? Time
    {
        get
        {
            if (_json.ValueKind == JsonValueKind.String && _json.TryGetDateTime(out var read))
                return read.Kind == DateTimeKind.Local ? read.ToUniversalTime() : read;
            return _value switch
            {
                DateTime time => time,
                DateTimeOffset time => time.UtcDateTime,
                DateOnly day => day.ToDateTime(TimeOnly.MinValue),
                _ => null,
            };
        }
    }

    /// <summary>Values of a vector; <see langword="null"/>: it is none.</summary>
    public int? Length => _json.ValueKind == JsonValueKind.Array ? _json.GetArrayLength() : _value switch
    {
        float[] items => items.Length,
        IReadOnlyList<float> items => items.Count,
        IReadOnlyList<double> items => items.Count,
        _ => null,
    };

    /// <summary>What there is, for an error.</summary>
    public string Found => _json.ValueKind switch
    {
        JsonValueKind.String => Quoted(_json.GetString()!),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => _json.GetRawText(),
        JsonValueKind.Array => Values(_json.GetArrayLength()),
        JsonValueKind.Object => "an object",
        JsonValueKind.Null => "null",
        _ => _value switch
        {
            null => "null",
            string text => Quoted(text),
            bool flag => flag ? "true" : "false",
            _ when Length is { } length => Values(length),
            _ when Number is not null => Convert.ToString(_value, CultureInfo.InvariantCulture)!,
            _ => $"a {_value.GetType().Name}",
        },
    };

    /// <param name="slot">Below <see cref="Length"/>.</param>
    public RowValue Item(int slot) => _json.ValueKind == JsonValueKind.Array ? Of(_json[slot]) : _value switch
    {
        IReadOnlyList<float> items => new(default, items[slot]),
        _ => new(default, ((IReadOnlyList<double>)_value!)[slot]),
    };

    private static string Quoted(string text)
        => text.Length <= ShownCharacters ? $"the text \"{text}\"" : $"the text \"{text[..ShownCharacters]}…\"";

    private static string Values(int count) => string.Create(CultureInfo.InvariantCulture, $"a vector of {count:N0}");
}
