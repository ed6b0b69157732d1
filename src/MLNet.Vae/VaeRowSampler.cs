namespace MLNet.Vae;

/// <summary>
/// What rows of a table are drawn by: a masked autoencoder for distribution estimation (Germain et al. 2015) that is fitted after the
/// model, p(x_j | x_1 … x_(j−1)) for each field x_j in the order of the columns, or given z too. A decoder draws the fields of a row
/// independently given z; this draws each with those before it.
/// </summary>
public sealed record VaeRowSampler
{
    /// <summary>Units of a hidden layer where none are given.</summary>
    public const int DefaultUnits = 384;

    private const int MostUnits = 1 << 14, MostEpochs = 100_000;

    /// <summary>Units of each of two hidden layers, 16 to 16,384.</summary>
    /// <value>Default: 384.</value>
    public int Units { get; init; } = DefaultUnits;

    /// <summary>Passes over the rows, 1 to 100,000; <see langword="null"/>: as many as the number of rows asks for.</summary>
    /// <value>Default: <see langword="null"/>.</value>
    public int? Epochs { get; init; }

    /// <summary>
    /// Whether fields are drawn given z too. What is missing is drawn by z, which tells of the fields behind it. Synthetic rows are better
    /// without: their z would come from the prior, which the posteriors of real rows do not fill evenly.
    /// </summary>
    /// <value>
    /// Default: <see langword="null"/>, which is <see langword="true"/> for <c>VaeImpute</c> and <see langword="false"/> elsewhere.
    /// </value>
    public bool? GivenLatent { get; init; }

    internal IEnumerable<string> Faults()
    {
        if (Units is < 16 or > MostUnits)
            yield return OptionFaults.Expected($"{nameof(VaeRowSampler)}.{nameof(Units)}", Units, "16 to 16,384");
        if (Epochs is { } epochs and not (>= 1 and <= MostEpochs))
            yield return OptionFaults.Expected($"{nameof(VaeRowSampler)}.{nameof(Epochs)}", epochs, "1 to 100,000");
    }
}
