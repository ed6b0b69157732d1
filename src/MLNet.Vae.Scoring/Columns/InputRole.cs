namespace MLNet.Vae.Columns;

/// <summary>What a column that is read is for.</summary>
internal enum InputRole
{
    /// <summary>What the encoder reads.</summary>
    Features,

    /// <summary>What the decoder is to give, in training.</summary>
    Target,

    /// <summary>What encoder and decoder are conditioned on.</summary>
    Condition,

    /// <summary>The class of a row, in training; it may be missing.</summary>
    Label,

    /// <summary>Whether a row is known to be an anomaly, in training.</summary>
    KnownAnomaly,
}
