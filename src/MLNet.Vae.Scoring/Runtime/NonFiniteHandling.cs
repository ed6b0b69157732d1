namespace MLNet.Vae;

/// <summary>What happens to a row whose features or condition hold NaN or infinity, or a missing key.</summary>
public enum NonFiniteHandling
{
    /// <summary>An error that names column, row and slot.</summary>
    Throw,

    /// <summary>Every output of that row is NaN (its predicted label false), and the log has one warning per pass.</summary>
    ReturnNaN,
}
