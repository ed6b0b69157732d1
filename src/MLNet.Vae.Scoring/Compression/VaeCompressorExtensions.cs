namespace MLNet.Vae;

/// <summary>A compressor in ML.NET.</summary>
public static class VaeCompressorExtensions
{
    extension(VaeCompressor)
    {
        /// <summary>A compressor over a transformer's model.</summary>
        /// <param name="transformer">One that was trained or loaded.</param>
        /// <exception cref="InvalidOperationException">
        /// Its latent variable or likelihood is none that compresses; says which.
        /// </exception>
        public static VaeCompressor From(VaeTransformer transformer)
        {
            ArgumentNullException.ThrowIfNull(transformer);
            return VaeCompressor.From(transformer.Model);
        }
    }
}
