using Microsoft.ML;
using Microsoft.ML.Runtime;
using MLNet.Vae.Interop;
using MLNet.Vae.Reporting;

namespace MLNet.Vae;

/// <summary>
/// Whether a synthetic table is like the real one, and whether it gives rows of it away: distributions, associations, boosted trees that
/// are to tell synthetic rows from real ones, others that are trained on synthetic rows and tested on real ones, distances to training
/// rows and exact copies. As numbers, or as one HTML file that opens from disk without a network, in light and dark.
/// </summary>
/// <remarks>
/// Made from three views alone, whatever model made the rows. Each figure stands beside that of real rows which the model did not see: it
/// is what a perfect model would reach. The same rows and options give the same figures. Safe for use by several threads at once.
/// </remarks>
public static class VaeTableReport
{
    /// <summary>
    /// Reads each view once, and <paramref name="real"/> twice, and compares them. Where a view does not know how many rows it has, they
    /// are counted first, in a pass without columns.
    /// </summary>
    /// <param name="mlContext">Marks exceptions, as ML.NET does. The trees have a context of their own, of the options' seed.</param>
    /// <param name="real">Rows that the model was trained on.</param>
    /// <param name="heldOut">
    /// Real rows that it was not trained on, from the same source. Associations and detection are of as many rows of each view as the
    /// smallest has.
    /// </param>
    /// <param name="synthetic">Rows that the model made.</param>
    /// <param name="options">Which columns, and how many rows; <see langword="null"/>: the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of range; the message has all other faults too.</exception>
    /// <exception cref="InvalidOperationException">
    /// A column is missing, of another type in one of the views or of a type that cannot be compared, all faults in one message; a view has
    /// no rows; a number is infinite; a label has fewer than two classes or too many.
    /// </exception>
    public static VaeTableQuality Measure(
        MLContext mlContext,
        IDataView real,
        IDataView heldOut,
        IDataView synthetic,
        VaeTableReportOptions? options = null
    )
    {
        ArgumentNullException.ThrowIfNull(mlContext);
        ArgumentNullException.ThrowIfNull(real);
        ArgumentNullException.ThrowIfNull(heldOut);
        ArgumentNullException.ThrowIfNull(synthetic);
        var host = ((IHostEnvironment)mlContext).Register(nameof(VaeTableReport));
        try
        {
            return TableComparison.Of(real, heldOut, synthetic, options ?? new());
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException)
        {
            host.Process(error);
            throw;
        }
    }

    /// <summary>Measures, and writes the figures as a page, replacing a file of this name.</summary>
    /// <param name="mlContext">Marks exceptions, as ML.NET does.</param>
    /// <param name="real">Rows that the model was trained on.</param>
    /// <param name="heldOut">Real rows that it was not trained on, from the same source.</param>
    /// <param name="synthetic">Rows that the model made.</param>
    /// <param name="path">
    /// Its directory is made where it does not exist. Never half written: it is written under a temporary name beside it, and then renamed.
    /// </param>
    /// <param name="options">Which columns, and how many rows; <see langword="null"/>: the defaults.</param>
    /// <returns>The figures of the page. It holds categories, quantiles and numbers of rows, no rows themselves.</returns>
    /// <exception cref="ArgumentException">
    /// <paramref name="path"/> is null or blank, or an option is out of range; the message has all other faults too.
    /// </exception>
    /// <exception cref="InvalidOperationException">As of <see cref="Measure"/>.</exception>
    /// <exception cref="IOException">The file cannot be written; names path and reason.</exception>
    public static VaeTableQuality Write(
        MLContext mlContext,
        IDataView real,
        IDataView heldOut,
        IDataView synthetic,
        string path,
        VaeTableReportOptions? options = null
    )
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        options ??= new();
        var quality = Measure(mlContext, real, heldOut, synthetic, options);
        var data = PageJson.Of(new { options.Title, options.Seed, VaeTableQuality.Probabilities, Quality = quality });
        FileSet.WriteOne("report", path, stream =>
        {
            using var writer = new StreamWriter(stream, leaveOpen: true);
            foreach (var piece in ReportHtml.TablePieces(options.Title, data))
                writer.Write(piece);
        });
        return quality;
    }
}
