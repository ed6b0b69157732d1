namespace MLNet.Vae.Measures;

/// <summary>Codes by dimension, <c>[dimensions][rows]</c>.</summary>
internal sealed record CodeColumns(double[][] Values)
{
    public int Dimensions => Values.Length;

    public int Rows => Values[0].Length;

    public static CodeColumns Of(IReadOnlyList<float[]> codes)
        => new([.. Enumerable.Range(0, codes[0].Length).Select(j => codes.Select(code => (double)code[j]).ToArray())]);
}
