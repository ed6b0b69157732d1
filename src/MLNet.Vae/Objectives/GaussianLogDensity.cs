namespace MLNet.Vae.Objectives;

/// <summary>Constants of ln N(x; x̂, σ²) = −½((x − x̂)/σ)² − ln σ − ½ ln 2π.</summary>
internal static class GaussianLogDensity
{
    public static readonly double HalfLogTwoPi = Math.Log(2 * Math.PI) / 2;
}
