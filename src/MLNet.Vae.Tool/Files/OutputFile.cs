namespace MLNet.Vae.Tool.Files;

/// <summary>Writes a file whole or not at all: under a temporary name beside it, then renamed.</summary>
internal static class OutputFile
{
    /// <exception cref="IOException">The file cannot be written; says where and why.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        var full = Path.GetFullPath(path);
        var unfinished = Path.Combine(Path.GetDirectoryName(full)!, $".{Path.GetFileName(full)}.{Guid.NewGuid():N}.tmp");
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            using (var stream = new FileStream(unfinished, FileMode.CreateNew, FileAccess.ReadWrite))
                write(stream);
            File.Move(unfinished, full, overwrite: true);
        }
        catch (Exception fault) when (fault is UnauthorizedAccessException or DirectoryNotFoundException)
        {
            throw new IOException($"'{path}' cannot be written: {fault.Message}", fault);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }
}
