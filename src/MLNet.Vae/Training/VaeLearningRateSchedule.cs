namespace MLNet.Vae;

/// <summary>How the learning rate changes over the epochs.</summary>
public enum VaeLearningRateSchedule
{
    /// <summary>From the learning rate to 0 along half a cosine over the epochs (Loshchilov and Hutter 2017).</summary>
    Cosine,

    /// <summary>The same throughout.</summary>
    Constant,
}
