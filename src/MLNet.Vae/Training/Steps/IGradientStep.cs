using MLNet.Vae.Data;
using MLNet.Vae.Modules;
using static TorchSharp.torch;

namespace MLNet.Vae.Training.Steps;

/// <summary>The gradient of the loss on a batch, put into <see cref="ParameterVector.Gradients"/>.</summary>
internal interface IGradientStep : IDisposable
{
    /// <param name="batch">Normalised rows.</param>
    /// <param name="noise">Standard normal, <c>[samples·rows, noise]</c>.</param>
    StepLoss Compute(TrainingBatch batch, Tensor noise);
}
