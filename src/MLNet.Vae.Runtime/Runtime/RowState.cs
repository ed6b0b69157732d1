namespace MLNet.Vae.Runtime;

/// <summary>How one row ended up in a block; the worse of two inputs is the greater.</summary>
internal enum RowState : byte
{
    Scored,

    /// <summary>Outside of the likelihood's support, and the options want NaN for that: what needs the likelihood is NaN.</summary>
    ScoreIsNaN,

    /// <summary>Outside of the likelihood's support: what needs the likelihood is an error.</summary>
    ScoreIsRefused,

    /// <summary>Not finite, and the options want NaN for that.</summary>
    NaN,

    /// <summary>Its values are an error; the block holds zeros in its place.</summary>
    Refused,
}
