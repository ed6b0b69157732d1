using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using MLNet.Vae.Cells;
using MLNet.Vae.Generation;
using MLNet.Vae.Interop;
using MLNet.Vae.Layers;
using MLNet.Vae.Saving;
using MLNet.Vae.Tables;

namespace MLNet.Vae;

/// <summary>Scores rows of a table with a variational autoencoder: adds the columns that the estimator was asked for.</summary>
/// <remarks>
/// <para>
/// <see cref="Transform"/> is lazy, reads the columns of training under their names, and takes numbers of any type where training had
/// numbers. A value that is missing is left out of the score of its row. A category that training had not counts as one that was never
/// seen,
/// and is surprising.
/// </para>
/// <para>Thread-safe. Dispose it to release the native sessions; views and prediction engines over it end with it.</para>
/// </remarks>
public sealed class VaeTableTransformer : ITransformer, IDisposable
{
    private readonly IHostEnvironment _environment;
    private readonly IHost _host;
    private readonly VaeScoringOptions _options;
    private readonly VaeTransformer _model;
    private readonly Lazy<VaeTransformer> _reconstruction;

    /// <exception cref="InvalidOperationException">The model is none of a table.</exception>
    internal VaeTableTransformer(IHostEnvironment env, VaeModel model, VaeScoringOptions options)
    {
        (_environment, _options) = (env, options);
        _host = env.Register(nameof(VaeTableTransformer));
        Table = model.Info.Table ?? throw _host.Process(new InvalidOperationException(
            "The model is of a vector of features, not of a table: expected one that was trained with VaeTableOptions. Use "
            + $"{nameof(VaeTransformer)}.{nameof(VaeTransformer.From)} for it."));
        _model = new(env, model, options);
        _reconstruction = new(() => _model.WithColumns(
            new() { Features = TableNames.Features, Reconstruction = TableNames.Reconstruction }));
    }

    /// <summary>The trained model, whose features are those that the columns become.</summary>
    public VaeModel Model => _model.Model;

    /// <summary>How each column is modelled; <c>ToString()</c> is a table.</summary>
    public VaeTableInfo Table { get; }

    /// <summary>Rows that score above are predicted anomalous; <see langword="null"/> where the model has none.</summary>
    public double? Threshold => Model.Info.Threshold;

    /// <summary>What scores the features that the columns become.</summary>
    internal VaeTransformer OfFeatures => _model;

    bool ITransformer.IsRowToRowMapper => true;

    /// <summary>
    /// Loads a model that was saved with <c>mlContext.Model.Save</c> or exported as <c>scorer.onnx</c>; its content tells which.
    /// </summary>
    /// <param name="mlContext">The context whose log and GPU settings scoring uses.</param>
    /// <param name="path">A model.zip or scorer.onnx.</param>
    /// <param name="options">How rows are scored; <see langword="null"/>: the defaults.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged or foreign, or holds no or several models.</exception>
    /// <exception cref="InvalidOperationException">The model is none of a table.</exception>
    public static VaeTableTransformer From(MLContext mlContext, string path, VaeScoringOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(mlContext);
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new(mlContext, SavedFile.Read(path), options ?? new());
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">Columns are missing or of another type; the message says all of it.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return Results(_model.GetOutputSchema(Features(inputSchema).Output)).Output;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">Columns are missing or of another type; the message says all of it.</exception>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var scored = _model.Transform(new LayerView(Features(input.Schema), input));
        return ConverterGuard.Around(new LayerView(Results(scored.Schema), scored), input, this);
    }

    /// <summary>The same model with another threshold; this transformer stays as it is.</summary>
    /// <param name="threshold">Rows that score above are predicted anomalous, nats.</param>
    /// <returns>A new transformer with sessions of its own.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is not finite.</exception>
    public VaeTableTransformer WithThreshold(double threshold)
    {
        using var changed = _model.WithThreshold(threshold);
        return new(_environment, changed.Model, _options);
    }

    /// <summary>
    /// The table as the model expects it: each cell replaced by what it should have been given its row, in its own type: the mean of a
    /// number, the most likely category.
    /// </summary>
    /// <param name="data">Rows of the table; other columns pass through.</param>
    /// <exception cref="ArgumentOutOfRangeException">Columns are missing or of another type; the message says all of it.</exception>
    public IDataView Reconstruct(IDataView data)
    {
        ArgumentNullException.ThrowIfNull(data);
        var decoder = _reconstruction.Value;
        var scored = decoder.Transform(new LayerView(Features(data.Schema), data));
        var cells = new TableCells(Table, Model.DecoderSigmas());
        var layer = new CellLayer(_host, Table, [TableNames.Features, TableNames.Reconstruction], row =>
        {
            var values = new RowFeatures(row, TableNames.Reconstruction);
            return (cells.Of(values.Values), values.Values);
        });
        return new LayerView(layer.Over(scored.Schema), scored);
    }

    /// <summary>
    /// Draws rows like those of training: synthetic rows, with the columns of the table under their names and in their types.
    /// </summary>
    /// <remarks>
    /// Categories are among those of training, numbers within their range, whole where all were. A number is drawn within its bin, so that
    /// no value needs to be one that training had. With given columns 16 rows are drawn for each and one is chosen by the probability of
    /// what was given (sampling importance resampling: Rubin 1988): a value that hardly goes with the others takes rows that hardly differ.
    /// </remarks>
    /// <param name="count">Rows, 1 or more.</param>
    /// <param name="seed">Any number; the same seed gives the same rows.</param>
    /// <param name="given">
    /// Values that columns are to have in all rows, by name: the text of a category, a number, a Boolean, a DateTime;
    /// <see langword="null"/>: none. A number is kept to its bin.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1.</exception>
    /// <exception cref="ArgumentException">A given column is none of the table's, or cannot have the value.</exception>
    /// <exception cref="InvalidOperationException">The model was trained without VaeTableOptions.Sampler.</exception>
    public IDataView Sample(int count, int seed, IReadOnlyDictionary<string, object>? given = null)
    {
        if (count < 1)
            throw _host.Process(new ArgumentOutOfRangeException(nameof(count), count, "The number of rows must be at least 1."));
        if (Table.Sampler is null)
        {
            throw _host.Process(new InvalidOperationException(
                "The model has nothing to draw rows by: train it with VaeTableOptions.Sampler = new VaeRowSampler()."));
        }
        try
        {
            var rows = new TableSampler(_model.Scoring, Model.Info, Table).Draw(count, seed, given ?? new Dictionary<string, object>());
            return new RowsView(_host, Table, rows);
        }
        catch (ArgumentException fault)
        {
            _host.Process(fault);
            throw;
        }
    }

    /// <summary>
    /// Writes encoder.onnx, decoder.onnx and scorer.onnx, as <see cref="VaeModel.ExportOnnx(string)"/> does, and table.onnx, which takes
    /// the
    /// columns of the table themselves.
    /// </summary>
    /// <remarks>
    /// table.onnx: each column under its name, strings <c>[N, 1]</c> of text and keys, float32 <c>[N, 1]</c> of numbers and Booleans,
    /// <c>[N, size]</c> of a vector; missing are the empty string and NaN → mean, log_sigma <c>[N, L]</c>, reconstruction <c>[N, D]</c>,
    /// score <c>[N, 1]</c>, column_contributions <c>[N, columns]</c>. It cannot be loaded as a model: scorer.onnx can.
    /// </remarks>
    /// <param name="directory">Made where it does not exist.</param>
    /// <exception cref="InvalidOperationException">The table has a time, which ONNX has no type for.</exception>
    /// <exception cref="IOException">The directory cannot be made or written to, or the disk is full; says which file and why.</exception>
    public void ExportOnnx(string directory)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(directory);
        byte[] table;
        try
        {
            table = Model.ToTableOnnx();
        }
        catch (InvalidOperationException fault)
        {
            _host.Process(fault);
            throw;
        }
        Model.ExportOnnx(directory);
        FileSet.WriteOne("model", Path.Combine(directory, "table.onnx"), stream => stream.Write(table));
    }

    /// <summary>Releases the native sessions. Calling it again does nothing.</summary>
    public void Dispose()
    {
        _model.Dispose();
        if (_reconstruction.IsValueCreated)
            _reconstruction.Value.Dispose();
    }

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema)
    {
        var features = Features(inputSchema);
        var model = ((ITransformer)_model).GetRowToRowMapper(features.Output);
        return new MapperChain([new LayerMapper(features), model, new LayerMapper(Results(model.OutputSchema))]);
    }

    void ICanSaveModel.Save(ModelSaveContext ctx) => SavedPipeline.Save(_host, Model, ctx);

    private ColumnLayer Features(DataViewSchema schema) => TableLayers.Features(_host, schema, Table);

    private ColumnLayer Results(DataViewSchema schema) => TableLayers.Results(_host, schema, Table, Table.ContributionsColumn);
}
