using MLNet.Vae.Series;

namespace MLNet.Vae;

/// <summary>Options of <see cref="VaeSeriesEstimator"/>.</summary>
public sealed record VaeSeriesOptions : VaeModelOptions
{
    /// <summary>The defaults.</summary>
    public VaeSeriesOptions() => Training = new() { ValidationSplit = VaeValidationSplit.Last };

    /// <summary>What a window is: columns of the channels, readings, key, time.</summary>
    public VaeWindowOptions Window { get; init; } = new();

    /// <summary>
    /// Nats above which a reading is predicted anomalous, at least 0. Each channel's evidence counts above 4 nats; of independent readings
    /// like those of training one in some thousand has a score above the default. It can be changed afterwards.
    /// </summary>
    /// <value>Default: 4.</value>
    public double Threshold { get; init; } = SeriesJudge.DefaultThreshold;

    internal override VaeColumns Columns => SeriesColumns.OfModel;

    internal override VaeScoreKind DefaultScore
        => Likelihood is { HasDistance: true } ? VaeScoreKind.NeighborDistance : VaeScoreKind.NegativeElbo;

    private protected override IEnumerable<string> Faults()
    {
        var faults = base.Faults().ToList();
        if (Window is null)
            faults.Add($"{nameof(Window)} must not be null");
        else
            faults.AddRange(Window.Faults().Select(fault => $"{nameof(Window)}.{fault}"));
        if (Window is { Stride: not 1 })
            faults.Add($"{nameof(Window)}.{nameof(VaeWindowOptions.Stride)} must be 1, as every reading is judged");
        if (MissingValues == VaeMissingValues.Observed)
        {
            faults.Add($"{nameof(MissingValues)} must be {nameof(VaeMissingValues.Refuse)}, as windows are judged whole; replace missing "
                + "readings first (mlContext.Transforms.ReplaceMissingValues)");
        }
        if (Condition is not null)
            faults.Add($"{nameof(Condition)} must be null: windows have none");
        if (!(Threshold >= 0 && double.IsFinite(Threshold)))
            faults.Add(OptionFaults.Expected(nameof(Threshold), Threshold, "a finite number of nats, 0 or above"));
        return faults;
    }
}
