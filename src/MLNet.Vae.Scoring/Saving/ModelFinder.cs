using Microsoft.ML;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms.Onnx;

namespace MLNet.Vae.Saving;

/// <summary>Finds the variational autoencoder in what stock ML.NET loaded.</summary>
internal static class ModelFinder
{
    /// <summary>The only model in a transformer or chain of them: a transformer of ours, or the model inside a stock one.</summary>
    /// <exception cref="InvalidOperationException">There is none, or there are several.</exception>
    public static (VaeTransformer? Transformer, VaeModel Model) InTransformer(MLContext mlContext, ITransformer transformer)
    {
        var parts = Flatten(transformer).ToArray();
        var own = parts.OfType<VaeTransformer>().ToArray();
        var graphs = parts.OfType<OnnxTransformer>().SelectMany(onnx => Graphs(mlContext, onnx));
        var model = SavedFile.Single(
            "The transformer",
            graphs,
            message => ((IExceptionContext)mlContext).Process(new InvalidOperationException(message)),
            [.. own.Select(found => found.Model)]);
        return (own.FirstOrDefault(found => found.Model == model), model);
    }

    /// <summary>The steps of a chain and of the chains in it, in their order.</summary>
    public static IEnumerable<ITransformer> Flatten(ITransformer transformer)
        => transformer is IEnumerable<ITransformer> chain ? chain.SelectMany(Flatten) : [transformer];

    /// <summary>The model that an ONNX step was saved of; <see langword="null"/>: it is somebody else's graph.</summary>
    public static VaeModel? OfOnnx(MLContext mlContext, OnnxTransformer transformer)
        => Graphs(mlContext, transformer) is [var graph] && VaeModel.TryRead(graph, out var model, "The pipeline, its ONNX model")
            ? model
            : null;

    // A stock transformer gives its graph away only by being saved.
    private static List<byte[]> Graphs(MLContext mlContext, OnnxTransformer transformer)
    {
        using var zip = new MemoryStream();
        mlContext.Model.Save(transformer, null, zip);
        zip.Position = 0;
        return SavedArchive.Graphs(zip);
    }
}
