namespace MLNet.Vae;

/// <summary>
/// What is measured of scoring services, by <c>System.Diagnostics.Metrics</c>. A service with a name has it in the tag "model".
/// </summary>
public static class VaeScoringMetrics
{
    /// <summary>The meter, to be named to whatever collects.</summary>
    public const string MeterName = "MLNet.Vae";

    /// <summary>A histogram of the rows' scores.</summary>
    public const string Score = "mlnet.vae.score";

    /// <summary>A histogram of the time of a call, one row or a batch, seconds.</summary>
    public const string Duration = "mlnet.vae.duration";

    /// <summary>A counter of rows.</summary>
    public const string Rows = "mlnet.vae.rows";

    /// <summary>A counter of rows that scored above the threshold.</summary>
    public const string Anomalies = "mlnet.vae.anomalies";

    /// <summary>A counter of calls whose rows could not be scored.</summary>
    public const string Refused = "mlnet.vae.refused";

    /// <summary>A counter of changed model files; the tag "result" says "taken" or "refused".</summary>
    public const string Reloads = "mlnet.vae.reloads";

    /// <summary>A gauge: <see cref="VaeServiceStatus.AnomalousShare"/>.</summary>
    public const string AnomalousShare = "mlnet.vae.anomalous_share";

    /// <summary>A gauge: <see cref="VaeServiceStatus.PopulationStabilityIndex"/>.</summary>
    public const string StabilityIndex = "mlnet.vae.psi";
}
