using Microsoft.ML;
using Microsoft.ML.Runtime;
using MLNet.Vae.Interop;
using MLNet.Vae.Reporting;

namespace MLNet.Vae;

/// <summary>
/// What a trained autoencoder does with data, to look at: one HTML file that opens from disk without a network, in light and dark, or its
/// parts as fragments for notebooks.
/// </summary>
/// <remarks>
/// <para>
/// Made from the model alone, on ONNX Runtime. Losses are those of the model's training history; everything else is of the rows given here.
/// The same model, rows and options give the same report.
/// </para>
/// <para>
/// Holds no native resource and no more than <see cref="VaeReportOptions.RowLimit"/> rows; they are written into the page, so a report may
/// say as much about single rows as the data does. Immutable; safe for use by several threads at once.
/// </para>
/// </remarks>
public sealed class VaeReport
{
    private readonly IHost _host;
    private readonly ReportPayload _payload;

    private VaeReport(IHost host, ReportPayload payload)
    {
        _host = host;
        _payload = payload;
        Parts =
        [
            .. payload.Order
                .Where(part => payload.Missing(part) is null && (part != VaeReportPart.Warnings || payload.Warnings.Count > 0)),
        ];
    }

    /// <summary>
    /// What the report shows, in order: what the model and the options allow. <see cref="VaeReportPart.Warnings"/> is left out where there
    /// are none.
    /// </summary>
    public IReadOnlyList<VaeReportPart> Parts { get; }

    /// <summary>What a person should look at, in words; they stand in the report too.</summary>
    public IReadOnlyList<string> Warnings => _payload.Warnings;

    /// <summary>Scores the rows once and keeps what is shown.</summary>
    /// <param name="mlContext">Marks exceptions, as ML.NET does.</param>
    /// <param name="transformer">
    /// The model. Of a fitted pipeline: <see cref="VaeTransformer.From(MLContext, ITransformer, VaeScoringOptions?)"/>.
    /// </param>
    /// <param name="data">
    /// Rows with the column of the features and, of a conditional model, of the condition, as <see cref="VaeColumns"/> names them. Rows
    /// with NaN or infinity are left out and counted.
    /// Where the view does not know how many rows it has and <see cref="VaeReportOptions.RowLimit"/> may be exceeded, they are counted
    /// first, in a pass without columns.
    /// </param>
    /// <param name="options">What is shown; <see langword="null"/>: the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A column that the model reads is missing, of another type or of another width.
    /// </exception>
    /// <exception cref="ArgumentException">An option is out of range; the message has all other faults too.</exception>
    /// <exception cref="InvalidOperationException">
    /// There are no rows, or an option names a column that will not do: all faults in one message.
    /// </exception>
    public static VaeReport Create(MLContext mlContext, VaeTransformer transformer, IDataView data, VaeReportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(mlContext);
        ArgumentNullException.ThrowIfNull(transformer);
        ArgumentNullException.ThrowIfNull(data);
        return Create(mlContext, transformer.Model, data, options ?? new(), (_, columns, asked) =>
        {
            var hasImages = (asked.ImageShape ?? transformer.Model.Info.ImageShape) is not null;
            return ReportReader.Read(transformer, data, columns, asked, hasImages);
        });
    }

    /// <summary>
    /// Scores all rows of a table once, and shows of the worst what each cell is and what it should have been, in nats.
    /// </summary>
    /// <remarks>
    /// Holds no more than <see cref="VaeReportOptions.RowLimit"/> rows, <see cref="VaeReportOptions.WorstRows"/> of them with their cells.
    /// The worst rows, what is said of columns and the share above the threshold are of all rows; the histogram, the latent space and the
    /// area under the ROC curve are of the rows kept. A page of a table has no explorer.
    /// </remarks>
    /// <param name="mlContext">Marks exceptions, as ML.NET does.</param>
    /// <param name="transformer">The model.</param>
    /// <param name="data">
    /// Rows with the columns of training, missing cells among them. Rows with infinity, a count that is negative or not whole, or a flag
    /// outside 0 to 1 are left out and counted. Where the view does not know how many rows it has and
    /// <see cref="VaeReportOptions.RowLimit"/> may be exceeded, they are counted first, in a pass without columns.
    /// </param>
    /// <param name="options">What is shown; <see langword="null"/>: the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">Columns are missing or of another type; the message says all of it.</exception>
    /// <exception cref="ArgumentException">An option is out of range; the message has all other faults too.</exception>
    /// <exception cref="InvalidOperationException">
    /// There are no rows, the model was loaded from an encoder alone, a label is neither 0 nor 1, or an option names a column that will not
    /// do: all faults in one message.
    /// </exception>
    public static VaeReport Create(MLContext mlContext, VaeTableTransformer transformer, IDataView data, VaeReportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(mlContext);
        ArgumentNullException.ThrowIfNull(transformer);
        ArgumentNullException.ThrowIfNull(data);
        return Create(mlContext, transformer.Model, data, options ?? new(), (context, columns, asked) => columns.Model.Score is null
            ? throw new InvalidOperationException(ReportMessages.TableWithoutScores)
            : TableRowsReader.Read(context, transformer.OfFeatures, data, columns, asked));
    }

    private static VaeReport Create(
        MLContext mlContext,
        VaeModel model,
        IDataView data,
        VaeReportOptions options,
        Func<IExceptionContext, ReportColumns, VaeReportOptions, ReportRows> read
    )
    {
        var host = ((IHostEnvironment)mlContext).Register(nameof(VaeReport));
        try
        {
            var rows = read(host, new ReportColumns(model, options, data.Schema), options);
            if (rows.Count == 0)
                throw new InvalidOperationException(ReportMessages.NoRows(rows.LeftOut, rows.Table is not null));
            return new(host, new(model, rows, data.Schema, options));
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException)
        {
            host.Process(error);
            throw;
        }
    }

    /// <summary>Writes the whole report, replacing a file of this name.</summary>
    /// <param name="path">
    /// Its directory is made where it does not exist. Never half written: it is written under a temporary name beside it, and then renamed.
    /// </param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is null or blank.</exception>
    /// <exception cref="IOException">The file cannot be written; names path and reason.</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        FileSet.WriteOne("report", path, stream =>
        {
            using var writer = new StreamWriter(stream, leaveOpen: true);
            foreach (var piece in ReportHtml.Pieces(_payload.Title, _payload.ToJson(Parts), HasDecoder(Parts)))
                writer.Write(piece);
        });
    }

    /// <summary>The whole report: what <see cref="Save"/> writes.</summary>
    public string ToHtml() => ReportHtml.Page(_payload.Title, _payload.ToJson(Parts), HasDecoder(Parts));

    /// <summary>
    /// One part as a fragment of HTML with all that it needs, to be shown in a notebook:
    /// <c>HTML(report.ToHtml(VaeReportPart.LossCurves))</c>. Several fragments may stand on one page.
    /// </summary>
    /// <param name="part">Any part; see <see cref="Parts"/> for those that there are.</param>
    /// <exception cref="InvalidOperationException">The report has no such part; says why.</exception>
    public string ToHtml(VaeReportPart part)
    {
        if (!Enum.IsDefined(part))
        {
            throw new ArgumentOutOfRangeException(
                nameof(part),
                part,
                $"Expected one of {string.Join(", ", Enum.GetNames<VaeReportPart>())}."
            );
        }
        if (_payload.Missing(part) is { } why)
            throw _host.Process(new InvalidOperationException(ReportMessages.PartNotThere(part, why)));
        return ReportHtml.Fragment(_payload.ToJson([part]), HasDecoder([part]));
    }

    private static bool HasDecoder(IReadOnlyList<VaeReportPart> parts) =>
        parts.Any(part => part is VaeReportPart.Explorer or VaeReportPart.Manifold);
}
