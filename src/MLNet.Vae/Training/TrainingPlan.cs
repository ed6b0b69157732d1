namespace MLNet.Vae.Training;

/// <summary>The options that depend on the number of rows, worked out.</summary>
/// <param name="Epochs">Passes at most.</param>
/// <param name="Patience">Epochs without improvement before training stops.</param>
internal sealed record TrainingPlan(int Epochs, int Patience)
{
    private const int MinimumEpochs = 20, MaximumEpochs = 1_000;
    private const int PatienceSteps = 1_000, MinimumPatience = 10;

    /// <summary>
    /// How often the patience, where it is not given, while the best epoch's code says next to nothing about a row and the present one says
    /// more: the posterior is on its way off the prior, where it started, and the bound has yet to gain by it.
    /// </summary>
    public const int PatienceBeforeUse = 3;

    /// <param name="options">Where they say nothing, the rows do.</param>
    /// <param name="rows">Rows trained on.</param>
    /// <param name="scheduleEpochs">Epochs before the loss has its final form, which come on top.</param>
    public static TrainingPlan For(VaeTrainingOptions options, long rows, int scheduleEpochs = 0)
    {
        var stepsPerEpoch = (rows + options.BatchSize - 1) / options.BatchSize;
        return new(
            options.Epochs ?? scheduleEpochs + (int)Math.Clamp(options.Steps / stepsPerEpoch, MinimumEpochs, MaximumEpochs),
            options.Patience ?? (int)Math.Max(PatienceSteps / stepsPerEpoch, MinimumPatience));
    }
}
