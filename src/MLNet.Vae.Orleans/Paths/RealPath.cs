namespace MLNet.Vae.Paths;

/// <summary>Where a path leads to: full, without links.</summary>
internal static class RealPath
{
    // As Linux has it; beyond, links lead in a circle.
    private const int MostLinks = 40;

    /// <param name="path">Of what is there or is not.</param>
    /// <exception cref="IOException">Its links lead in a circle.</exception>
    public static string Of(string path)
    {
        var full = Path.GetFullPath(path);
        var links = 0;
        for (var at = Path.GetPathRoot(full)!.Length; at < full.Length;)
        {
            var end = full.IndexOf(Path.DirectorySeparatorChar, at);
            end = end < 0 ? full.Length : end;
            var (part, rest) = (full[..end], full[end..]);
            if (new FileInfo(part).LinkTarget is not { } target)
            {
                at = end + 1;
                continue;
            }
            if (++links > MostLinks)
                throw new IOException($"'{path}': expected a path, found links that lead in a circle. Remove one of them.");
            // What the link leads to may have links again.
            full = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(part)!, target) + rest);
            at = Path.GetPathRoot(full)!.Length;
        }
        return Path.TrimEndingDirectorySeparator(full);
    }
}
