namespace MLNet.Vae;

/// <summary>The nonlinearity that follows each hidden layer.</summary>
public enum Activation
{
    /// <summary>max(0, x).</summary>
    Relu,

    /// <summary>x·Φ(x), Φ the standard normal distribution function (Hendrycks and Gimpel 2016), the exact form.</summary>
    Gelu,

    /// <summary>The hyperbolic tangent.</summary>
    Tanh,

    /// <summary>1 / (1 + e⁻ˣ).</summary>
    Sigmoid,
}
