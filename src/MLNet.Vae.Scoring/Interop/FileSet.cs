namespace MLNet.Vae.Interop;

/// <summary>Writes files so that each is there in full or not at all.</summary>
internal static class FileSet
{
    /// <summary>Writes one file; its directory is made where it does not exist.</summary>
    /// <param name="what">What the message calls it, such as "report".</param>
    /// <param name="path">Where it goes.</param>
    /// <param name="content">Writes it.</param>
    /// <exception cref="IOException">Names the path and the reason; a file that was there is as it was.</exception>
    public static void WriteOne(string what, string path, Action<Stream> content)
    {
        var full = Path.GetFullPath(path);
        var unwritable = (string _, string reason) =>
            $"The {what} could not be written to '{path}': {reason} Choose a path in a directory that exists or can be made, is writable "
            + "and has room.";
        Write(unwritable, Path.GetDirectoryName(full) ?? full, (Path.GetFileName(full), content));
    }

    /// <summary>
    /// Writes files of one directory. Everything is written under temporary names and reaches the disk before the first file is renamed. On
    /// a failure the temporary files are removed and files that were there are as they were, unless renaming itself failed half-way.
    /// </summary>
    /// <param name="what">What the message calls them, such as "model".</param>
    /// <param name="directory">Made where it does not exist.</param>
    /// <param name="files">Names, and what writes them.</param>
    /// <exception cref="IOException">Names the path and the reason.</exception>
    public static void Write(string what, string directory, params (string Name, Action<Stream> Content)[] files) =>
        Write(
            (at, reason) =>
                $"The {what} could not be written to '{at}': {reason} Choose a directory that exists or can be made, is writable and has "
                + "room.",
            directory,
            files
        );

    private static void Write(
        Func<string, string, string> unwritable,
        string directory,
        params (string Name, Action<Stream> Content)[] files
    )
    {
        var written = new List<(string Temporary, string Path)>();
        var at = directory;
        try
        {
            Directory.CreateDirectory(directory);
            foreach (var (name, content) in files)
            {
                at = Path.Combine(directory, name);
                if (Directory.Exists(at))
                    throw new IOException("It is a directory.");
                var temporary = Path.Combine(directory, $".{name}.{Guid.NewGuid():N}.tmp");
                written.Add((temporary, at));
                WriteThrough(temporary, content);
            }
            foreach (var (temporary, path) in written)
            {
                at = path;
                File.Move(temporary, path, overwrite: true);
            }
        }
        catch (Exception error)
        {
            foreach (var (temporary, _) in written)
                TryDelete(temporary);
            if (error is IOException or UnauthorizedAccessException)
                throw new IOException(unwritable(at, error.Message), error);
            throw;
        }
    }

    private static void WriteThrough(string path, Action<Stream> content)
    {
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        content(file);
        file.Flush(flushToDisk: true);
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The first failure is the one to report.
        }
    }
}
