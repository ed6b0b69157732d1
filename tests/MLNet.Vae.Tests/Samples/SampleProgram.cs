using System.Reflection;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace MLNet.Vae.Tests.Samples;

/// <summary>A file-based program of samples/, compiled and run here against the assemblies of this build.</summary>
internal static class SampleProgram
{
    /// <summary>What the SDK imports for every program.</summary>
    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    // Named before the one of System, as a type of the global namespace is: other tests write to that at the same time.
    private const string Output = """
        internal static class Console
        {
            public static readonly System.Text.StringBuilder Text = new();
            public static void WriteLine(string line) => Text.Append(line).Append('\n');
        }
        """;

    public static string Folder { get; } = Path.Combine(TestData.RepositoryRoot, "samples");

    /// <summary>The program without its lines for the SDK, as a page shows it.</summary>
    public static string Code(string text) =>
        string.Join('\n', text.Split('\n').Where(line => !line.StartsWith("#:", StringComparison.Ordinal))).Trim();

    /// <summary>What it writes, line by line.</summary>
    public static string[] Run(string text)
    {
        var options = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Latest);
        var trees = new[] { Code(text), ImplicitUsings, Output }.Select(part => CSharpSyntaxTree.ParseText(part, options));
        var assemblies = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        var compilation = CSharpCompilation.Create(
            "Sample",
            trees,
            assemblies.Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));
        using var bytes = new MemoryStream();
        var result = compilation.Emit(bytes);
        var faults = result.Diagnostics.Where(fault => fault.Severity >= DiagnosticSeverity.Warning);
        Assert.True(result.Success && !faults.Any(), string.Join('\n', faults));
        var assembly = Assembly.Load(bytes.ToArray());
        assembly.EntryPoint!.Invoke(null, [Array.Empty<string>()]);
        var written = (StringBuilder)assembly.GetType("Console")!.GetField("Text")!.GetValue(null)!;
        return written.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
