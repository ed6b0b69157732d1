namespace MLNet.Vae;

/// <summary>What is taken of p(x | z), the distribution that a decoder gives.</summary>
public enum VaeDraw
{
    /// <summary>
    /// Its mean: for pictures the one to look at. Of a binary feature the probability of 1, of a category the probability of each.
    /// </summary>
    Mean,

    /// <summary>A draw: a row as the data have them, with the decoder's noise, 0 or 1 of a binary feature, one-hot of a category.</summary>
    Random,
}
