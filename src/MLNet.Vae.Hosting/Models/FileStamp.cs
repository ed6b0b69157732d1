namespace MLNet.Vae.Models;

/// <summary>By what a file is told to have changed.</summary>
internal readonly record struct FileStamp(string Target, long Length, DateTime Written)
{
    /// <summary><see langword="null"/>: there is no such file, or it cannot be looked at.</summary>
    public static FileStamp? Of(string path)
    {
        try
        {
            // A link that points elsewhere is another file, as where a volume is mounted anew.
            var file = new FileInfo(path);
            var target = (FileInfo?)file.ResolveLinkTarget(returnFinalTarget: true) ?? file;
            return target.Exists ? new(target.FullName, target.Length, target.LastWriteTimeUtc) : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
