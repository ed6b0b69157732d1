namespace MLNet.Vae.Interop;

/// <summary>Writes files so that each is there in full or not at all.</summary>
internal static class FileSet
{
    private const string TemporaryExtension = ".tmp";

    /// <summary>Writes one file; its directory is made where it does not exist.</summary>
    /// <param name="what">What the message calls it, such as "report".</param>
    /// <param name="path">Where it goes.</param>
    /// <param name="content">Writes it.</param>
    /// <exception cref="IOException">Names the path and the reason; a file that was there is as it was.</exception>
    public static void WriteOne(string what, string path, Action<Stream> content) => WriteOne(what, path, content, Create);

    /// <param name="what">What the message calls it.</param>
    /// <param name="path">Where it goes.</param>
    /// <param name="content">Writes it.</param>
    /// <param name="create">Makes the temporary file of a name.</param>
    internal static void WriteOne(string what, string path, Action<Stream> content, Func<string, FileStream> create)
    {
        var full = Path.GetFullPath(path);
        var unwritable = (string _, string reason) =>
            $"The {what} could not be written to '{path}': {reason} Choose a path in a directory that exists or can be made, is writable "
            + "and has room.";
        Write(unwritable, Path.GetDirectoryName(full) ?? full, create, (Path.GetFileName(full), content));
    }

    /// <summary>
    /// Writes files of one directory. Everything is written under temporary names and reaches the disk before the first file is renamed. On
    /// a failure the temporary files are removed and files that were there are as they were, unless renaming itself failed half-way. Those
    /// that a process left behind which was killed while it wrote the same files are removed by the next that writes them.
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
            Create,
            files
        );

    private static void Write(
        Func<string, string, string> unwritable,
        string directory,
        Func<string, FileStream> create,
        params (string Name, Action<Stream> Content)[] files
    )
    {
        var written = new List<(FileStream Temporary, string Path)>();
        var at = directory;
        try
        {
            Directory.CreateDirectory(directory);
            foreach (var (name, content) in files)
            {
                at = Path.Combine(directory, name);
                if (Directory.Exists(at))
                    throw new IOException("It is a directory.");
                RemoveAbandoned(directory, name);
                var temporary = create(Path.Combine(directory, $".{name}.{Guid.NewGuid():N}{TemporaryExtension}"));
                written.Add((temporary, at));
                content(temporary);
                temporary.Flush(flushToDisk: true);
            }
            foreach (var (temporary, path) in written)
            {
                at = path;
                File.Move(temporary.Name, path, overwrite: true);
            }
        }
        catch (Exception error)
        {
            foreach (var (temporary, _) in written)
                Try(() => File.Delete(temporary.Name));
            // The last is what .NET makes of EFBIG, a file longer than its file system or the process' limit has them.
            if (error is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException { ParamName: "value" })
                throw new IOException(unwritable(at, error.Message), error);
            throw;
        }
        finally
        {
            foreach (var (temporary, _) in written)
                Try(temporary.Dispose);
        }
    }

    /// <summary>Open, and thereby locked, until it has its name: nobody takes it for one that was left behind.</summary>
    private static FileStream Create(string path) => new(path, FileMode.CreateNew, FileAccess.Write, FileShare.Delete);

    private static void RemoveAbandoned(string directory, string name)
    {
        foreach (var path in Directory.EnumerateFiles(directory, $".{name}.*{TemporaryExtension}"))
        {
            Try(() =>
            {
                // Whoever is still writing it has it locked.
                using (new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
                {
                }
                File.Delete(path);
            });
        }
    }

    /// <summary>What need not succeed: a failure before it is the one to report, and none after it is worse for it.</summary>
    private static void Try(Action action)
    {
        try
        {
            action();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
        }
    }
}
