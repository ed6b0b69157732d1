using System.Diagnostics.CodeAnalysis;
using MLNet.Vae.Columns;
using MLNet.Vae.Messages;

namespace MLNet.Vae.Saving;

/// <summary>The variational autoencoder in a model.zip or in an .onnx file.</summary>
internal static class SavedFile
{
    private static ReadOnlySpan<byte> ZipMagic => "PK"u8;

    /// <summary>The only model in a file; zip and ONNX are told apart by content.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is neither, or is damaged, or holds none or several.</exception>
    public static VaeModel Read(string path)
    {
        if (Directory.Exists(path))
        {
            throw new InvalidDataException(ScoringMessages.IsADirectory(path));
        }

        if (!File.Exists(path))
        {
            throw new FileNotFoundException(ScoringMessages.FileMissing(path), path);
        }

        return VaeModel.Load(path);
    }

    /// <summary>The only model in a file that is a zip archive.</summary>
    /// <param name="path">Of a file that is there.</param>
    /// <param name="model"><see langword="null"/>: the file is no archive.</param>
    /// <exception cref="InvalidDataException">The archive is damaged, or holds none or several.</exception>
    public static bool TryReadZip(string path, [NotNullWhen(true)] out VaeModel? model)
    {
        model = IsZip(path) ? Single($"\"{path}\"", ReadZip(path), message => new InvalidDataException(message)) : null;
        return model is not null;
    }

    /// <summary>The only model among graphs and models.</summary>
    /// <param name="source">What the messages call where they come from.</param>
    /// <param name="graphs">ONNX files, of whomever.</param>
    /// <param name="fail">Makes the exception of a message.</param>
    /// <param name="known">Models that were found already.</param>
    public static VaeModel Single<TException>(
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

        static string FirstColumn(VaeModel model) => ModelOutputs.Named(model.Info.Columns).First().Name;
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
}
