using Microsoft.ML;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms.Onnx;
using MLNet.Vae.Columns;
using MLNet.Vae.Messages;

namespace MLNet.Vae.Saving;

/// <summary>Finds the variational autoencoder in a model.zip, in an .onnx file, or in what stock ML.NET loaded.</summary>
internal static class ModelFinder
{
    private static ReadOnlySpan<byte> ZipMagic => "PK"u8;

    /// <summary>The only model in a file; zip and ONNX are told apart by content.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is neither, or is damaged, or holds none or several.</exception>
    public static VaeModel InFile(string path)
    {
        if (Directory.Exists(path))
        {
            throw new InvalidDataException(ScoringMessages.IsADirectory(path));
        }

        if (!File.Exists(path))
        {
            throw new FileNotFoundException(ScoringMessages.FileMissing(path), path);
        }

        return IsZip(path) ? Single($"\"{path}\"", ReadZip(path), message => new InvalidDataException(message)) : VaeModel.Load(path);
    }

    /// <summary>The only model in a transformer or chain of them: a transformer of ours, or the model inside a stock one.</summary>
    /// <exception cref="InvalidOperationException">There is none, or there are several.</exception>
    public static (VaeTransformer? Transformer, VaeModel Model) InTransformer(MLContext mlContext, ITransformer transformer)
    {
        var parts = Flatten(transformer).ToArray();
        var own = parts.OfType<VaeTransformer>().ToArray();
        var graphs = parts.OfType<OnnxTransformer>().SelectMany(onnx => Graphs(mlContext, onnx));
        var model = Single(
            "The transformer",
            graphs,
            message => ((IExceptionContext)mlContext).Process(new InvalidOperationException(message)),
            [.. own.Select(found => found.Model)]);
        return (own.FirstOrDefault(found => found.Model == model), model);
    }

    private static bool IsZip(string path)
    {
        using var file = File.OpenRead(path);
        Span<byte> start = stackalloc byte[ZipMagic.Length];
        return file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && start.SequenceEqual(ZipMagic);
    }

    private static List<byte[]> ReadZip(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            return SavedArchive.Graphs(file);
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException or NotSupportedException)
        {
            throw new InvalidDataException(ScoringMessages.BrokenZip(path, exception.Message), exception);
        }
    }

    private static VaeModel Single<TException>(
        string source, IEnumerable<byte[]> graphs, Func<string, TException> fail, params VaeModel[] known)
        where TException : Exception
    {
        var models = known.ToList();
        var foreign = 0;
        foreach (var graph in graphs)
        {
            if (VaeModel.TryRead(graph, out var model, $"{source}, its ONNX model"))
            {
                models.Add(model);
            }
            else
            {
                foreign++;
            }
        }

        return models.Count switch
        {
            1 => models[0],
            0 => throw fail(ScoringMessages.NoVae(source, foreign)),
            _ => throw fail(ScoringMessages.SeveralVaes(source, models.Select(FirstColumn))),
        };

        static string FirstColumn(VaeModel model) => OutputColumns.Named(model.Info.Columns).First().Name;
    }

    private static IEnumerable<ITransformer> Flatten(ITransformer transformer)
        => transformer is IEnumerable<ITransformer> chain ? chain.SelectMany(Flatten) : [transformer];

    // A stock transformer gives its graph away only by being saved.
    private static List<byte[]> Graphs(MLContext mlContext, OnnxTransformer transformer)
    {
        using var zip = new MemoryStream();
        mlContext.Model.Save(transformer, null, zip);
        zip.Position = 0;
        return SavedArchive.Graphs(zip);
    }
}
