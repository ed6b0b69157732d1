namespace MLNet.Vae.Graphs;

/// <summary>How much the parts of <see cref="VaeScoreKind.NeighborDistance"/> count.</summary>
/// <param name="Groups">Of the mean distance to the nearest row of each group.</param>
/// <param name="Nearest">Of the distance to the nearest row of all.</param>
/// <param name="Excess">Of the residual beyond its limit.</param>
/// <param name="Anomalies">Of the distance to the nearest known anomaly, which is taken off.</param>
internal sealed record ReferenceWeights(float Groups, float Nearest, float Excess, float Anomalies = 0);
