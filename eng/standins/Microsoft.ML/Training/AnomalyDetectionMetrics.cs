namespace Microsoft.ML.Data;

/// <summary>How well scores tell anomalies.</summary>
public sealed class AnomalyDetectionMetrics
{
    internal AnomalyDetectionMetrics(double area, double rate) => (AreaUnderRocCurve, DetectionRateAtFalsePositiveCount) = (area, rate);

    public double AreaUnderRocCurve { get; }
    public double DetectionRateAtFalsePositiveCount { get; }
}
