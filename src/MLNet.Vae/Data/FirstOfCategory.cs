namespace MLNet.Vae.Data;

/// <summary>
/// Tells the first row of each category from the others. It is trained on, whatever a split draws: of a category that no row trained on
/// has nothing is learned, and a row of it that is held out would judge an epoch by noise.
/// </summary>
/// <param name="categories">Places of a one-hot vector.</param>
internal sealed class FirstOfCategory(int categories)
{
    private readonly bool[] _seen = new bool[categories];

    /// <summary>Categories met so far: as many as rows that must not be held out.</summary>
    public int Count { get; private set; }

    /// <param name="features">Of the next row, one-hot; of any other nothing is known, and it is no first one.</param>
    public bool Take(ReadOnlySpan<float> features) => features.IndexOf(1f) is >= 0 and var category && Take(category);

    /// <param name="category">Of the next row, from 0.</param>
    public bool Take(int category)
    {
        if (_seen[category])
            return false;
        Count++;
        return _seen[category] = true;
    }
}
