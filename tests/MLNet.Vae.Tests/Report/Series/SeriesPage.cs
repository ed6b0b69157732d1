using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.ML;
using MLNet.Vae.Tests.Kit;

namespace MLNet.Vae.Tests.Report.Series;

/// <summary>A page as it was written, and the data in it.</summary>
internal sealed partial class SeriesPage
{
    private SeriesPage(string html)
    {
        Html = html;
        Data = JsonSerializer.Deserialize<JsonElement>(DataElement().Match(html).Groups[1].Value);
    }

    public string Html { get; }

    public JsonElement Data { get; }

    public JsonElement Series(int place) => Data.GetProperty("series")[place];

    public static SeriesPage Of<T>(IEnumerable<T> rows, VaeSeriesReportOptions options) where T : class
    {
        var mlContext = new MLContext(seed: 1);
        return Of(mlContext, mlContext.Data.LoadFromEnumerable(rows), options);
    }

    public static SeriesPage Of(MLContext mlContext, IDataView data, VaeSeriesReportOptions options)
    {
        using var folder = new TemporaryDirectory();
        VaeSeriesReport.Write(mlContext, data, folder.File("series.html"), options);
        return new(File.ReadAllText(folder.File("series.html")));
    }

    public static T[] Unpack<T>(JsonElement packed) where T : struct
    {
        using var bytes = new MemoryStream(packed.GetProperty("data").GetBytesFromBase64());
        using var gzip = new GZipStream(bytes, CompressionMode.Decompress);
        using var unpacked = new MemoryStream();
        gzip.CopyTo(unpacked);
        return MemoryMarshal.Cast<byte, T>(unpacked.ToArray()).ToArray();
    }

    [GeneratedRegex("<script type=\"application/json\" data-report=\"\">(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex DataElement();
}
