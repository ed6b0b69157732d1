namespace MLNet.Vae;

/// <summary>What encoder and decoder are told besides the features (conditional VAE: Sohn, Lee and Yan 2015).</summary>
public sealed record VaeCondition
{
    /// <summary>Name of the column: a key, <c>Boolean</c>, <c>Single</c>, or <c>Vector&lt;Single&gt;</c> of known size.</summary>
    public required string ColumnName { get; init; }

    /// <summary>Whether the prior depends on the condition, p(z | c); otherwise it is N(0, I) whatever the condition.</summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool LearnedPrior { get; init; }

    internal IEnumerable<string> Faults()
    {
        if (string.IsNullOrWhiteSpace(ColumnName))
            yield return "the condition's column name must not be blank";
    }
}
