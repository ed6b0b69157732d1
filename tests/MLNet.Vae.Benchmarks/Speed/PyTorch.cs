using System.Diagnostics;
using System.Globalization;

namespace MLNet.Vae.Benchmarks.Speed;

/// <summary>Rivals/train.py: the same network in PyTorch, in a process of its own.</summary>
internal static class PyTorch
{
    /// <summary>Overrides where Python is, for one whose PyTorch is elsewhere.</summary>
    private const string Variable = "MLNETVAE_PYTHON";

    /// <summary>The Python that has Debian's python3-torch: its libtorch and BLAS are older than those of this process.</summary>
    private static string Python => Environment.GetEnvironmentVariable(Variable) ?? "/usr/bin/python3";

    /// <summary>Median seconds of an epoch, the first left out.</summary>
    public static double SecondsPerEpoch(string way, string shape, int rows, int batch, int threads, int epochs)
    {
        var script = Path.Combine(AppContext.BaseDirectory, "Rivals", "train.py");
        string[] arguments = [script, way, shape, .. new[] { rows, batch, threads, epochs + 1 }.Select(n => n.ToString(CultureInfo.InvariantCulture))];
        using var process = Process.Start(new ProcessStartInfo(Python, arguments) { RedirectStandardOutput = true })!;
        var lines = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{Python} {script} failed: PyTorch is needed (Debian: python3-torch), or set {Variable}.");
        return Race.Median([.. lines.Skip(1).Select(line => double.Parse(line, CultureInfo.InvariantCulture))]);
    }
}
