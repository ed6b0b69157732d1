namespace MLNet.Vae.Benchmarks.Numbers.Tables;

/// <summary>Files that are gone when it is disposed.</summary>
internal sealed class TemporaryFiles : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("MLNet.Vae-").FullName;
    private int _count;

    /// <returns>The path.</returns>
    public string Write(IEnumerable<string> lines)
    {
        var path = Path.Combine(_folder, $"{_count++}.csv");
        File.WriteAllLines(path, lines);
        return path;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
