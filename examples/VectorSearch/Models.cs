using Examples;
using Microsoft.Extensions.AI;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae;

namespace VectorSearch;

/// <summary>What makes vectors of pictures.</summary>
/// <param name="pictures">To train on.</param>
/// <param name="dimension">Length of a vector.</param>
/// <param name="epochs">Passes over the pictures; null: by their number.</param>
internal sealed class Models(PictureSet pictures, int dimension, int? epochs)
{
    public int Dimension => dimension;

    /// <summary>A trained model as a generator, which owns it.</summary>
    public IEmbeddingGenerator<Picture, Embedding<float>> Train(int seed)
    {
        var mlContext = new MLContext(seed);
        Output.ShowWarnings(mlContext);
        var model = Output.Timed($"autoencoder, {pictures.Pixels} pixels to {dimension} numbers, seed {seed}", status =>
            mlContext.Transforms.VaeEmbed(VaeOptions.Features(dimension) with
            {
                InputColumnName = nameof(Picture.Pixels),
                Training = new() { Epochs = epochs, Seed = seed, Progress = new TrainingProgress(status) },
            }).Fit(pictures.View(mlContext)));
        return model.AsEmbeddingGenerator<Picture>(mlContext, pictures.Schema, ownsTransformer: true);
    }

    /// <summary>Principal components of the same pictures, by ML.NET.</summary>
    public Func<IEnumerable<Picture>, float[][]> Components(int seed)
    {
        const string Column = "Components";
        var mlContext = new MLContext(seed);
        var model = mlContext.Transforms.ProjectToPrincipalComponents(Column, nameof(Picture.Pixels), rank: dimension, seed: seed)
            .Fit(pictures.View(mlContext));
        return rows => [.. model.Transform(mlContext.Data.LoadFromEnumerable(rows, pictures.Schema)).GetColumn<float[]>(Column)];
    }
}
