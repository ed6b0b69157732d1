namespace MLNet.Vae.Partitions;

/// <summary>Rows that lines of a file are parsed as, some hundred at a time.</summary>
internal static class LineRows
{
    private const int RowsAtOnce = 256;

    /// <param name="line">Without its end.</param>
    /// <param name="row">Takes its numbers, <c>[width]</c>.</param>
    /// <param name="at">The byte at which the line begins.</param>
    public delegate void Parser(ReadOnlySpan<byte> line, Span<float> row, long at);

    /// <param name="lines">Of a file; disposed in the end.</param>
    /// <param name="width">Numbers of a row.</param>
    /// <param name="mayBeEmpty">Whether a line without a byte is a row, as of one value that is missing.</param>
    /// <param name="parse">Makes a row of a line.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <returns><c>[n, width]</c>, up to the next.</returns>
    public static IEnumerable<ReadOnlyMemory<float>> Read(
        LineRange lines, int width, bool mayBeEmpty, Parser parse, CancellationToken cancellation)
    {
        using var _ = lines;
        var rows = new float[RowsAtOnce * width];
        var count = 0;
        while (lines.TryRead(out var line))
        {
            if (line.IsEmpty && !mayBeEmpty)
                continue;
            parse(line, rows.AsSpan(count * width, width), lines.Position);
            if (++count < RowsAtOnce)
                continue;
            cancellation.ThrowIfCancellationRequested();
            yield return rows;
            count = 0;
        }
        if (count > 0)
            yield return rows.AsMemory(0, count * width);
    }
}
