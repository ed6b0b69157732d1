namespace MLNet.Vae.Tool;

/// <summary>The command line is wrong, whatever the files.</summary>
internal sealed class UsageException(string message, Exception? inner = null) : Exception(message, inner);
