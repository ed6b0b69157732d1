using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Generators;

/// <summary>The model in a transformer, and the column that it adds.</summary>
internal static class EmbeddingModel
{
    /// <exception cref="InvalidOperationException">There is none, or there are several.</exception>
    public static VaeModel In(MLContext mlContext, ITransformer transformer)
    {
        VaeTableTransformer[] tables = [.. Parts(transformer).OfType<VaeTableTransformer>()];
        if (tables.Length == 0)
            return VaeTransformer.From(mlContext, transformer).Model;
        return tables.Length == 1 && !Parts(transformer).OfType<VaeTransformer>().Any()
            ? tables[0].Model
            : throw new InvalidOperationException(GeneratorMessages.SeveralModels());
    }

    /// <exception cref="InvalidOperationException">There is no such column.</exception>
    public static DataViewSchema.Column Column(VaeModel model, DataViewSchema schema)
        => model.Info.Columns.Embedding is not { } name
            ? throw new InvalidOperationException(GeneratorMessages.NoEmbedding())
            : schema.GetColumnOrNull(name) is { Type: VectorDataViewType { ItemType: NumberDataViewType item } vector } column
                && item == NumberDataViewType.Single && vector.Size == model.Info.LatentDimension
                ? column
                : throw new InvalidOperationException(GeneratorMessages.LostEmbedding(name, model.Info.LatentDimension));

    private static IEnumerable<ITransformer> Parts(ITransformer transformer)
        => transformer is IEnumerable<ITransformer> chain ? chain.SelectMany(Parts) : [transformer];
}
