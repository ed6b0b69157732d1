using System.Diagnostics;
using System.Reflection;

namespace MLNet.Vae.Tests.Kit;

/// <summary>A program of this repository, run to its end in a process of its own.</summary>
internal sealed record ProgramRun(int ExitCode, string Output, string Error)
{
    /// <summary>Where the build put a program.</summary>
    /// <param name="key">The metadata of the test assembly that says so.</param>
    public static string Find(string key) => typeof(ProgramRun).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;

    public static Task<ProgramRun> Of(string key, params string[] arguments) => At(Find(key), new Dictionary<string, string>(), arguments);

    /// <param name="path">The program's assembly.</param>
    /// <param name="environment">Variables that it gets beside this process's.</param>
    /// <param name="arguments">For the program.</param>
    public static async Task<ProgramRun> At(string path, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", path, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new(process.ExitCode, output, await error);
    }
}
