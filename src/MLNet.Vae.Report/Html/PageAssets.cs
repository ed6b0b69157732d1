using System.Text;

namespace MLNet.Vae.Reporting;

/// <summary>What the build bundled.</summary>
internal static class PageAssets
{
    public static string Template { get; } = Text("page/template.html");

    public static string Script { get; } = Text("page/report.js");

    public static string Style { get; } = Text("page/report.css");

    /// <summary>Of the page of a series, which has no package in it.</summary>
    public static Lazy<string> SeriesScript { get; } = new(() => Text("page/series.js"));

    public static Lazy<string> SeriesStyle { get; } = new(() => Text("page/series.css"));

    /// <summary>Of the page of a synthetic table, which has no package in it either.</summary>
    public static Lazy<string> TableScript { get; } = new(() => Text("page/table.js"));

    public static Lazy<string> TableStyle { get; } = new(() => Text("page/table.css"));

    /// <summary>The licences of what is bundled, as a comment of HTML.</summary>
    public static string Notices { get; } = $"<!--\n{Text("page/notices.txt").Replace("--", "- -", StringComparison.Ordinal)}\n-->";

    /// <summary>ONNX Runtime for browsers: its script.</summary>
    public static Lazy<string> Runtime { get; } = new(() => Text("page/runtime.js"));

    /// <summary>And its WebAssembly, gzip, base64.</summary>
    public static Lazy<string> RuntimeWasm { get; } = new(() => Convert.ToBase64String(Bytes("page/runtime.wasm.gz")));

    private static string Text(string name) => Encoding.UTF8.GetString(Bytes(name));

    private static byte[] Bytes(string name)
    {
        using var resource =
            typeof(PageAssets).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The assembly lacks {name}.");
        var bytes = new byte[resource.Length];
        resource.ReadExactly(bytes);
        return bytes;
    }
}
