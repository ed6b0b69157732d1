using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MLNet.Vae.Training.Steps;

/// <summary>
/// Copies a matrix into the order in which <see cref="Tile"/> reads it: panels of so many lines, <c>[depth, lines]</c> each, missing lines
/// 0.
/// </summary>
internal static class Panels
{
    // Of the inner dimension, copied before the next panel is: little enough that the pages read stay known, enough that the lines written
    // do.
    private const int Step = 16;

    /// <param name="from">Element (line, k) lies at line·<paramref name="across"/> + k·<paramref name="along"/>; one of both is 1.</param>
    /// <param name="across">From a line to the next.</param>
    /// <param name="along">From k to the next.</param>
    /// <param name="lines">Of the matrix.</param>
    /// <param name="depth">Values of k.</param>
    /// <param name="to">Takes the panels.</param>
    /// <param name="panel">Lines of a panel, a multiple of 4.</param>
    public static void Fill(ref float from, nint across, nint along, int lines, int depth, ref float to, int panel)
    {
        var step = across == 1 ? Step : depth;
        for (var k = 0; k < depth; k += step)
        {
            for (var line = 0; line < lines; line += panel)
            {
                FillPart(
                    ref Unsafe.Add(ref from, line * across + k * along),
                    across,
                    along,
                    Math.Min(panel, lines - line),
                    Math.Min(step, depth - k),
                    ref Unsafe.Add(ref to, (nint)line * depth + (nint)k * panel),
                    panel
                );
            }
        }
    }

    private static void FillPart(ref float from, nint across, nint along, int lines, nint depth, ref float to, nint panel)
    {
        nint k = 0;
        for (; across == 1 && lines == panel && k < depth; k++)
        {
            for (nint line = 0; line < panel; line += Vector128<float>.Count)
                Vector128.LoadUnsafe(ref Unsafe.Add(ref from, k * along + line)).StoreUnsafe(ref Unsafe.Add(ref to, k * panel + line));
        }
        for (; along == 1 && lines == panel && k + Vector128<float>.Count <= depth; k += Vector128<float>.Count)
        {
            for (nint line = 0; line < panel; line += Vector128<float>.Count)
                Transpose(ref Unsafe.Add(ref from, line * across + k), across, ref Unsafe.Add(ref to, k * panel + line), panel);
        }
        for (; k < depth; k++)
        {
            for (nint line = 0; line < panel; line++)
                Unsafe.Add(ref to, k * panel + line) = line < lines ? Unsafe.Add(ref from, line * across + k * along) : 0;
        }
    }

    /// <summary>4 × 4 values.</summary>
    private static void Transpose(ref float from, nint across, ref float to, nint along)
    {
        var (r0, r1) = (Vector128.LoadUnsafe(ref from), Vector128.LoadUnsafe(ref Unsafe.Add(ref from, across)));
        var (r2, r3) = (
            Vector128.LoadUnsafe(ref Unsafe.Add(ref from, 2 * across)),
            Vector128.LoadUnsafe(ref Unsafe.Add(ref from, 3 * across))
        );
        var (low01, low23) = (Sse.UnpackLow(r0, r1), Sse.UnpackLow(r2, r3));
        var (high01, high23) = (Sse.UnpackHigh(r0, r1), Sse.UnpackHigh(r2, r3));
        Sse.MoveLowToHigh(low01, low23).StoreUnsafe(ref to);
        Sse.MoveHighToLow(low23, low01).StoreUnsafe(ref Unsafe.Add(ref to, along));
        Sse.MoveLowToHigh(high01, high23).StoreUnsafe(ref Unsafe.Add(ref to, 2 * along));
        Sse.MoveHighToLow(high23, high01).StoreUnsafe(ref Unsafe.Add(ref to, 3 * along));
    }
}
