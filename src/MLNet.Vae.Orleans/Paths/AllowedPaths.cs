using Microsoft.Extensions.Options;

namespace MLNet.Vae.Paths;

/// <summary>Which paths of a client are opened: those in folders that the host names, wherever links lead.</summary>
internal sealed class AllowedPaths(IOptions<VaeClusterOptions> options)
{
    /// <returns>The full path without links, which is the one to open.</returns>
    /// <exception cref="UnauthorizedAccessException">It lies in none of the folders.</exception>
    public string Resolve(string path)
    {
        // Looked up each time: a link may have changed.
        var real = RealPath.Of(path);
        foreach (var folder in options.Value.AllowedFolders)
        {
            if (IsIn(real, RealPath.Of(folder)))
                return real;
        }
        throw new UnauthorizedAccessException(
            $"'{path}': expected a path in a folder that the silos allow, found one outside"
                + (options.Value.AllowedFolders.Count == 0 ? ", as they allow none" : "")
                + ". Move it there, or add its folder to VaeClusterOptions.AllowedFolders.");
    }

    private static bool IsIn(string path, string folder) => path == folder
        || path.StartsWith(
            Path.EndsInDirectorySeparator(folder) ? folder : folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
