namespace YourCsv;

/// <summary>A delimited file in memory.</summary>
/// <param name="Path">The file.</param>
/// <param name="Separator">What separates its values.</param>
/// <param name="Header">Names of its columns, all different.</param>
/// <param name="Rows">Its values, as many in each row as there are columns.</param>
/// <param name="Lines">The line of each row, counted from 1.</param>
internal sealed record CsvTable(string Path, char Separator, string[] Header, IReadOnlyList<string[]> Rows, IReadOnlyList<int> Lines);
