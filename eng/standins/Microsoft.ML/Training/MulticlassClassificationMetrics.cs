namespace Microsoft.ML.Data;

/// <summary>How well scores tell classes.</summary>
public sealed class MulticlassClassificationMetrics
{
    internal MulticlassClassificationMetrics(double micro, double macro, double loss, double reduction)
        => (MicroAccuracy, MacroAccuracy, LogLoss, LogLossReduction) = (micro, macro, loss, reduction);

    public double LogLoss { get; }
    public double LogLossReduction { get; }
    public double MacroAccuracy { get; }
    public double MicroAccuracy { get; }
}
