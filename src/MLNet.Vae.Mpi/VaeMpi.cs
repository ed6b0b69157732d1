using MLNet.Vae.Binding;

namespace MLNet.Vae;

/// <summary>
/// The processes that <c>mpirun</c> started, as a group that trains one model: <c>VaeTrainingOptions.Group</c>. Over Open MPI or MPICH,
/// whichever is installed.
/// </summary>
/// <remarks>
/// Started without <c>mpirun</c> it is a group of one. A process that ends or fails ends all: <c>mpirun</c> says which it was. One for a
/// process, from <see cref="Start"/> to <see cref="Dispose"/>; not to be used by two threads at once.
/// </remarks>
public sealed unsafe class VaeMpi : IVaeTrainingGroup, IDisposable
{
    private readonly MpiLibrary _library;
    private readonly bool _isOwner;
    private bool _isDisposed;

    private VaeMpi(MpiLibrary library)
    {
        _library = library;
        if (library.IsFinalized)
        {
            throw new InvalidOperationException(
                "MPI was ended in this process and cannot be started again: keep one VaeMpi until the end.");
        }
        _isOwner = !library.IsInitialized;
        if (_isOwner)
            library.Initialize();
        (Rank, Size) = (library.Rank, library.Size);
        // Each would train a model of its own.
        if (Size == 1 && MpiLaunch.Size is > 1 and var started)
        {
            throw new InvalidOperationException($"mpirun started {started} processes, but the {(library.IsOpenMpi ? "Open MPI" : "MPICH")} "
                + "library that was loaded knows of one: it is that of another MPI. Start the program by that one's mpirun, or put the "
                + "other library's folder on LD_LIBRARY_PATH.");
        }
    }

    /// <inheritdoc/>
    public int Rank { get; }

    /// <inheritdoc/>
    public int Size { get; }

    /// <summary>Joins the processes that <c>mpirun</c> started. Every one of them has to.</summary>
    /// <exception cref="DllNotFoundException">Neither Open MPI nor MPICH is installed; says how to install one.</exception>
    /// <exception cref="IOException">MPI reports an error.</exception>
    /// <exception cref="InvalidOperationException">
    /// MPI was ended in this process before, or the library that was found is of another MPI than the <c>mpirun</c> that started it.
    /// </exception>
    public static VaeMpi Start() => new(MpiLibrary.Load());

    /// <inheritdoc/>
    /// <exception cref="IOException">MPI reports an error.</exception>
    public void Sum(Span<float> values)
    {
        Check();
        fixed (float* all = values)
            _library.Sum(all, values.Length, _library.Float);
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">MPI reports an error.</exception>
    public void Sum(Span<double> values)
    {
        Check();
        fixed (double* all = values)
            _library.Sum(all, values.Length, _library.Double);
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">MPI reports an error.</exception>
    /// <exception cref="OverflowException">There are 2 GiB or more in all.</exception>
    public IReadOnlyList<byte[]> Gather(ReadOnlySpan<byte> bytes)
    {
        Check();
        return _library.Gather(bytes);
    }

    /// <summary>Writes the message to the error stream and ends all processes of the job, this one among them.</summary>
    /// <param name="message">Why.</param>
    public void Abort(string message)
    {
        Console.Error.WriteLine(message);
        Console.Error.Flush();
        _library.Abort(1);
    }

    /// <summary>Leaves the job, after which MPI cannot be used in this process.</summary>
    public void Dispose()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        if (_isOwner && !_library.IsFinalized)
            _library.Close();
    }

    private void Check() => ObjectDisposedException.ThrowIf(_isDisposed, this);
}
