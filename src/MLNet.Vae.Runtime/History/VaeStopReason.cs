namespace MLNet.Vae;

/// <summary>Why training ended.</summary>
public enum VaeStopReason
{
    /// <summary>All epochs were run.</summary>
    Completed,

    /// <summary>The validation bound had not improved for as many epochs as the patience allows.</summary>
    EarlyStopping,

    /// <summary>The loss was no longer finite; the model has the best weights before that.</summary>
    NonFiniteLoss,

    /// <summary>The caller cancelled and asked for the best model so far.</summary>
    Cancelled,

    /// <summary>The time that training was given was over.</summary>
    TimeLimit,
}
