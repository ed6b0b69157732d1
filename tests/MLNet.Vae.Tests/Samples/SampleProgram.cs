using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace MLNet.Vae.Tests.Samples;

/// <summary>A file-based program of samples/, compiled and run here against the assemblies of this build.</summary>
/// <param name="Name">The file's path in samples/.</param>
/// <param name="Output">What it wrote.</param>
internal sealed partial record SampleProgram(string Name, string Output)
{
    /// <summary>What the SDK imports for every program.</summary>
    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    // Named before the one of System, as a type of the global namespace is: other tests write to that at the same time.
    private const string Writer = """
        internal static class Console
        {
            public static readonly System.Text.StringBuilder Text = new();
            public static void WriteLine(object? line = null) => Write($"{line}\n");

            public static void Write(object? text)
            {
                lock (Text)
                    Text.Append(text);
            }
        }
        """;

    private static readonly CSharpParseOptions Language = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Latest);

    /// <summary>Without the warnings that the SDK leaves out too: of an assembly in the place of an older one.</summary>
    private static readonly CSharpCompilationOptions Options = new(
        OutputKind.ConsoleApplication,
        nullableContextOptions: NullableContextOptions.Enable,
        specificDiagnosticOptions: [new("CS1701", ReportDiagnostic.Suppress), new("CS1702", ReportDiagnostic.Suppress)]);

    private static readonly Lazy<MetadataReference[]> References = new(() =>
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path)),
    ]);

    public static string Folder { get; } = Path.Combine(TestData.RepositoryRoot, "samples");

    /// <summary>All of them, by their paths in samples/.</summary>
    public static IEnumerable<string> Names => Directory.EnumerateFiles(Folder, "*.cs", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(Folder, path).Replace('\\', '/')).Order(StringComparer.Ordinal);

    public IReadOnlyList<string> Lines { get; } = Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public static string Text(string name) => File.ReadAllText(Path.Combine(Folder, name));

    /// <summary>The program without its lines for the SDK, as a page shows it.</summary>
    public static string Code(string name) =>
        string.Join('\n', Text(name).Split('\n').Where(line => !line.StartsWith("#:", StringComparison.Ordinal))).Trim();

    /// <summary>Runs it. Programs of one test class run one after another: some write to files of the same names.</summary>
    public static SampleProgram Run(string name)
    {
        using var bytes = new MemoryStream();
        Compile(name, bytes, Writer);
        var assembly = Assembly.Load(bytes.ToArray());
        var main = assembly.EntryPoint!;
        main.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [Array.Empty<string>()], null);
        return new(name, assembly.GetType("Console")!.GetField("Text")!.GetValue(null)!.ToString()!);
    }

    /// <summary>Writes it as a program that <c>dotnet exec</c> starts from the folder of the tests, with what they reference.</summary>
    /// <returns>Its arguments.</returns>
    public static string[] Compile(string name)
    {
        var path = Path.Combine(AppContext.BaseDirectory, $"Sample.{name.Replace('/', '.')}.dll");
        using (var file = File.Create(path))
            Compile(name, file);
        var tests = Path.ChangeExtension(typeof(SampleProgram).Assembly.Location, null);
        return ["exec", "--runtimeconfig", $"{tests}.runtimeconfig.json", "--depsfile", $"{tests}.deps.json", path];
    }

    private static void Compile(string name, Stream stream, params string[] more)
    {
        var trees = more.Prepend(ImplicitUsings).Prepend(Code(name)).Select(part => CSharpSyntaxTree.ParseText(part, Language));
        var compilation = CSharpCompilation.Create(
            $"Sample.{name.Replace('/', '.')}",
            trees,
            References.Value,
            Options);
        var result = compilation.Emit(stream);
        var faults = result.Diagnostics.Where(fault => fault.Severity >= DiagnosticSeverity.Warning);
        Assert.True(result.Success && !faults.Any(), $"{name}\n{string.Join('\n', faults)}");
    }

    /// <summary>The number that stands behind a text.</summary>
    public double Number(string text)
    {
        var match = Regex.Match(Output, Regex.Escape(text) + @"\s*(-?[\d,]*\.?\d+)");
        Assert.True(match.Success, $"No number behind \"{text}\" in:\n{Output}");
        return double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
    }

    /// <summary>All numbers of all lines that begin with a text.</summary>
    public double[] Numbers(string text)
    {
        var lines = Lines.Where(line => line.StartsWith(text, StringComparison.Ordinal)).Select(line => line[text.Length..]);
        return [.. lines.SelectMany(line => Figure().Matches(line)).Select(match =>
            double.Parse(match.Value, CultureInfo.InvariantCulture))];
    }

    [GeneratedRegex(@"-?\d[\d,]*(\.\d+)?")]
    private static partial Regex Figure();
}
