namespace MLNet.Vae.Rows;

/// <summary>Objects by the names of their columns.</summary>
internal readonly struct DictionaryRow(IReadOnlyDictionary<string, object?>? row) : IRow
{
    public string? Fault => row is null ? "null" : null;

    public bool TryGet(string column, out RowValue value)
    {
        var isThere = row!.TryGetValue(column, out var found);
        value = RowValue.Of(found);
        return isThere;
    }
}
