namespace MLNet.Vae.Runtime;

/// <summary>What goes into one tensor of a graph, <c>[rows, width]</c>.</summary>
/// <param name="Tensor">Its name.</param>
/// <param name="Width">Values of a row.</param>
/// <param name="Read">Writes the values of a row, counted from 0.</param>
internal sealed record RowSource(string Tensor, int Width, Action<int, Span<float>> Read)
{
    public static RowSource Of(string tensor, int width, IReadOnlyList<float[]> rows) =>
        new(tensor, width, (row, to) => rows[row].CopyTo(to));
}
