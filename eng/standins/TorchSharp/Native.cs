using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>The functions of native/shim.cpp.</summary>
internal static unsafe class Native
{
    internal const string Library = "TorchSharpShim";

    /// <summary>What one call tells about a tensor; the pointers live as long as the tensor is not changed.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Description
    {
        public int DType;
        public int DeviceType;
        public int DeviceIndex;
        public int Flags;
        public long Dimensions;
        public long Elements;
        public long ElementSize;
        public long* Sizes;
        public long* Strides;
        public void* Data;
    }

    internal const int RequiresGrad = 1;
    internal const int IsLeaf = 2;
    internal const int IsContiguous = 4;

    [DllImport(Library)]
    internal static extern byte* shim_error();
    [DllImport(Library, CharSet = CharSet.Ansi)]
    internal static extern nint shim_find(string name, string overload);
    [DllImport(Library)]
    internal static extern int shim_call(nint op, NativeValue* arguments, int count, NativeValue** results);
    [DllImport(Library)]
    internal static extern void shim_dispose(nint tensor);
    [DllImport(Library)]
    internal static extern nint shim_alias(nint tensor);
    [DllImport(Library)]
    internal static extern void shim_describe(nint tensor, Description* description);
    [DllImport(Library)]
    internal static extern byte shim_set_requires_grad(nint tensor, byte requiresGrad);
    [DllImport(Library)]
    internal static extern nint shim_grad(nint tensor);
    [DllImport(Library)]
    internal static extern byte shim_set_grad(nint tensor, nint grad);
    [DllImport(Library)]
    internal static extern byte shim_backward(
        nint* tensors, long count, nint* gradTensors, long gradCount, byte retainGraph, byte createGraph, nint* inputs, long inputCount);

    [DllImport(Library)]
    internal static extern byte shim_grad_enabled();
    [DllImport(Library)]
    internal static extern void shim_set_grad_enabled(byte enabled);
    [DllImport(Library)]
    internal static extern nint shim_enter_inference(byte enabled);
    [DllImport(Library)]
    internal static extern void shim_leave_inference(nint guard);
    [DllImport(Library)]
    internal static extern int shim_threads();
    [DllImport(Library)]
    internal static extern byte shim_set_threads(int count);
    [DllImport(Library)]
    internal static extern int shim_cuda_devices();
    [DllImport(Library)]
    internal static extern nint shim_generator(ulong seed);
    [DllImport(Library)]
    internal static extern nint shim_default_generator();
    [DllImport(Library)]
    internal static extern void shim_seed(nint generator, ulong seed);
    [DllImport(Library)]
    internal static extern ulong shim_current_seed(nint generator);
    [DllImport(Library)]
    internal static extern void shim_dispose_generator(nint generator);
    internal static Exception Error() => new ExternalException(Marshal.PtrToStringUTF8((nint)shim_error()));

    internal static void Check(byte succeeded)
    {
        if (succeeded == 0)
            throw Error();
    }
}
