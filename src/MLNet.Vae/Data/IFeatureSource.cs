namespace MLNet.Vae.Data;

/// <summary>Rows of features that can be read again and again, always in the same order.</summary>
internal interface IFeatureSource
{
    /// <summary>What lies where in a row.</summary>
    RowLayout Layout { get; }

    /// <summary>
    /// Whether the features of each row read so far stand for a category: a single 1, and else 0. Known only where there is a target.
    /// </summary>
    bool FeaturesAreOneHot => Layout.CategoricalFeatures;

    /// <summary>One pass over the rows. The memory of a block is reused by the next one.</summary>
    IEnumerable<FeatureBlock> Read();

    /// <summary>What to throw when there are too few rows to train on.</summary>
    Exception TooFewRows(long found);

    /// <summary>What to throw when every row is the same.</summary>
    Exception AllRowsEqual(long rows);

    /// <summary>What to throw when a slot of the features is missing in every row.</summary>
    Exception NoValues(int slot, long rows) => new InvalidOperationException($"Slot {slot} is missing in all of {rows} rows.");

    /// <summary>What to throw when a pass gave another number of rows than the first.</summary>
    Exception RowsChanged(long expected, long found);
}
