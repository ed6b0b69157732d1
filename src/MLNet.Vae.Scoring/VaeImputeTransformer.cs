using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using MLNet.Vae.Interop;
using MLNet.Vae.Cells;
using MLNet.Vae.Generation;
using MLNet.Vae.Layers;
using MLNet.Vae.Runtime;
using MLNet.Vae.Saving;
using MLNet.Vae.Tables;

namespace MLNet.Vae;

/// <summary>Fills what is missing in the columns of a table, each in its own type. What is there stays bit for bit.</summary>
/// <remarks>
/// <para>
/// A number is filled with the mean of p(x | z) at the posterior mean given what is there, rounded where all of training were whole, and
/// kept within the range of training; a category or a key with the most likely one.
/// A key that the column has no name for stays missing. <see cref="Draw"/> gives draws in place of these.
/// </para>
/// <para>
/// <see cref="Transform"/> is lazy and row to row. Thread-safe. Dispose it to release the native sessions; views and prediction engines
/// over
/// it end with it. It is saved as the model of its table is, and <see cref="From"/> gives it back.
/// </para>
/// </remarks>
public sealed class VaeImputeTransformer : ITransformer, IDisposable
{
    private const string Mean = "TableMean", LogSigma = "TableLogSigma";

    private readonly IHost _host;
    private readonly VaeTransformer _model, _posterior;
    private readonly TableCells _cells;

    internal VaeImputeTransformer(IHostEnvironment env, VaeModel model, VaeScoringOptions options, string? indicatorSuffix)
    {
        _host = env.Register(nameof(VaeImputeTransformer));
        Table = model.Info.Table ?? throw _host.Process(new InvalidOperationException(
            "The model is of a vector of features, not of a table: expected one that was trained with VaeTableOptions."));
        IndicatorSuffix = indicatorSuffix;
        var columns = new VaeColumns { Features = TableNames.Features, Reconstruction = TableNames.Reconstruction };
        _model = new(env, model.With(model.Info with { Columns = columns, Threshold = null, Contamination = null }), options);
        _posterior = _model.WithColumns(new() { Features = TableNames.Features, Embedding = Mean, LogSigma = LogSigma });
        _cells = new(Table, model.DecoderSigmas());
    }

    /// <summary>The trained model, whose features are those that the columns become.</summary>
    public VaeModel Model => _model.Model;

    /// <summary>How each column is modelled; <c>ToString()</c> is a table.</summary>
    public VaeTableInfo Table { get; }

    /// <summary>
    /// With this behind its name a <c>Boolean</c> column for each column says whether its cell was missing; <see langword="null"/>: none
    /// does.
    /// </summary>
    public string? IndicatorSuffix { get; }

    bool ITransformer.IsRowToRowMapper => true;

    /// <summary>Loads a model of a table, whether it was trained to impute or not.</summary>
    /// <param name="mlContext">The context whose log and GPU settings scoring uses.</param>
    /// <param name="path">A model.zip or scorer.onnx.</param>
    /// <param name="indicatorSuffix">See <see cref="IndicatorSuffix"/>.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged or foreign, or holds no or several models.</exception>
    /// <exception cref="InvalidOperationException">The model is none of a table.</exception>
    public static VaeImputeTransformer From(MLContext mlContext, string path, string? indicatorSuffix = null)
    {
        ArgumentNullException.ThrowIfNull(mlContext);
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new(mlContext, SavedFile.Read(path), new(), indicatorSuffix);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">Columns are missing or of another type; the message says all of it.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return Expected(_model.GetOutputSchema(Features(inputSchema).Output)).Output;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">Columns are missing or of another type; the message says all of it.</exception>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var scored = _model.Transform(new LayerView(Features(input.Schema), input));
        return ConverterGuard.AroundWithoutForm(new LayerView(Expected(scored.Schema), scored), input, this);
    }

    /// <summary>
    /// Fills with draws from what the values may have been (multiple imputation: Rubin 1987): tables by several seeds differ as far as what
    /// is missing is unknown.
    /// </summary>
    /// <remarks>
    /// Of 16 candidates, z drawn from the posterior given what is there, one is chosen by its importance weight (Mattei and Frellsen 2019),
    /// and its fields that are missing are drawn one after the other given all before. Takes some milliseconds for each row with a hole.
    /// </remarks>
    /// <param name="input">A table.</param>
    /// <param name="seed">Any number; together with a row's id it determines what is drawn, in whatever order rows are read.</param>
    /// <exception cref="ArgumentOutOfRangeException">Columns are missing or of another type; the message says all of it.</exception>
    /// <exception cref="InvalidOperationException">The model was trained without VaeTableOptions.Sampler.</exception>
    public IDataView Draw(IDataView input, int seed)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (Table.Sampler is null)
        {
            throw _host.Process(new InvalidOperationException(
                "The model has nothing to draw values by: train it with VaeTableOptions.Sampler = new VaeRowSampler()."));
        }
        var scored = _posterior.Transform(new LayerView(Features(input.Schema), input));
        var (runs, codes) = (new ModelRuns(_posterior.Scoring, Model.Info), new RowCodes(Table));
        var layer = Layer([TableNames.Features, Mean, LogSigma], row =>
        {
            var drawn = new DrawnCells(runs, codes, row, Mean, LogSigma, seed, Table.Sampler.GivenLatent != false);
            return (_cells.Of(drawn.Row), () => default);
        });
        return new LayerView(layer.Over(scored.Schema), scored);
    }

    /// <summary>Releases the native sessions. Calling it again does nothing.</summary>
    public void Dispose()
    {
        _model.Dispose();
        _posterior.Dispose();
    }

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema)
    {
        var features = Features(inputSchema);
        var model = ((ITransformer)_model).GetRowToRowMapper(features.Output);
        return new MapperChain([new LayerMapper(features), model, new LayerMapper(Expected(model.OutputSchema))]);
    }

    void ICanSaveModel.Save(ModelSaveContext ctx) => SavedPipeline.Save(_host, Model, ctx, fills: true);

    private ColumnLayer Features(DataViewSchema schema) => TableLayers.Features(_host, schema, Table);

    private ColumnLayer Expected(DataViewSchema schema) => Layer([TableNames.Features, TableNames.Reconstruction], row =>
    {
        var values = new RowFeatures(row, TableNames.Reconstruction);
        return (_cells.Of(values.Values), values.Values);
    }).Over(schema);

    private CellLayer Layer(
        IReadOnlyList<string> sources, Func<DataViewRow, (IReadOnlyList<CellValues>, Func<ReadOnlyMemory<float>>)> cells)
        => new(_host, Table, sources, cells) { IsMissingAlone = true, IndicatorSuffix = IndicatorSuffix };
}
