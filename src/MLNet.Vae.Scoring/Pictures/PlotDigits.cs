namespace MLNet.Vae;

/// <summary>Digits of 4 × 7 pixels, and what else a number is written with.</summary>
internal static class PlotDigits
{
    public const int Height = 7;

    private const int GlyphWidth = 4, Spacing = 1;

    private static readonly Dictionary<char, string[]> Glyphs = new()
    {
        ['0'] = [".##.", "#..#", "#..#", "#..#", "#..#", "#..#", ".##."],
        ['1'] = ["..#.", ".##.", "..#.", "..#.", "..#.", "..#.", ".###"],
        ['2'] = [".##.", "#..#", "...#", "..#.", ".#..", "#...", "####"],
        ['3'] = [".##.", "#..#", "...#", ".##.", "...#", "#..#", ".##."],
        ['4'] = ["...#", "..##", ".#.#", "#..#", "####", "...#", "...#"],
        ['5'] = ["####", "#...", "###.", "...#", "...#", "#..#", ".##."],
        ['6'] = [".##.", "#...", "###.", "#..#", "#..#", "#..#", ".##."],
        ['7'] = ["####", "...#", "...#", "..#.", "..#.", ".#..", ".#.."],
        ['8'] = [".##.", "#..#", "#..#", ".##.", "#..#", "#..#", ".##."],
        ['9'] = [".##.", "#..#", "#..#", ".###", "...#", "...#", ".##."],
        ['-'] = ["....", "....", "....", ".###", "....", "....", "...."],
        ['.'] = ["....", "....", "....", "....", "....", "....", ".#.."],
        ['e'] = ["....", "....", ".##.", "#..#", "####", "#...", ".##."],
    };

    public static int Width(string text) => (text.Length * (GlyphWidth + Spacing)) - Spacing;

    /// <summary>The pixels that are of ink, from the upper left corner.</summary>
    public static IEnumerable<(int X, int Y)> Places(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var glyph = Glyphs[text[i]];
            for (var y = 0; y < Height; y++)
            {
                for (var x = 0; x < GlyphWidth; x++)
                {
                    if (glyph[y][x] == '#')
                        yield return ((i * (GlyphWidth + Spacing)) + x, y);
                }
            }
        }
    }
}
