using Microsoft.ML;
using Microsoft.ML.Runtime;
using MLNet.Vae.Interop;
using MLNet.Vae.Reporting;

namespace MLNet.Vae;

/// <summary>
/// A scored series of readings, to look at: one HTML file that opens from disk without a network, in light and dark, with a chart for each
/// channel and for the score, what was predicted beside what is known, and a table of alarms.
/// </summary>
/// <remarks>
/// Made from columns alone, whatever model gave them. The rows shown are written into the file, so it is as confidential as they are. Safe
/// for use by several threads at once.
/// </remarks>
public static class VaeSeriesReport
{
    /// <summary>Reads the rows once, in their order, and writes the file, replacing one of this name.</summary>
    /// <param name="mlContext">Marks exceptions, as ML.NET does.</param>
    /// <param name="scored">
    /// Rows with the columns that the options name; those of one series in the order of time, though not necessarily together. Where the
    /// view does not know how many rows it has, they are counted first, in a pass without columns.
    /// </param>
    /// <param name="path">
    /// Its directory is made where it does not exist. Never half written: it is written under a temporary name beside it, and then renamed.
    /// </param>
    /// <param name="options">Which columns are what.</param>
    /// <exception cref="ArgumentException">
    /// <paramref name="path"/> is null or blank, or an option is out of range; the message has all other faults too.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// A column is missing or of another type or width, all faults in one message; there are no rows; time goes back or is missing in a
    /// row; a label is neither 0 nor 1.
    /// </exception>
    /// <exception cref="IOException">The file cannot be written; names path and reason.</exception>
    public static void Write(MLContext mlContext, IDataView scored, string path, VaeSeriesReportOptions options)
    {
        ArgumentNullException.ThrowIfNull(mlContext);
        ArgumentNullException.ThrowIfNull(scored);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentNullException.ThrowIfNull(options);
        var host = ((IHostEnvironment)mlContext).Register(nameof(VaeSeriesReport));
        string data;
        try
        {
            var columns = new SeriesColumns(options, scored.Schema);
            data = SeriesPayload.ToJson(columns, SeriesReader.Read(scored, columns, options), options);
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException)
        {
            host.Process(error);
            throw;
        }

        FileSet.WriteOne("report", path, stream =>
        {
            using var writer = new StreamWriter(stream, leaveOpen: true);
            foreach (var piece in ReportHtml.SeriesPieces(options.Title, data))
                writer.Write(piece);
        });
    }
}
