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

    public static async Task<ProgramRun> Of(string key, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", ["exec", Find(key), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new(process.ExitCode, output, await error);
    }
}
