using MLNet.Vae.Interop;

namespace Microsoft.ML;

/// <summary>Saving whole or not at all, in the catalog <see cref="MLContext.Model"/>.</summary>
public static class AtomicSaveExtensions
{
    /// <summary>
    /// Saves a transformer as <see cref="ModelOperationsCatalog.Save(ITransformer, DataViewSchema, string)"/> does, but so that the file is
    /// there whole or, if the process is killed or the disk is full, as it was before.
    /// </summary>
    /// <remarks>
    /// It is written under a temporary name beside the file, <c>.NAME.*.tmp</c>, flushed to the disk, and then renamed. What a process left
    /// behind that was killed is removed by the next that saves under the same name.
    /// </remarks>
    /// <param name="catalog">The model operations of an <see cref="MLContext"/>.</param>
    /// <param name="model">Any transformer, or a chain of them.</param>
    /// <param name="inputSchema">The schema of its input, which is saved with it; <see langword="null"/>: none is.</param>
    /// <param name="filePath">The file, such as <c>model.zip</c>; its directory is made where it does not exist.</param>
    /// <exception cref="ArgumentException"><paramref name="filePath"/> is null or blank.</exception>
    /// <exception cref="IOException">The file cannot be written; says where and why.</exception>
    public static void SaveAtomically(
        this ModelOperationsCatalog catalog,
        ITransformer model,
        DataViewSchema? inputSchema,
        string filePath
    )
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentException.ThrowIfNullOrWhiteSpace(filePath);
        FileSet.WriteOne("model", filePath, stream => catalog.Save(model, inputSchema, stream));
    }
}
