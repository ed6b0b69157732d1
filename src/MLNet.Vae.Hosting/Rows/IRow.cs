namespace MLNet.Vae.Rows;

/// <summary>Values by the names of their columns.</summary>
internal interface IRow
{
    /// <summary>What it is instead of a row; <see langword="null"/>: it is one.</summary>
    string? Fault { get; }

    /// <returns>Whether there is such a column.</returns>
    bool TryGet(string column, out RowValue value);
}
