namespace MLNet.Vae;

/// <summary>What a job writes of a row, in this order, separated by commas.</summary>
[Flags]
public enum VaeJobOutputs
{
    /// <summary>Nothing; no job is like this.</summary>
    None = 0,

    /// <summary>The score.</summary>
    Score = 1,

    /// <summary>1 where the score does not lie at or below the threshold, else 0.</summary>
    PredictedLabel = 2,

    /// <summary>The share of normal rows that score as high.</summary>
    PValue = 4,

    /// <summary>The posterior mean, L numbers.</summary>
    Embedding = 8,

    /// <summary>The share of each feature in the score, D numbers; of a table, of each column that is modelled, in its order.</summary>
    Contributions = 16,
}
