using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>The functions of native/shim.cpp.</summary>
internal static unsafe class Native
{
    internal const string Library = "TorchSharpShim";

    internal struct Value
    {
        public Kind Kind;
        public int Length;
        public long Bits;
    }

    /// <summary>What one call tells about a tensor; the pointers live as long as the tensor is not changed.</summary>
    internal struct Description
    {
        public int DType;
        public int DeviceType;
        public int DeviceIndex;
        public int Dimensions;
        public int RequiresGradient;
        public long Elements;
        public long* Sizes;
        public void* Data;
    }

    [DllImport(Library)]
    internal static extern byte* shim_error();
    [DllImport(Library, CharSet = CharSet.Ansi)]
    internal static extern nint shim_find(string name, string overload);
    [DllImport(Library)]
    internal static extern byte shim_call(nint op, Value* arguments, int count, long* results, int resultCount);
    [DllImport(Library)]
    internal static extern void shim_dispose(nint tensor);
    [DllImport(Library)]
    internal static extern void shim_describe(nint tensor, Description* description);
    [DllImport(Library)]
    internal static extern nint shim_grad(nint tensor);
    [DllImport(Library)]
    internal static extern byte shim_set_grad(nint tensor, nint grad);
    [DllImport(Library)]
    internal static extern byte shim_grad_enabled();
    [DllImport(Library)]
    internal static extern void shim_set_grad_enabled(byte enabled);
    [DllImport(Library)]
    internal static extern int shim_threads();
    [DllImport(Library)]
    internal static extern byte shim_set_threads(int count);
    [DllImport(Library)]
    internal static extern int shim_cuda_devices();
    [DllImport(Library)]
    internal static extern nint shim_generator(ulong seed);
    [DllImport(Library)]
    internal static extern void shim_dispose_generator(nint generator);

    internal static Exception Error() => new ExternalException(Marshal.PtrToStringUTF8((nint)shim_error()));

    internal static void Check(byte succeeded)
    {
        if (succeeded == 0)
            throw Error();
    }
}
