namespace MLNet.Vae.Tool.Terminals;

/// <summary>Where a command reads from and writes to; tests have their own.</summary>
internal sealed class Terminal
{
    /// <summary>Results.</summary>
    public required TextWriter Output { get; init; }

    /// <summary>Progress, warnings, errors.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>What <c>-</c> reads.</summary>
    public required Func<Stream> OpenInput { get; init; }

    /// <summary>What <c>-</c> writes rows to.</summary>
    public required Func<Stream> OpenOutput { get; init; }

    /// <summary>Whether somebody watches <see cref="Error"/>.</summary>
    public bool IsErrorInteractive { get; init; }

    /// <summary>Whether <see cref="Output"/> is a screen.</summary>
    public bool IsOutputInteractive { get; init; }

    public static Terminal OfProcess() => new()
    {
        Output = Console.Out,
        Error = Console.Error,
        OpenInput = Console.OpenStandardInput,
        OpenOutput = Console.OpenStandardOutput,
        IsErrorInteractive = !Console.IsErrorRedirected,
        IsOutputInteractive = !Console.IsOutputRedirected,
    };
}
