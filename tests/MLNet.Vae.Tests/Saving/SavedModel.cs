using Microsoft.ML;

namespace MLNet.Vae.Tests.Saving;

internal static class SavedModel
{
    public static byte[] Save(ITransformer transformer, DataViewSchema schema)
    {
        using var zip = new MemoryStream();
        new MLContext().Model.Save(transformer, schema, zip);
        return zip.ToArray();
    }

    /// <summary>Saves, and loads in a context that has seen nothing of it.</summary>
    public static ITransformer RoundTrip(ITransformer transformer, DataViewSchema schema)
        => new MLContext().Model.Load(new MemoryStream(Save(transformer, schema)), out _);
}
