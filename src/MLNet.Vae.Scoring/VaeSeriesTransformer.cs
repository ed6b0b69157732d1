using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using MLNet.Vae.Interop;
using MLNet.Vae.Runtime;
using MLNet.Vae.Saving;
using MLNet.Vae.Series;
using MLNet.Vae.Windows;

namespace MLNet.Vae;

/// <summary>
/// Judges each reading of a series given the window that it ends: adds <c>Score</c>, <c>PredictedLabel</c>, <c>ChannelScores</c>,
/// <c>Expected</c> and <c>WindowScore</c>, which <see cref="VaeSeriesReading"/> describes.
/// </summary>
/// <remarks>
/// <para>
/// <see cref="Transform"/> is lazy, and its cursor reads the source in order, in one pass, with a window of memory for each series. It is
/// not row to row: for readings that come one by one there is <see cref="CreateEngine()"/>.
/// </para>
/// <para>
/// Saving writes the model of windows as stock ML.NET transformers that read a column <c>Window</c>; <see cref="From(MLContext, string)"/>
/// gives this transformer back, with all that it had. Thread-safe; dispose it to release the native sessions: views and engines end with
/// it.
/// </para>
/// </remarks>
public sealed class VaeSeriesTransformer : ITransformer, IDisposable
{
    private readonly IHostEnvironment _environment;
    private readonly IHost _host;
    private readonly VaeScoringOptions _options;
    private readonly ScoringContext _scoring;
    private readonly VaeSeriesInfo _series;

    /// <exception cref="InvalidOperationException">The model is none of a series.</exception>
    internal VaeSeriesTransformer(IHostEnvironment env, VaeModel model, VaeScoringOptions options)
    {
        (_environment, _options) = (env, options);
        _host = env.Register(nameof(VaeSeriesTransformer));
        Model = model;
        _series = model.Info.Series ?? throw _host.Process(new InvalidOperationException(
            "The model is of rows, not of windows of a series: expected one that AnomalyDetection.Trainers.VaeSeries trained. Use "
            + $"{nameof(VaeTransformer)}.{nameof(VaeTransformer.From)} for it."));
        if (!model.IsComplete)
        {
            throw _host.Process(new InvalidOperationException(
                "The model was loaded from an encoder alone, which scores nothing: load scorer.onnx or the model.zip."));
        }
        _scoring = new(new MLNetHost(_host), model, options, typeof(VaeSeriesTransformer));
    }

    /// <summary>The trained model of windows.</summary>
    public VaeModel Model { get; }

    /// <summary>Readings whose score lies above are predicted anomalous, nats.</summary>
    public double Threshold => _series.Threshold;

    bool ITransformer.IsRowToRowMapper => false;

    /// <summary>
    /// Loads a model that was saved with <c>mlContext.Model.Save</c> or exported as <c>scorer.onnx</c>; its content tells which.
    /// </summary>
    /// <param name="mlContext">The context whose log and GPU settings scoring uses.</param>
    /// <param name="path">A model.zip or scorer.onnx.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged or foreign, or holds no or several models.</exception>
    /// <exception cref="InvalidOperationException">The model is none of a series.</exception>
    public static VaeSeriesTransformer From(MLContext mlContext, string path)
    {
        ArgumentNullException.ThrowIfNull(mlContext);
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new(mlContext, SavedFile.Read(path), new());
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">Columns are missing or of another type; the message says all of it.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
    {
        Columns(inputSchema);
        return SeriesView.SchemaOf(inputSchema, _series);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">Columns are missing or of another type; the message says all of it.</exception>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var view = new SeriesView(_host, input, Columns(input.Schema), _series, SeriesView.SchemaOf(input.Schema, _series), Scorer);
        return ConverterGuard.AroundWithoutForm(view, input, this);
    }

    /// <summary>The same model with another threshold; this transformer stays as it is.</summary>
    /// <param name="threshold">Nats above which a reading is predicted anomalous, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is negative or not finite.</exception>
    public VaeSeriesTransformer WithThreshold(double threshold) => threshold >= 0 && double.IsFinite(threshold)
        ? new(_environment, Model.With(Model.Info with { Series = _series with { Threshold = threshold } }), _options)
        : throw _host.Process(new ArgumentOutOfRangeException(
            nameof(threshold), threshold, "The threshold of a series is in nats of evidence: expected a finite number, 0 or above."));

    /// <summary>For readings that come one by one; it has read none yet. Not thread-safe.</summary>
    public VaeSeriesEngine CreateEngine() => new(_host, _series, Scorer());

    /// <summary>For readings that come one by one, after those that a saved engine had read.</summary>
    /// <param name="state">What <see cref="VaeSeriesEngine.Save"/> wrote.</param>
    /// <exception cref="InvalidDataException">It is damaged, foreign, or of a model with other windows.</exception>
    public VaeSeriesEngine CreateEngine(Stream state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var engine = CreateEngine();
        try
        {
            engine.Restore(state);
            return engine;
        }
        catch
        {
            engine.Dispose();
            throw;
        }
    }

    /// <summary>Releases the native sessions. Calling it again does nothing.</summary>
    public void Dispose() => _scoring.Dispose();

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) => throw _host.Process(new InvalidOperationException(
        $"A reading of a series is judged by those before it, and a PredictionEngine forgets these: use {nameof(CreateEngine)}."));

    void ICanSaveModel.Save(ModelSaveContext ctx) => SavedPipeline.Save(_host, Model, ctx);

    private SeriesScorer Scorer() => new(_scoring, Model.Info);

    private ReadingColumns Columns(DataViewSchema schema)
    {
        var columns = ReadingColumns.Of(_host, schema, VaeWindowOptions.Of(_series));
        if (columns.Names.Count != _series.Channels.Count)
        {
            throw _host.Process(new ArgumentOutOfRangeException(nameof(schema), string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"The channel columns {string.Join(", ", _series.Columns)} have {columns.Names.Count} values; the model was trained on ")
                + string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{_series.Channels.Count}. Give the same channels.")));
        }
        return columns;
    }
}
