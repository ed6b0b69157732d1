using MLNet.Vae.Interop;
using MLNet.Vae.NativeLibraries;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Vae.Training;

/// <summary>Loads torch's native library and finds the device to train on.</summary>
internal static class TorchRuntime
{
    /// <param name="choice">The GPU asked for.</param>
    /// <param name="log">Told when the CPU stands in.</param>
    /// <exception cref="InvalidOperationException">
    /// No native library that can be used, or no such GPU and no leave to do without.
    /// </exception>
    public static Device Prepare(GpuChoice choice, TrainingLog log)
    {
        TorchLibrary.Require();
        if (choice.Device is not { } gpu)
            return CPU;
        var found = cuda.is_available() ? cuda.device_count() : 0;
        if (gpu < found)
            return new Device(DeviceType.CUDA, gpu);

        var fault = $"CUDA device {gpu} was asked for training, but torch finds {found} CUDA devices here";
        if (!choice.MayFallBack)
        {
            throw new InvalidOperationException(
                $"{fault}. Reference TorchSharp-cuda-linux or TorchSharp-cuda-windows and check the driver, set FallbackToCpu, or leave "
                + "GpuDeviceId null."
            );
        }
        log.Warn($"{fault}; training runs on the CPU.");
        return CPU;
    }
}
