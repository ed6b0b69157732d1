namespace MLNet.Vae.Training;

/// <summary>The options that depend on the number of rows, worked out.</summary>
/// <param name="Epochs">Passes at most.</param>
/// <param name="Patience">Epochs without improvement before training stops.</param>
internal sealed record TrainingPlan(int Epochs, int Patience)
{
    private const int Steps = 8_000, MinimumEpochs = 20, MaximumEpochs = 1_000;
    private const int PatienceSteps = 1_000, MinimumPatience = 10;

    public static TrainingPlan For(VaeTrainingOptions options, long rows)
    {
        var stepsPerEpoch = (rows + options.BatchSize - 1) / options.BatchSize;
        return new(
            options.Epochs ?? (int)Math.Clamp(Steps / stepsPerEpoch, MinimumEpochs, MaximumEpochs),
            options.Patience ?? (int)Math.Max(PatienceSteps / stepsPerEpoch, MinimumPatience));
    }
}
