using System.Text.Json;

namespace MLNet.Vae.Rows;

/// <summary>A JSON object.</summary>
internal readonly struct JsonRow(JsonElement row) : IRow
{
    public string? Fault => row.ValueKind == JsonValueKind.Object ? null : RowValue.Of(row).Found;

    public bool TryGet(string column, out RowValue value)
    {
        var isThere = row.TryGetProperty(column, out var json);
        value = RowValue.Of(json);
        return isThere;
    }
}
