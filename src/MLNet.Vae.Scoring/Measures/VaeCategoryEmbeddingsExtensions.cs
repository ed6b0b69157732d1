namespace MLNet.Vae;

/// <summary>Vectors of categories in ML.NET.</summary>
public static class VaeCategoryEmbeddingsExtensions
{
    extension(VaeCategoryEmbeddings)
    {
        /// <summary>Embeds every category of a transformer's model once.</summary>
        /// <param name="transformer">
        /// One that <c>VaeEmbed</c> trained on a key or one-hot column with a target, or such a one loaded again.
        /// </param>
        /// <exception cref="InvalidOperationException">
        /// The model reads no categories, or is conditional: then a category has no one vector.
        /// </exception>
        public static VaeCategoryEmbeddings From(VaeTransformer transformer)
        {
            ArgumentNullException.ThrowIfNull(transformer);
            return VaeCategoryEmbeddings.From(transformer.Model);
        }
    }
}
