using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>The native library, its devices and threads.</summary>
public static partial class torch
{
    public static readonly Device CPU;
    private static bool _nativeBackendLoaded;

    /// <summary>Fails when the native library is missing: as in the real library, any first use of torch then says so.</summary>
    static torch() => CPU = InitializeDevice(new Device(DeviceType.CPU));

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
        device ??= CPU;
        InitializeDeviceType(device.type);
        return device;
    }

    public static int get_num_threads() => Native.shim_threads();
    public static void set_num_threads(int num) => Native.Check(Native.shim_set_threads(num));

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
