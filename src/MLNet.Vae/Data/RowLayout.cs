namespace MLNet.Vae.Data;

/// <summary>What lies where in a row of training data: features, then target, then condition.</summary>
/// <param name="Features">Values that the encoder reads.</param>
/// <param name="Target">Values that the decoder is to give; 0: the features.</param>
/// <param name="Condition">Values that both are conditioned on; 0: none.</param>
internal sealed record RowLayout(int Features, int Target = 0, int Condition = 0)
{
    /// <summary>Whether the features stand for a category: 0 and 1 have no scale.</summary>
    public bool CategoricalFeatures { get; init; }

    /// <summary>Whether the condition stands for a category or is a Boolean.</summary>
    public bool CategoricalCondition { get; init; }

    public int Width => Features + Target + Condition;

    /// <summary>Values that the decoder is to give.</summary>
    public int Reconstructed => Target == 0 ? Features : Target;
}
