namespace MLNet.Vae;

/// <summary>γ·|KL − C| in place of β·KL, with C rising linearly from 0 (Burgess et al. 2018, eq. 8).</summary>
/// <param name="Maximum">C at the end, nats per row, above 0.</param>
/// <param name="Epochs">Epochs that C takes to get there, 1 to 1,000,000.</param>
/// <param name="Gamma">γ, above 0 and at most 1,000,000.</param>
public sealed record VaeCapacity(double Maximum, int Epochs, double Gamma = VaeCapacity.DefaultGamma)
{
    /// <summary>γ when none is given.</summary>
    public const double DefaultGamma = 100;

    internal IEnumerable<string> Faults()
    {
        if (!(Maximum > 0 && double.IsFinite(Maximum)))
            yield return OptionFaults.Expected(Name(nameof(Maximum)), Maximum, "above 0 and finite");
        if (Epochs is < 1 or > VaeObjective.MaximumScheduleEpochs)
            yield return OptionFaults.Range(Name(nameof(Epochs)), Epochs, 1, VaeObjective.MaximumScheduleEpochs);
        if (!(Gamma is > 0 and <= VaeObjective.MaximumBeta))
            yield return OptionFaults.Expected(Name(nameof(Gamma)), Gamma, "above 0 and at most 1000000");
    }

    private static string Name(string member) => $"{nameof(VaeObjective.Capacity)}.{member}";
}
