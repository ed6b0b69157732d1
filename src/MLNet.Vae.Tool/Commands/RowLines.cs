using MLNet.Vae.Tool.Files;

namespace MLNet.Vae.Tool.Commands;

/// <summary>Where rows begin in a delimited file, in which a quoted value may have line breaks.</summary>
internal static class RowLines
{
    /// <param name="file">Any file; one without lines gives none.</param>
    /// <param name="rows">Numbers of rows, from 1.</param>
    public static IReadOnlyDictionary<long, long> Of(TableFile file, IReadOnlySet<long> rows)
        => rows.Count == 0 || file.Lines() is not { } lines ? new Dictionary<long, long>()
            : lines.Select((line, i) => (Row: i + 1L, line)).TakeWhile(pair => pair.Row <= rows.Max())
                .Where(pair => rows.Contains(pair.Row)).ToDictionary(pair => pair.Row, pair => pair.line);
}
