namespace Microsoft.ML.Data;

/// <summary>How well scores tell anomalies.</summary>
public sealed class AnomalyDetectionMetrics
{
    internal AnomalyDetectionMetrics(double area, double rate) => (AreaUnderRocCurve, DetectionRateAtFalsePositiveCount) = (area, rate);

    public double AreaUnderRocCurve { get; }
    public double DetectionRateAtFalsePositiveCount { get; }
}

/// <summary>How well scores tell classes.</summary>
public sealed class MulticlassClassificationMetrics
{
    internal MulticlassClassificationMetrics(double micro, double macro)
        => (MicroAccuracy, MacroAccuracy) = (micro, macro);

    public double MacroAccuracy { get; }
    public double MicroAccuracy { get; }
}
