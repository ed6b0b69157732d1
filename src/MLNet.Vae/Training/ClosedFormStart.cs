namespace MLNet.Vae.Training;

/// <summary>Whether a fit starts from the closed form.</summary>
internal static class ClosedFormStart
{
    /// <summary>The eigenvectors of more take longer than the training that they spare.</summary>
    private const int MostFeatures = 2_048;

    /// <param name="options">Of the fit.</param>
    /// <param name="features">Of a row.</param>
    public static bool IsTaken(VaeModelOptions options, int features) => options.Training.Initialization switch
    {
        VaeInitialization.ProbabilisticPca => true,
        VaeInitialization.Auto => features <= MostFeatures && options.Latent.ClosedFormDimension < features && IsOptimum(options),
        _ => false,
    };

    /// <summary>Whether it might stand as it is, without a step.</summary>
    private static bool IsOptimum(VaeModelOptions options) => !InitializationFaults.Of(options with
    {
        Training = options.Training with { Initialization = VaeInitialization.ProbabilisticPca, Epochs = 0 },
    }).Any();
}
