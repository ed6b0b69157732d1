namespace MLNet.Vae.Tests.Estimators;

/// <summary>Options of fits that take milliseconds: what they learn is little, how they go about it is the same.</summary>
internal static class TinyVae
{
    public const int Latents = 2;
    public const int Epochs = 3;
    public const int Seed = 7;

    // One thread: weights are the same on every machine with the same libraries, and whatever tests run beside this one.
    public static readonly VaeTrainingOptions Training = new() { Epochs = Epochs, BatchSize = 32, Seed = Seed, Threads = 1 };

    public static readonly VaeOptions Options = new()
    {
        Architecture = VaeArchitecture.Mlp(8),
        Latent = VaeLatent.Gaussian(Latents),
        Training = Training,
    };

    public static readonly VaeAnomalyOptions AnomalyOptions = new()
    {
        Architecture = VaeArchitecture.Mlp(8),
        Latent = VaeLatent.Gaussian(Latents),
        Training = Training,
    };

    public static VaeTrainingHistory History(this VaeTransformer transformer)
        => transformer.Model.Info.Training ?? throw new InvalidOperationException("A trained model has its history.");
}
