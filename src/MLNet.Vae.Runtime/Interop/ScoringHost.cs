namespace MLNet.Vae.Interop;

/// <summary>
/// What scoring asks of the program that it is part of: to mark exceptions, to take warnings, and which GPU it has set for all. This one is
/// a program's own; ML.NET's environment is another.
/// </summary>
/// <param name="log">Takes warnings; <see langword="null"/>: nobody does.</param>
internal class ScoringHost(Action<string>? log = null)
{
    /// <summary>A program that has set nothing and hears no warnings.</summary>
    public static ScoringHost Silent { get; } = new();

    /// <summary>The CUDA device that is set for all; <see langword="null"/>: none is.</summary>
    public virtual int? GpuDeviceId => null;

    /// <summary>Whether the CPU may take the place of that device.</summary>
    public virtual bool FallbackToCpu => false;

    /// <summary>Marks an exception as told to the user.</summary>
    /// <returns>The same.</returns>
    public T Process<T>(T exception) where T : Exception
    {
        Mark(exception);
        return exception;
    }

    /// <param name="source">The part that warns.</param>
    /// <param name="message">The sentence.</param>
    /// <param name="isOfData">Whether it repeats values of the user's data.</param>
    public virtual void Warn(string source, string message, bool isOfData) => log?.Invoke(message);

    protected virtual void Mark(Exception exception)
    {
    }
}
