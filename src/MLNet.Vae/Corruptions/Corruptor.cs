using MLNet.Vae.Data;
using static TorchSharp.torch;

namespace MLNet.Vae.Corruptions;

/// <summary>
/// Corrupts what the encoder reads in training; the target stays clean (denoising autoencoder: Vincent et al. 2008).
/// <see cref="VaeCorruption.Create"/> makes it.
/// </summary>
internal abstract class Corruptor : IDisposable
{
    /// <summary>Drawn afresh at each call.</summary>
    public TrainingBatch Corrupt(TrainingBatch clean) => clean with { Input = Corrupt(clean.Input) };

    public virtual void Dispose()
    {
    }

    /// <param name="x">Normalised features, <c>[rows, features]</c>, which are left alone.</param>
    protected abstract Tensor Corrupt(Tensor x);
}
