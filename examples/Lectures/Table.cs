namespace Lectures;

/// <summary>Numbers of several models, side by side.</summary>
internal sealed record Table(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows);
