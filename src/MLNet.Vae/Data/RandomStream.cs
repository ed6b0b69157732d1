namespace MLNet.Vae.Data;

/// <summary>
/// The uses of randomness, each with a stream of its own: a change of one, such as the batch size, leaves the others alone.
/// </summary>
internal enum RandomStream
{
    Weights = 1,
    Noise = 2,
    Judging = 3,
    Shuffle = 4,
    Corruption = 5,
    Codes = 6,
    LookedAt = 7,
    FinalJudging = 8,
    CodePrior = 9,
    Table = 10,
    RowSampler = 11,
}
