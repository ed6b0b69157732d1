namespace MLNet.Vae;

/// <summary>γ·|KL − C| in place of β·KL, with C rising linearly from 0 (Burgess et al. 2018, eq. 8).</summary>
/// <param name="Maximum">C at the end, nats per row, above 0.</param>
/// <param name="Epochs">Epochs that C takes to get there, from 1.</param>
/// <param name="Weight">γ, above 0.</param>
public sealed record VaeCapacity(double Maximum, int Epochs, double Weight = VaeCapacity.DefaultWeight)
{
    /// <summary>γ when none is given.</summary>
    public const double DefaultWeight = 100;
}
