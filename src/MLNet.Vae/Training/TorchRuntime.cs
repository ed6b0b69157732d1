using MLNet.Vae.Interop;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Vae.Training;

/// <summary>Finds torch's native library and the device to train on.</summary>
internal static class TorchRuntime
{
    /// <param name="choice">The GPU asked for.</param>
    /// <param name="log">Told when the CPU stands in.</param>
    /// <exception cref="InvalidOperationException">No native library, or no such GPU and no leave to do without.</exception>
    public static Device Prepare(GpuChoice choice, TrainingLog log)
    {
        LoadNative();
        if (choice.Device is not { } gpu)
            return CPU;
        var found = cuda.is_available() ? cuda.device_count() : 0;
        if (gpu < found)
            return new Device(DeviceType.CUDA, gpu);

        var fault = $"CUDA device {gpu} was asked for training, but torch finds {found} CUDA devices here";
        if (!choice.MayFallBack)
            throw new InvalidOperationException($"{fault}. Reference TorchSharp-cuda-linux or TorchSharp-cuda-windows and check the driver, set FallbackToCpu, or leave GpuDeviceId null.");
        log.Warn($"{fault}; training runs on the CPU.");
        return CPU;
    }

    private static void LoadNative()
    {
        try
        {
            InitializeDeviceType(DeviceType.CPU);
        }
        catch (Exception fault) when (fault is NotSupportedException or DllNotFoundException or BadImageFormatException or TypeInitializationException)
        {
            throw new InvalidOperationException(
                "Training needs torch's native library, which was not found. Add the package TorchSharp-cpu to the application (or TorchSharp-cuda-linux / TorchSharp-cuda-windows for a GPU).", fault);
        }
    }
}
