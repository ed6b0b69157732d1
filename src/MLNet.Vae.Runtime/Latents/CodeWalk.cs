namespace MLNet.Vae.Latents;

/// <summary>
/// Goes through the codes of rows one after the other, each chosen once the prior of it is known from those before: drawn, given, or
/// decoded. Rows go in blocks of one size, so that a row's logits have the same bits however many rows there are.
/// </summary>
/// <param name="layout">What a step reads.</param>
/// <param name="entries">What stands for each entry of the codebook, <c>[codebook][32]</c>.</param>
/// <param name="units">Length of the memory.</param>
/// <param name="step">The prior.</param>
internal sealed class CodeWalk(CodePriorLayout layout, float[][] entries, int units, CodePriorStep step)
{
    /// <summary>Rows of a step.</summary>
    public const int BlockRows = 64;

    /// <param name="count">Rows.</param>
    /// <param name="conditions">One for each row; <see langword="null"/> where the model has none.</param>
    /// <param name="choose">The number of an entry, of row, code and logits.</param>
    /// <returns>Numbers of entries, <c>[count][codes]</c>.</returns>
    public int[][] Run(int count, float[][]? conditions, Func<int, int, float[], int> choose)
    {
        var codes = new int[count][];
        for (var start = 0; start < count; start += BlockRows)
            Block(codes, start, Math.Min(BlockRows, count - start), conditions, choose);
        return codes;
    }

    private void Block(int[][] codes, int start, int rows, float[][]? conditions, Func<int, int, float[], int> choose)
    {
        for (var row = 0; row < rows; row++)
            codes[start + row] = new int[layout.Codes];
        // Those beyond the last row are filled up, and nobody looks at them.
        var memories = Filled(_ => new float[units]);
        var own = conditions is null ? null : Filled(row => conditions[start + Math.Min(row, rows - 1)]);
        for (var code = 0; code < layout.Codes; code++)
        {
            var (before, place) = (layout.Before(code), layout.Place(code));
            var inputs = Filled(row => Input(row < rows ? codes[start + row] : null, before, place));
            (var logits, memories) = step(inputs, memories, own);
            for (var row = 0; row < rows; row++)
                codes[start + row][code] = choose(start + row, code, logits[row]);
        }
    }

    private float[] Input(int[]? codes, int[] before, float[] place)
    {
        var input = new float[layout.InputWidth];
        for (var i = 0; i < before.Length; i++)
        {
            if (codes is not null && before[i] != CodePriorLayout.Outside)
                entries[codes[before[i]]].CopyTo(input, i * CodePriorLayout.EntryLength);
        }
        place.CopyTo(input, before.Length * CodePriorLayout.EntryLength);
        return input;
    }

    private static float[][] Filled(Func<int, float[]> of) => [.. Enumerable.Range(0, BlockRows).Select(of)];
}
