using System.Runtime.InteropServices;

namespace TorchSharp;

public static partial class torch
{
    private static bool _nativeBackendLoaded;

    public static readonly Device CPU;

    /// <summary>Fails when the native library is missing: as in the real library, any first use of torch then says so.</summary>
    static torch() => CPU = InitializeDevice(new Device(DeviceType.CPU));

    public enum ScalarType : sbyte
    {
        Byte = 0,
        Int8 = 1,
        Int16 = 2,
        Int32 = 3,
        Int64 = 4,
        Float16 = 5,
        Float32 = 6,
        Float64 = 7,
        Bool = 11,
        BFloat16 = 15,
    }

    public static ScalarType float32 = ScalarType.Float32;
    public static ScalarType float64 = ScalarType.Float64;
    public static ScalarType int64 = ScalarType.Int64;
    public static ScalarType @bool = ScalarType.Bool;

    public static bool TryInitializeDeviceType(DeviceType deviceType)
    {
        LoadNativeBackend();
        return deviceType != DeviceType.CUDA || Native.shim_cuda_devices() > 0;
    }

    public static void InitializeDeviceType(DeviceType deviceType)
    {
        if (!TryInitializeDeviceType(deviceType))
            throw new InvalidOperationException($"{deviceType} is not available with this libtorch.");
    }

    public static Device InitializeDevice(Device? device)
    {
        device ??= get_default_device();
        InitializeDeviceType(device.type);
        return device;
    }

    public static Device get_default_device() => CPU;
    public static ScalarType get_default_dtype() => ScalarType.Float32;
    public static Device device(string description) => InitializeDevice(new Device(description));
    public static Device device(DeviceType deviceType, int index = -1) => InitializeDevice(new Device(deviceType, index));
    public static bool cuda_is_available() => cuda.is_available();
    public static int get_num_threads() => Native.shim_threads();
    public static void set_num_threads(int num) => Native.Check(Native.shim_set_threads(num));
    public static DisposeScope NewDisposeScope() => DisposeScopeManager.Current.NewDisposeScope();

    private static void LoadNativeBackend()
    {
        if (_nativeBackendLoaded)
            return;
        if (!NativeLibrary.TryLoad(Native.Library, typeof(torch).Assembly, null, out _))
            throw new NotSupportedException(
                $"The native part of TorchSharp ({Native.Library}) was not found: reference the package TorchSharp-cpu or a CUDA one. "
                + "This is the stand-in of eng/standins; eng/setup.sh builds its native part.");
        _nativeBackendLoaded = true;
    }

    public static partial class cuda
    {
        public static bool is_available() => TryInitializeDeviceType(DeviceType.CUDA);
        public static int device_count() => TryInitializeDeviceType(DeviceType.CUDA) ? Native.shim_cuda_devices() : 0;
    }
}
