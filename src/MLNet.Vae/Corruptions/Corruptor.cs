using MLNet.Vae.Data;
using static TorchSharp.torch;

namespace MLNet.Vae.Corruptions;

/// <summary>
/// Corrupts what the encoder reads in training; the target stays clean (denoising autoencoder: Vincent et al. 2008).
/// <see cref="VaeCorruption.Create"/> makes it.
/// </summary>
internal abstract class Corruptor : IDisposable
{
    /// <summary>Lays the encoder's mask over what is corrupted; <see langword="null"/>: no value may be missing.</summary>
    public InputMask? Mask { get; init; }

    /// <summary>Drawn afresh at each call. Missing values stay missing.</summary>
    public TrainingBatch Corrupt(TrainingBatch clean)
        => Mask is null ? clean with { Input = Corrupt(clean.Input) } : Corrupt(clean, Mask);

    /// <summary>The same, of rows some values of which are missing.</summary>
    protected virtual TrainingBatch Corrupt(TrainingBatch clean, InputMask mask)
        => mask.With(clean, Corrupt(mask.Values(clean)), isShown: null);

    public virtual void Dispose()
    {
    }

    /// <param name="x">Normalised features, <c>[rows, features]</c>, which are left alone.</param>
    protected abstract Tensor Corrupt(Tensor x);
}
