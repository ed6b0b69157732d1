using MLNet.Vae.Missing;

namespace MLNet.Vae.Data;

/// <summary>What lies where in a row of training data: features, then target, then condition.</summary>
/// <param name="Features">Values of the features.</param>
/// <param name="Target">Values that the decoder is to give; 0: the features.</param>
/// <param name="Condition">Values that both are conditioned on; 0: none.</param>
internal sealed record RowLayout(int Features, int Target = 0, int Condition = 0)
{
    /// <summary>Whether the features stand for a category: 0 and 1 have no scale.</summary>
    public bool CategoricalFeatures { get; init; }

    /// <summary>Whether the condition stands for a category or is a Boolean.</summary>
    public bool CategoricalCondition { get; init; }

    /// <summary>
    /// Whether what lies in the place of the condition is a label, zeros where it is missing, which no network is conditioned on.
    /// </summary>
    public bool ConditionIsLabel { get; init; }

    /// <summary>
    /// Whether a row is a pair of whole numbers, a category and a link that it has, in place of two one-hot vectors:
    /// <see cref="LinkRows"/>.
    /// </summary>
    public bool AreLinks { get; init; }

    /// <summary>Different tokens, where the features are a sequence; 0: they are none.</summary>
    public int Tokens { get; init; }

    /// <summary>
    /// How the encoder reads features some of which are missing, NaN; <see langword="null"/>: none may be, and it reads the features.
    /// </summary>
    public MaskLayout? Mask { get; init; }

    /// <summary>Values that the encoder reads of the features.</summary>
    public int Read => Mask?.Width ?? Features;

    /// <summary>Values that encoder and decoder are conditioned on.</summary>
    public int Given => ConditionIsLabel ? 0 : Condition;

    public int Width => Features + Target + Condition;

    /// <summary>Values that the decoder is to give.</summary>
    public int Reconstructed => Target == 0 ? Features : Target;
}
