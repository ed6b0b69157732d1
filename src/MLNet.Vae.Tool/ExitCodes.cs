namespace MLNet.Vae.Tool;

/// <summary>What the program tells the shell.</summary>
internal static class ExitCodes
{
    public const int Done = 0;

    /// <summary>A file, a model or a column is not as it must be.</summary>
    public const int BadData = 1;

    /// <summary>The command line itself is wrong, whatever the files.</summary>
    public const int BadUsage = 2;

    /// <summary>As shells have it of SIGINT: 128 + 2.</summary>
    public const int Cancelled = 130;
}
