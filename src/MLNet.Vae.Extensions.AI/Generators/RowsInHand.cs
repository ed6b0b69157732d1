using System.Collections;

namespace MLNet.Vae.Generators;

/// <summary>
/// The rows of the batch that a thread embeds. A view over them is made once: to make one takes as long as to embed ten rows one by one.
/// </summary>
/// <typeparam name="TRow">A row.</typeparam>
internal sealed class RowsInHand<TRow> : IEnumerable<TRow>
{
    [ThreadStatic]
    private static IEnumerable<TRow>? s_rows;

    /// <summary>Opens what reads from here, on this thread, with rows for it to read.</summary>
    public static T Read<T>(IEnumerable<TRow> rows, Func<T> open)
    {
        var before = s_rows;
        s_rows = rows;
        try
        {
            return open();
        }
        finally
        {
            s_rows = before;
        }
    }

    public IEnumerator<TRow> GetEnumerator() => (s_rows ?? []).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
