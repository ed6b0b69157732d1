using MLNet.Vae.Likelihoods;
using MLNet.Vae.Modules;

namespace MLNet.Vae.Training;

/// <summary>A model that is nothing but dense layers, taken apart: what a gradient written by hand needs to know.</summary>
/// <param name="Encoder">
/// From the features, and the condition where there is one, to mean and log σ, the activation after each layer but the last.
/// </param>
/// <param name="Decoder">From z, and the condition, to the likelihood's parameters, likewise.</param>
/// <param name="Activation">After each hidden layer.</param>
/// <param name="Likelihood">One whose gradient is written out.</param>
internal sealed record DenseModel(
    IReadOnlyList<(Trainable Weight, Trainable Bias)> Encoder, IReadOnlyList<(Trainable Weight, Trainable Bias)> Decoder,
    Activation Activation, OutputLikelihood Likelihood);
