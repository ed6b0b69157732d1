namespace MLNet.Vae.Tests.Kit;

/// <summary>A directory that ends with the test.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("mlnet-vae-").FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Names of files that match a pattern, in order.</summary>
    public IReadOnlyList<string> Names(string pattern)
        => [.. Directory.GetFiles(Path, pattern).Select(file => System.IO.Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
