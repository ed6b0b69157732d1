namespace MLNet.Vae;

/// <summary>How a column gives its values to a model.</summary>
public enum VaeInputKind
{
    /// <summary>A <c>Vector&lt;Single&gt;</c> of known size, or one of other numbers or Booleans.</summary>
    Vector,

    /// <summary>A vector of numbers that stands for a category: in every training row one value was 1 and all others 0.</summary>
    OneHot,

    /// <summary>A key: 1 in the place of its value and 0 in all others, as many places as the key has values.</summary>
    Key,

    /// <summary>A <c>Boolean</c>: 0 or 1.</summary>
    Boolean,

    /// <summary>A single number.</summary>
    Scalar,

    /// <summary>
    /// A vector of keys, of known size or not: the tokens of a sequence, as many values as the longest may have. Each is the number of its
    /// token, from 1; 0 lies behind the end.
    /// </summary>
    Sequence,
}
