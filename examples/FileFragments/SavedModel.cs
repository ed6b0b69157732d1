using Microsoft.ML;
using MLNet.Vae;

namespace FileFragments;

/// <summary>A model on disk: model.zip for ML.NET, and the autoencoder inside it as ONNX graphs for everybody else.</summary>
internal sealed class SavedModel
{
    private readonly MLContext _mlContext;
    private readonly string _zip;

    private SavedModel(MLContext mlContext, string folder)
    {
        _mlContext = mlContext;
        _zip = Path.Combine(folder, "model.zip");
        Folder = folder;
    }

    public string Folder { get; }

    public static SavedModel Write(MLContext mlContext, ITransformer model, VaeTransformer vae, DataViewSchema input, string folder)
    {
        Directory.CreateDirectory(folder);
        var saved = new SavedModel(mlContext, folder);
        mlContext.Model.SaveAtomically(model, input, saved._zip);
        vae.ExportOnnx(folder);
        return saved;
    }

    /// <summary>Loads the model again and asks it about one fragment.</summary>
    public TPrediction Predict<TPrediction>(Fragment fragment)
        where TPrediction : class, new()
    {
        var loaded = _mlContext.Model.Load(_zip, out _);
        using var engine = _mlContext.Model.CreatePredictionEngine<Fragment, TPrediction>(loaded);
        return engine.Predict(fragment);
    }
}
