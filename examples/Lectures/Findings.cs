namespace Lectures;

/// <summary>What a section found: numbers, which a derived record has, and how they are shown.</summary>
internal abstract record Findings
{
    public IReadOnlyList<Figure> Figures { get; init; } = [];

    public Table? Table { get; init; }
}
