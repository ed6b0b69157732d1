namespace MLNet.Vae.Latents;

/// <summary>
/// What a prior over codes reads of those before it. Codes come one after the other, those of a map line by line from the top down (van den
/// Oord, Vinyals and Kavukcuoglu 2017, section 3.2); beside its own memory, the prior of one reads what stands for its neighbours.
/// </summary>
/// <param name="Codes">Of a row.</param>
/// <param name="Width">Codes of a line of a map; 0: the codes are no map.</param>
internal sealed record CodePriorLayout(int Codes, int Width)
{
    /// <summary>Numbers that stand for an entry where a prior reads it: they are learned, as entries may be but one number.</summary>
    public const int EntryLength = 32;

    /// <summary>Stands for a neighbour that is not there.</summary>
    public const int Outside = -1;

    private int Lines => Width == 0 ? 0 : Codes / Width;

    /// <summary>Of each code: the one before it; of a map those on the left, above, and above to both sides.</summary>
    public int Neighbours => Width == 0 ? 1 : 4;

    /// <summary>Numbers that say which code it is: of a map line and column.</summary>
    public int Places => Width == 0 ? Codes : Lines + Width;

    /// <summary>Values that a step reads, beside the condition and its memory: what stands for the neighbours, then the place.</summary>
    public int InputWidth => (Neighbours * EntryLength) + Places;

    public static CodePriorLayout Of(VaeModelInfo info) => new(info.CodeCount, info.CodeMapWidth);

    /// <summary>The numbers of a code's neighbours, or <see cref="Outside"/>.</summary>
    public int[] Before(int code)
    {
        if (Width == 0)
            return [code - 1];
        var (line, column) = (code / Width, code % Width);
        return
        [
            column > 0 ? code - 1 : Outside,
            line > 0 ? code - Width : Outside,
            line > 0 && column > 0 ? code - Width - 1 : Outside,
            line > 0 && column < Width - 1 ? code - Width + 1 : Outside,
        ];
    }

    /// <summary>Which code it is, as ones among zeros.</summary>
    public float[] Place(int code)
    {
        var place = new float[Places];
        if (Width == 0)
        {
            place[code] = 1;
        }
        else
        {
            place[code / Width] = 1;
            place[Lines + (code % Width)] = 1;
        }
        return place;
    }
}
