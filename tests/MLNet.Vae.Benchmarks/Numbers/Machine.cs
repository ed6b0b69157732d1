using System.Runtime.InteropServices;

namespace MLNet.Vae.Benchmarks.Numbers;

/// <summary>What the figures were measured on, in words.</summary>
internal static class Machine
{
    private const string ProcessorFile = "/proc/cpuinfo", ModelName = "model name";

    public static string Describe() =>
        $"{Environment.ProcessorCount} logical cores ({Processor()}), {RuntimeInformation.OSDescription.Trim()}, "
        + $"{RuntimeInformation.FrameworkDescription}";

    private static string Processor()
    {
        var model = File.Exists(ProcessorFile)
            ? File.ReadLines(ProcessorFile).FirstOrDefault(line => line.StartsWith(ModelName, StringComparison.Ordinal))?.Split(':')[^1]
            : Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER");
        return model?.Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
