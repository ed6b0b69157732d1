namespace YourCsv;

/// <summary>One column of a table.</summary>
/// <param name="Index">Its place, from 0.</param>
/// <param name="Name">Its name in the header.</param>
/// <param name="Type">What it was taken for.</param>
/// <param name="Missing">Rows without a value.</param>
/// <param name="Distinct">Different values.</param>
internal sealed record CsvColumn(int Index, string Name, ColumnType Type, int Missing, int Distinct)
{
    /// <summary>Whether its values are read as words, one feature each.</summary>
    public bool IsCategorical => Type is ColumnType.Boolean or ColumnType.Category;
}
