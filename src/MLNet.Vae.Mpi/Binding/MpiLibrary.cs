using System.Runtime.InteropServices;
using System.Text;

namespace MLNet.Vae.Binding;

/// <summary>
/// The functions of MPI that are called, from whichever library is installed: Open MPI, whose handles are addresses of its variables, or
/// MPICH and what shares its binary interface, whose handles are numbers (https://www.mpich.org/abi/).
/// </summary>
internal sealed unsafe class MpiLibrary
{
    public const int ThreadSerialized = 2;

    private const int Success = 0, LongestError = 512;

    private static readonly string[] OpenMpi = OperatingSystem.IsMacOS() ? ["libmpi.40.dylib"] : ["libmpi.so.40"];

    private static readonly string[] Mpich = OperatingSystem.IsMacOS() ? ["libmpi.12.dylib"] : ["libmpich.so.12", "libmpi.so.12"];

    private static readonly string[] Either = OperatingSystem.IsMacOS() ? ["libmpi.dylib"] : ["libmpi.so"];

    private readonly nint _library;
    private readonly delegate* unmanaged[Cdecl]<nint, nint, int, int*, int> _initialize;
    private readonly delegate* unmanaged[Cdecl]<int*, int> _initialized, _finalized;
    private readonly delegate* unmanaged[Cdecl]<int> _finalize;
    private readonly delegate* unmanaged[Cdecl]<nint, int*, int> _rank, _size;
    private readonly delegate* unmanaged[Cdecl]<nint, nint, int> _setErrorHandler;
    private readonly delegate* unmanaged[Cdecl]<void*, void*, int, nint, nint, nint, int> _allReduce;
    private readonly delegate* unmanaged[Cdecl]<void*, int, nint, void*, int, nint, nint, int> _allGather;
    private readonly delegate* unmanaged[Cdecl]<void*, int, nint, void*, int*, int*, nint, nint, int> _allGatherV;
    private readonly delegate* unmanaged[Cdecl]<nint, int, int> _abort;
    private readonly delegate* unmanaged[Cdecl]<int, byte*, int*, int> _errorString;
    private readonly nint _world, _sum, _inPlace;

    private MpiLibrary(nint library)
    {
        _library = library;
        _initialize = (delegate* unmanaged[Cdecl]<nint, nint, int, int*, int>)Function("MPI_Init_thread");
        _initialized = (delegate* unmanaged[Cdecl]<int*, int>)Function("MPI_Initialized");
        _finalized = (delegate* unmanaged[Cdecl]<int*, int>)Function("MPI_Finalized");
        _finalize = (delegate* unmanaged[Cdecl]<int>)Function("MPI_Finalize");
        _rank = (delegate* unmanaged[Cdecl]<nint, int*, int>)Function("MPI_Comm_rank");
        _size = (delegate* unmanaged[Cdecl]<nint, int*, int>)Function("MPI_Comm_size");
        _setErrorHandler = (delegate* unmanaged[Cdecl]<nint, nint, int>)Function("MPI_Comm_set_errhandler");
        _allReduce = (delegate* unmanaged[Cdecl]<void*, void*, int, nint, nint, nint, int>)Function("MPI_Allreduce");
        _allGather = (delegate* unmanaged[Cdecl]<void*, int, nint, void*, int, nint, nint, int>)Function("MPI_Allgather");
        _allGatherV = (delegate* unmanaged[Cdecl]<void*, int, nint, void*, int*, int*, nint, nint, int>)Function("MPI_Allgatherv");
        _abort = (delegate* unmanaged[Cdecl]<nint, int, int>)Function("MPI_Abort");
        _errorString = (delegate* unmanaged[Cdecl]<int, byte*, int*, int>)Function("MPI_Error_string");
        IsOpenMpi = NativeLibrary.TryGetExport(library, "ompi_mpi_comm_world", out var world);
        (_world, _sum, Float, Double, Byte, Int, ErrorsReturn, _inPlace) = IsOpenMpi
            ? (world, Variable("ompi_mpi_op_sum"), Variable("ompi_mpi_float"), Variable("ompi_mpi_double"), Variable("ompi_mpi_byte"),
                Variable("ompi_mpi_int"), Variable("ompi_mpi_errors_return"), 1)
            : (0x44000000, 0x58000003, 0x4c00040a, 0x4c00080b, 0x4c00010d, 0x4c000405, 0x54000001, -1);
    }

    public bool IsOpenMpi { get; }

    public nint Float { get; }

    public nint Double { get; }

    public nint Byte { get; }

    private nint Int { get; }

    private nint ErrorsReturn { get; }

    /// <exception cref="DllNotFoundException">No MPI is installed; says how to.</exception>
    public static MpiLibrary Load()
    {
        // Both may be installed: that of the mpirun that started this process is wanted.
        string[] names = MpiLaunch.IsByMpich ? [.. Mpich, .. Either, .. OpenMpi] : [.. OpenMpi, .. Either, .. Mpich];
        foreach (var name in names)
        {
            if (NativeLibrary.TryLoad(name, out var library))
                return new(library);
        }
        throw new DllNotFoundException(
            $"No MPI library was found: tried {string.Join(", ", names)}. Install Open MPI or MPICH: Debian and Ubuntu 'apt-get install "
            + "openmpi-bin', Fedora 'dnf install openmpi', macOS 'brew install open-mpi'; elsewhere put its folder on LD_LIBRARY_PATH.");
    }

    public bool IsInitialized => Flag(_initialized);

    public bool IsFinalized => Flag(_finalized);

    /// <exception cref="IOException">It could not be.</exception>
    public void Initialize()
    {
        int given;
        Check(_initialize(0, 0, ThreadSerialized, &given));
        Check(_setErrorHandler(_world, ErrorsReturn));
    }

    public void Close() => _finalize();

    public int Rank => Number(_rank);

    public int Size => Number(_size);

    /// <summary>Replaces values by their sums over all ranks.</summary>
    /// <exception cref="IOException">MPI reports an error.</exception>
    public void Sum(void* values, int count, nint type) => Check(_allReduce((void*)_inPlace, values, count, type, _sum, _world));

    /// <exception cref="IOException">MPI reports an error.</exception>
    public byte[][] Gather(ReadOnlySpan<byte> bytes)
    {
        var (own, size) = (bytes.Length, Size);
        var (lengths, starts) = (new int[size], new int[size]);
        fixed (int* all = lengths)
            Check(_allGather(&own, 1, Int, all, 1, Int, _world));
        for (var rank = 1; rank < size; rank++)
            starts[rank] = checked(starts[rank - 1] + lengths[rank - 1]);
        var gathered = new byte[checked(starts[^1] + lengths[^1])];
        fixed (byte* sent = bytes)
        fixed (byte* received = gathered)
        fixed (int* length = lengths)
        fixed (int* start = starts)
            Check(_allGatherV(sent, own, Byte, received, length, start, Byte, _world));
        return [.. lengths.Zip(starts, (length, start) => gathered[start..(start + length)])];
    }

    public void Abort(int code) => _abort(_world, code);

    private static bool Flag(delegate* unmanaged[Cdecl]<int*, int> function)
    {
        int flag;
        return function(&flag) == Success && flag != 0;
    }

    private int Number(delegate* unmanaged[Cdecl]<nint, int*, int> function)
    {
        int number;
        Check(function(_world, &number));
        return number;
    }

    private void Check(int code)
    {
        if (code == Success)
            return;
        var text = stackalloc byte[LongestError];
        int length;
        var words = _errorString(code, text, &length) == Success ? Encoding.UTF8.GetString(text, length) : "of an unknown kind";
        throw new IOException($"MPI reports an error: {words}.");
    }

    private nint Function(string name) => NativeLibrary.GetExport(_library, name);

    private nint Variable(string name) => NativeLibrary.GetExport(_library, name);
}
