using System.IO.Compression;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>The entries of a model file.</summary>
internal sealed class Repository : IDisposable
{
    private readonly ZipArchive _archive;
    private readonly HashSet<string> _names = [];

    private Repository(IHostEnvironment env, ZipArchive archive) => (Environment, _archive) = (env, archive);

    public IHostEnvironment Environment { get; }

    public static Repository Create(IHostEnvironment env, Stream stream)
    {
        var repository = new Repository(env, new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true));
        repository.Write("TrainingInfo/Version.txt", writer => writer.Write(typeof(Repository).Assembly.GetName().Version.ToString().AsSpan()));
        return repository;
    }

    public static Repository Open(IHostEnvironment env, Stream stream)
    {
        try
        {
            return new(env, new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true));
        }
        catch (InvalidDataException e)
        {
            throw env.ExceptDecode("Failed to open a zip archive", e);
        }
    }

    public static string Join(string directory, string name) => string.IsNullOrEmpty(directory) ? name : $"{directory}/{name}";

    public void Write(string path, Action<BinaryWriter> write)
    {
        // Buffered, since an archive being made takes one entry at a time and models nest.
        using var content = new MemoryStream();
        using var writer = new BinaryWriter(content);
        write(writer);
        writer.Flush();
        Environment.CheckParam(_names.Add(path), "name", $"Duplicate entry: '{path}'");
        using var entry = _archive.CreateEntry(path).Open();
        content.WriteTo(entry);
    }

    public BinaryReader OpenOrNull(string path)
    {
        var entry = _archive.GetEntry(path) ?? _archive.GetEntry(path.Replace('/', '\\'));
        if (entry is null)
            return null;
        var content = new MemoryStream();
        using (var stream = entry.Open())
            stream.CopyTo(content);
        content.Position = 0;
        return new BinaryReader(content);
    }

    public void Dispose() => _archive.Dispose();
}
