using System.Text;

namespace MLNet.Vae.Reporting;

/// <summary>Writes a file so that it is there in full or not at all.</summary>
internal static class ReportFile
{
    /// <exception cref="IOException">Names the path and the reason; a file that was there is as it was.</exception>
    public static void Write(string path, IEnumerable<string> pieces)
    {
        string? temporary = null;
        try
        {
            var full = Path.GetFullPath(path);
            if (Directory.Exists(full))
                throw new IOException("It is a directory.");
            var directory = Path.GetDirectoryName(full)!;
            Directory.CreateDirectory(directory);
            temporary = Path.Combine(directory, $".{Path.GetFileName(full)}.{Guid.NewGuid():N}.tmp");
            using (var writer = new StreamWriter(temporary, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)))
            {
                foreach (var piece in pieces)
                    writer.Write(piece);
            }

            File.Move(temporary, full, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            TryDelete(temporary);
            throw new IOException(ReportMessages.Unwritable(path, error.Message), error);
        }
    }

    private static void TryDelete(string? path)
    {
        try
        {
            if (path is not null)
                File.Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The first failure is the one to report.
        }
    }
}
