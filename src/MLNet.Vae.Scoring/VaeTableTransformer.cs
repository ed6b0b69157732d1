using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using MLNet.Vae.Layers;
using MLNet.Vae.Saving;
using MLNet.Vae.Tables;

namespace MLNet.Vae;

/// <summary>Scores rows of a table with a variational autoencoder: adds the columns that the estimator was asked for.</summary>
/// <remarks>
/// <para>
/// <see cref="Transform"/> is lazy, reads the columns of training under their names, and takes numbers of any type where training had
/// numbers. A value that is missing is left out of the score of its row. A category that training had not counts as one that was never seen,
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

    /// <exception cref="InvalidOperationException">The model is none of a table.</exception>
    internal VaeTableTransformer(IHostEnvironment env, VaeModel model, VaeScoringOptions options)
    {
        (_environment, _options) = (env, options);
        _host = env.Register(nameof(VaeTableTransformer));
        Table = model.Info.Table ?? throw _host.Process(new InvalidOperationException(
            "The model is of a vector of features, not of a table: expected one that was trained with VaeTableOptions. Use "
            + $"{nameof(VaeTransformer)}.{nameof(VaeTransformer.From)} for it."));
        _model = new(env, model, options);
    }

    /// <summary>The trained model, whose features are those that the columns become.</summary>
    public VaeModel Model => _model.Model;

    /// <summary>How each column is modelled; <c>ToString()</c> is a table.</summary>
    public VaeTableInfo Table { get; }

    /// <summary>Rows that score above are predicted anomalous; <see langword="null"/> where the model has none.</summary>
    public double? Threshold => Model.Info.Threshold;

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
        return new(mlContext, ModelFinder.InFile(path), options ?? new());
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
        return new LayerView(Results(scored.Schema), scored);
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

    /// <summary>Releases the native sessions. Calling it again does nothing.</summary>
    public void Dispose() => _model.Dispose();

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
