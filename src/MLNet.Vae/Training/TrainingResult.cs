using MLNet.Vae.Graphs;

namespace MLNet.Vae.Training;

/// <param name="Network">The best weights.</param>
/// <param name="Sigma">The shared σ of a Gaussian decoder, normalised units.</param>
/// <param name="FeatureSigmas">σ of each value that is reconstructed, where they have one each.</param>
/// <param name="Loss">What the best epoch was compared by, on the rows held out; infinite where none was compared.</param>
/// <param name="History">How they came about.</param>
internal sealed record TrainingResult(
    TrainedVae Network,
    double? Sigma,
    IReadOnlyList<double?>? FeatureSigmas,
    double Loss,
    VaeTrainingHistory History
);
