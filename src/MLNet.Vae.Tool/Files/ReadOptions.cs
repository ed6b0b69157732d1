namespace MLNet.Vae.Tool.Files;

/// <summary>What is known of a file before it is read.</summary>
internal sealed record ReadOptions
{
    /// <summary>What separates values; null: the one that fits the header.</summary>
    public char? Separator { get; init; }

    /// <summary>Columns that are text, whatever they look like.</summary>
    public IReadOnlySet<string> TextColumns { get; init; } = new HashSet<string>();

    /// <summary>What a model expects of columns; of the others the values decide.</summary>
    public IReadOnlyDictionary<string, CellKind> Expected { get; init; } = new Dictionary<string, CellKind>();
}
