using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace MLNet.Vae.Benchmarks.Speed;

/// <summary>Rivals/train.py: the same network in PyTorch, in a process of its own.</summary>
internal static class PyTorch
{
    /// <summary>Overrides where Python is, for one whose PyTorch is elsewhere.</summary>
    private const string Variable = "MLNETVAE_PYTHON";

    /// <summary>Chosen for other programs than this, they make OpenBLAS slower than it is.</summary>
    private static readonly string[] OpenBlasVariables = ["OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"];

    private static readonly Lazy<string?> Version = new(FindVersion);

    /// <summary>The Python that has Debian's python3-torch: its libtorch and BLAS are older than those of this process.</summary>
    private static string Python => Environment.GetEnvironmentVariable(Variable) ?? "/usr/bin/python3";

    /// <summary>Its name and version; <see langword="null"/>: it is not installed.</summary>
    public static string? Name => Version.Value is { } version ? $"PyTorch {version}" : null;

    /// <summary>What to print where it is not.</summary>
    public static string Skipped =>
        $"Skipped: PyTorch, which {Python} does not have (Debian: python3-torch and libopenblas0-openmp, or set {Variable}).";

    /// <summary>Median seconds of an epoch, the first left out.</summary>
    public static double SecondsPerEpoch(string way, string shape, int rows, int batch, int threads, int epochs)
    {
        var script = Path.Combine(AppContext.BaseDirectory, "Rivals", "train.py");
        var output = ChildProcess.Output(
            Start([script, way, shape, .. new[] { rows, batch, threads, epochs + 1 }.Select(n => n.ToString(CultureInfo.InvariantCulture))])
        );
        double[] seconds =
        [
            .. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => double.Parse(line, CultureInfo.InvariantCulture)),
        ];
        return seconds.Length == epochs + 1
            ? Race.Median(seconds[1..])
            : throw new InvalidOperationException($"{script} wrote {seconds.Length} epochs instead of {epochs + 1}.");
    }

    /// <summary>
    /// Version and library of matrix products. Absent is where there is no such Python, or it knows no torch; a torch that fails to load is
    /// a failure.
    /// </summary>
    private static string? FindVersion()
    {
        const string None = "none";
        const string Script = $"""
            import importlib.util, os
            if importlib.util.find_spec('torch') is None:
                print('{None}')
            else:
                import torch
                torch.ones(64, 64) @ torch.ones(64, 64)
                maps = open('/proc/self/maps').read().lower() if os.path.exists('/proc/self/maps') else ''
                print(torch.__version__, next((name for name in ('OpenBLAS', 'MKL') if name.lower() in maps), 'another BLAS'), sep=', ')
            """;
        try
        {
            var version = ChildProcess.Output(Start(["-c", Script])).Trim();
            return version == None ? null : version;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    private static ProcessStartInfo Start(string[] arguments)
    {
        var start = new ProcessStartInfo(Python, arguments);
        foreach (var variable in OpenBlasVariables)
            start.Environment.Remove(variable);
        return start;
    }
}
