using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using MLNet.Vae.Columns;
using MLNet.Vae.Cursors;
using MLNet.Vae.Interop;
using MLNet.Vae.Messages;
using MLNet.Vae.Onnx;
using MLNet.Vae.Runtime;
using MLNet.Vae.Saving;

namespace MLNet.Vae;

/// <summary>
/// Scores rows with a variational autoencoder: adds the columns that <see cref="VaeColumns"/> names, in blocks through ONNX Runtime.
/// </summary>
/// <remarks>
/// <para>
/// <see cref="Transform"/> is lazy. Posterior means and scores are evaluated without drawing anything anew, so every pass gives the same
/// values; where a row is scored in a block of another size, or alone, they may differ by the rounding of single precision, as products of
/// other sizes are summed in another order. Columns that nobody reads cost nothing.
/// </para>
/// <para>
/// Saving writes stock ML.NET transformers. A pipeline with embedding, log σ, components, codes, reconstruction and contributions loads
/// where no assembly of this package is; one with score, predicted label or p-value needs MLNet.Vae.Scoring at hand, and the first two then
/// come without their annotations, which stock transformers cannot keep. A loaded pipeline scores row by row;
/// <see cref="From(MLContext, ITransformer, VaeScoringOptions?)"/> gives this transformer back, with all that it had.
/// </para>
/// <para>
/// Thread-safe. Dispose it to release the native sessions; views and prediction engines over it end with it. A
/// <c>PredictionEngine</c> over it is not thread-safe, by ML.NET's rule: threads that share one get each other's values, so make one for
/// each. Disposing an engine disposes its transformer too, unless it was made with <c>OwnsTransformer = false</c> in
/// <c>PredictionEngineOptions</c>.
/// </para>
/// </remarks>
public sealed class VaeTransformer : ITransformer, IDisposable
{
    /// <summary>Most samples of a row allowed in <see cref="LogLikelihood"/>.</summary>
    internal const int MaximumImportanceSamples = 1_000_000;

    internal const string LogLikelihoodColumn = "LogLikelihood";
    internal const string LogLikelihoodStandardErrorColumn = "LogLikelihoodStandardError";

    private readonly IHostEnvironment _environment;
    private readonly IHost _host;
    private readonly VaeScoringOptions _options;
    private readonly ScoringContext _scoring;

    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="InvalidOperationException">The model cannot give these columns.</exception>
    internal VaeTransformer(IHostEnvironment env, VaeModel model, VaeScoringOptions options)
    {
        _environment = env;
        _host = env.Register(nameof(VaeTransformer));
        _options = options;
        Model = model;
        string[] outOfRange = [.. options.Faults()];
        string[] faults = [.. Faults(model), .. outOfRange];
        if (faults.Length > 0)
        {
            var message = ScoringMessages.Faults("The model cannot score like this", faults);
            throw outOfRange.Length > 0
                ? _host.Process(new ArgumentException(message))
                : _host.Process(new InvalidOperationException(message));
        }

        _scoring = new ScoringContext(new MLNetHost(_host), model, options, typeof(VaeTransformer));
    }

    /// <summary>The trained model.</summary>
    public VaeModel Model { get; }

    /// <summary>Rows that score above are predicted anomalous; <see langword="null"/> where the model has none.</summary>
    public double? Threshold => Model.Info.Threshold;

    /// <summary>Whose log and GPU settings it uses.</summary>
    internal IHostEnvironment Environment => _environment;

    /// <summary>What its views share.</summary>
    internal ScoringContext Scoring => _scoring;

    /// <summary>How it scores.</summary>
    internal VaeScoringOptions Options => _options;

    bool ITransformer.IsRowToRowMapper => true;

    /// <summary>
    /// Loads a model that was saved with <c>mlContext.Model.Save</c> or exported with <see cref="ExportOnnx"/>; its content tells which.
    /// </summary>
    /// <remarks>
    /// Of a pipeline with other transformers, only the variational autoencoder comes back: give it the features column that they made.
    /// An encoder.onnx gives only what describes the latent variable: embedding, log σ, components, codes.
    /// </remarks>
    /// <param name="mlContext">The context whose log and GPU settings scoring uses.</param>
    /// <param name="path">A model.zip, scorer.onnx or encoder.onnx.</param>
    /// <param name="options">How rows are scored; <see langword="null"/>: the defaults.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">
    /// The file is damaged or foreign, holds what this library does not write, or holds no or several variational autoencoders. Nothing of
    /// it is run before all of it was checked.
    /// </exception>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static VaeTransformer From(MLContext mlContext, string path, VaeScoringOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(mlContext);
        ArgumentException.ThrowIfNullOrEmpty(path);
        var model = SavedFile.Read(path);
        if (!model.IsComplete)
        {
            model = model.With(model.Info with { Columns = ModelOutputs.WithoutDecoder(model.Info.Columns) });
        }
        if (Faults(model).FirstOrDefault() is { } fault)
        {
            throw new InvalidDataException(ScoringMessages.CannotScore(path, fault));
        }

        return new VaeTransformer(mlContext, model, options ?? new());
    }

    /// <summary>Finds the variational autoencoder in a transformer, such as a pipeline that <c>mlContext.Model.Load</c> gave.</summary>
    /// <param name="mlContext">The context whose log and GPU settings scoring uses.</param>
    /// <param name="transformer">This transformer, or one that was loaded, alone or inside a chain.</param>
    /// <param name="options">How rows are scored; <see langword="null"/>: the defaults, or as a transformer of this class does it.</param>
    /// <returns>The transformer of this class where there is one and <paramref name="options"/> is null, else a new one.</returns>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="InvalidDataException">One that was loaded is damaged, or holds what this library does not write.</exception>
    /// <exception cref="InvalidOperationException">There is none or there are several.</exception>
    public static VaeTransformer From(MLContext mlContext, ITransformer transformer, VaeScoringOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(mlContext);
        ArgumentNullException.ThrowIfNull(transformer);
        var (own, model) = ModelFinder.InTransformer(mlContext, transformer);
        return own is not null && options is null ? own : new VaeTransformer(mlContext, model, options ?? new());
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A column that the model reads is missing, of another type or of another width.
    /// </exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => Bind(inputSchema, OutputColumns.Of(Model.Info)).Output;

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A column that the model reads is missing, of another type or of another width.
    /// </exception>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return ConverterGuard.Around(new VaeDataView(_scoring, Bind(input.Schema, OutputColumns.Of(Model.Info)), input), input, this);
    }

    /// <summary>
    /// Estimates the log-likelihood of each row by importance sampling: ln p(x) ≈ ln 1/S Σ p(x | z) p(z) / q(z | x), z ~ q(z | x) (Burda,
    /// Grosse and Salakhutdinov 2016, eq. 8), in nats; or by plain Monte Carlo, ln 1/S Σ p(x | z), z ~ p(z).
    /// </summary>
    /// <remarks>
    /// The expectation of the estimate rises with S towards ln p(x); at S = 1 it is the evidence lower bound, where codes are drawn from
    /// the posterior. As the bound, it is a density
    /// of the normalised features; for the density in the units of the features, subtract Σ ln scale over the continuous ones (with
    /// normalisation "standardize" their standard deviations in training), which is 0 for "none".
    /// Rows are estimated as they are read, in time proportional to S and in memory that does not depend on it.
    /// </remarks>
    /// <param name="data">Rows with the features column, and that of the condition where the model has one.</param>
    /// <param name="importanceSamples">S, samples of each row, 1 to 1,000,000.</param>
    /// <param name="seed">
    /// Any number; together with the row's id in <paramref name="data"/> it determines the samples: every pass, in whatever order or by
    /// however many cursors, gives the same values.
    /// </param>
    /// <param name="proposal">Where the codes are drawn from: the posterior, or the prior, which needs many more of them.</param>
    /// <returns>
    /// The columns of <paramref name="data"/>, and <c>LogLikelihood</c>, <c>Single</c>, and its standard error
    /// <c>LogLikelihoodStandardError</c>, <c>Single</c>, by the delta method: NaN for one sample, and itself too small where few samples
    /// carry the sum. −∞, with a standard error of NaN, where no sample has a weight that single precision can tell from 0, as of a row so
    /// far out that its density overflows. A row that cannot be scored throws where it is read, or is NaN
    /// (<see cref="VaeScoringOptions.NonFiniteInput"/>).
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="importanceSamples"/> or <paramref name="proposal"/> is out of range, or the features column is missing, of another
    /// type or of another width.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// The model has no density, was loaded from an encoder alone, or was saved by an earlier version, without the graph that this needs.
    /// </exception>
    public IDataView LogLikelihood(IDataView data, int importanceSamples, int seed, VaeProposal proposal = VaeProposal.Posterior)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (importanceSamples is < 1 or > MaximumImportanceSamples)
        {
            throw _host.Process(new ArgumentOutOfRangeException(
                nameof(importanceSamples), importanceSamples, ScoringMessages.SamplesOutOfRange(MaximumImportanceSamples)));
        }

        if (!Enum.IsDefined(proposal))
        {
            throw _host.Process(new ArgumentOutOfRangeException(nameof(proposal), proposal, ScoringMessages.UndefinedProposal()));
        }

        if (!Model.HasDensity)
        {
            throw _host.Process(new InvalidOperationException(ScoringMessages.NoDensity(Model.Info.LatentKind, Model.IsComplete)));
        }

        if (proposal == VaeProposal.Prior && !Model.Computes(TensorNames.LogDensity))
        {
            throw _host.Process(new InvalidOperationException(ScoringMessages.NoDensityGraph()));
        }

        var columns = Bind(data.Schema, OutputColumns.OfLogLikelihood(Model.Info));
        return new VaeDataView(_scoring, columns, data, new LikelihoodSampling(importanceSamples, seed, proposal));
    }

    /// <summary>The same model with another threshold; this transformer stays as it is.</summary>
    /// <param name="threshold">Rows that score above are predicted anomalous. In the units of the score.</param>
    /// <returns>A new transformer with sessions of its own.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is not finite.</exception>
    public VaeTransformer WithThreshold(double threshold) => double.IsFinite(threshold)
        ? With(Model.Info with { Threshold = threshold, Contamination = null })
        : throw _host.Process(
            new ArgumentOutOfRangeException(nameof(threshold), threshold, ScoringMessages.ThresholdNotFinite()));

    /// <summary>The same model under other column names, or giving other columns; this transformer stays as it is.</summary>
    /// <param name="columns">The column to read and the columns to add.</param>
    /// <returns>A new transformer with sessions of its own.</returns>
    /// <exception cref="InvalidOperationException">The model cannot give these columns: all faults in one message.</exception>
    public VaeTransformer WithColumns(VaeColumns columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        return With(Model.Info with { Columns = columns });
    }

    /// <summary>The same model scored in another way; this transformer stays as it is.</summary>
    /// <param name="options">How rows are scored.</param>
    /// <returns>A new transformer with sessions of its own.</returns>
    /// <exception cref="ArgumentException">An option is out of range: all faults in one message.</exception>
    public VaeTransformer WithScoring(VaeScoringOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new VaeTransformer(_environment, Model, options);
    }

    /// <summary>Writes encoder.onnx, decoder.onnx and scorer.onnx, as <see cref="VaeModel.ExportOnnx(string)"/> does.</summary>
    /// <param name="directory">Created where it does not exist.</param>
    /// <exception cref="IOException">The directory cannot be written.</exception>
    public void ExportOnnx(string directory) => Model.ExportOnnx(directory);

    /// <summary>Releases the native sessions. Calling it again does nothing.</summary>
    public void Dispose() => _scoring.Dispose();

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) =>
        new VaeRowMapper(_scoring, Bind(inputSchema, OutputColumns.Of(Model.Info)));

    void ICanSaveModel.Save(ModelSaveContext ctx) => SavedPipeline.Save(_host, Model, ctx);

    private static IEnumerable<string> Faults(VaeModel model)
    {
        var columns = model.Info.Columns;
        foreach (var fault in ColumnNames.Faults(columns))
        {
            yield return fault;
        }

        var added = OutputColumns.Of(model.Info);
        foreach (var column in added.Where(column => column.Width == 0))
        {
            yield return ScoringMessages.NotGiven(column.Name, column.Output.Option, model.Info.LatentKind);
        }
        if (!model.IsComplete && Names(output => output.NeedsDecoder) is { Length: > 0 } beyond)
        {
            yield return ScoringMessages.EncoderOnly(beyond);
        }
        if (!model.Info.HasScore && Names(output => output.NeedsScore) is { Length: > 0 } scores)
        {
            yield return ScoringMessages.NoScore(scores);
        }
        if (model.Info.ConditionCount > 0 && columns.Condition is null)
        {
            yield return ScoringMessages.NeedsCondition();
        }

        if (model.Info.ConditionCount == 0 && columns.Condition is { } condition)
        {
            yield return ScoringMessages.HasNoCondition(condition);
        }

        if (model.Info is { Threshold: null, HasScore: true })
        {
            foreach (var name in Names(output => output.NeedsThreshold))
            {
                yield return ScoringMessages.NeedsThreshold(name);
            }
        }

        if (model.Info is { Calibration: null, HasScore: true })
        {
            foreach (var name in Names(output => output.NeedsCalibration))
            {
                yield return ScoringMessages.NeedsCalibration(name);
            }
        }

        string[] Names(Func<ModelOutput, bool> needs) => [.. added.Where(column => needs(column.Output)).Select(column => column.Name)];
    }

    private VaeTransformer With(VaeModelInfo info) => new(_environment, Model.With(info), _options);

    private BoundSchema Bind(DataViewSchema inputSchema, IReadOnlyList<OutputColumn> added)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return new BoundSchema(_host, Model.Info, inputSchema, added);
    }
}
