using System.Net;

namespace MLNet.Vae.Reporting;

/// <summary>Puts data, styles and scripts together.</summary>
internal static class ReportHtml
{
    public static string Page(string title, string data, bool hasDecoder) => string.Join(null, Pieces(title, data, hasDecoder));

    /// <summary>A page in pieces, so that nobody needs it as one string.</summary>
    public static IEnumerable<string> Pieces(string title, string data, bool hasDecoder) => Around(title, Element(data, hasDecoder));

    /// <summary>The page of a scored series, in pieces.</summary>
    public static IEnumerable<string> SeriesPieces(string title, string data) =>
        Pieces(title, data, PageAssets.SeriesStyle.Value, PageAssets.SeriesScript.Value);

    /// <summary>The page of a synthetic table, in pieces.</summary>
    public static IEnumerable<string> TablePieces(string title, string data) =>
        Pieces(title, data, PageAssets.TableStyle.Value, PageAssets.TableScript.Value);

    private static IEnumerable<string> Pieces(string title, string data, string style, string script) =>
        Around(
            title,
            [
                "<div class=\"mlnetvae page\" data-mlnetvae=\"\"><style>",
                style,
                Data,
                data,
                "</script>",
                Content,
                script,
                "</script>",
            ]
        );

    private const string Data = "</style><script type=\"application/json\" data-report=\"\">";

    private const string Content =
        "<div data-content=\"\"></div><noscript>This report is drawn by its own script: allow scripts to see it.</noscript></div><script>";

    private static IEnumerable<string> Around(string title, IEnumerable<string> element)
    {
        const string Title = "{{title}}", Report = "{{report}}";
        var template = PageAssets.Template.Replace(Title, WebUtility.HtmlEncode(title), StringComparison.Ordinal);
        var at = template.IndexOf(Report, StringComparison.Ordinal);
        return [template[..at], .. element, template[(at + Report.Length)..]];
    }

    public static string Fragment(string data, bool hasDecoder) => string.Join(null, Element(data, hasDecoder));

    /// <summary>
    /// One element with all that it needs. The script mounts every element that is not mounted yet, so that several may stand on one page,
    /// in whatever order they come.
    /// </summary>
    private static IEnumerable<string> Element(string data, bool hasDecoder)
    {
        yield return "<div class=\"mlnetvae\" data-mlnetvae=\"\"><style>";
        yield return PageAssets.Style;
        yield return Data;
        yield return data;
        yield return "</script>";
        if (hasDecoder)
        {
            yield return "<script type=\"text/plain\" data-runtime-wasm=\"\">";
            yield return PageAssets.RuntimeWasm.Value;
            yield return "</script><script type=\"text/plain\" data-runtime=\"\">";
            yield return PageAssets.Runtime.Value;
            yield return "</script>";
        }

        yield return Content;
        yield return PageAssets.Script;
        yield return "</script>";
        yield return PageAssets.Notices;
    }
}
