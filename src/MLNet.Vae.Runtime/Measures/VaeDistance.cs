namespace MLNet.Vae;

/// <summary>How far two vectors are apart.</summary>
public enum VaeDistance
{
    /// <summary>1 − a·b / (|a| |b|), 0 to 2: the angle alone. A vector of length 0 is 1 away from every other.</summary>
    Cosine,

    /// <summary>|a − b|, from 0.</summary>
    Euclidean,
}
