using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using MLNet.Vae.Metrics;
using MLNet.Vae.Models;
using MLNet.Vae.Rows;

namespace MLNet.Vae;

/// <summary>Scores rows with the model of a file, and with another one once the file has changed.</summary>
/// <remarks>
/// <para>
/// A changed file is read, checked and tried beside the model that scores, which it replaces in an instant: every call is answered by one
/// model or the other, none waits and none fails. The former model is released when its last call has ended. A file that cannot be used, or
/// whose model needs other columns, is logged, and the former model stays (<see cref="VaeServiceStatus.Fault"/>).
/// </para>
/// <para>
/// What a row gets is what the saved pipeline was asked for; the values are those of <c>VaeTransformer</c> and <c>VaeTableTransformer</c>.
/// Thread-safe; many calls at a time are scored beside each other, over bound buffers that are kept for the next.
/// </para>
/// </remarks>
public sealed partial class VaeScoringService : IDisposable
{
    private readonly VaeHostingOptions _options;
    private readonly ScoringMetrics _metrics;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly FileWatch? _watch;
    private volatile ServedModel _model;
    private volatile string? _fault;
    private int _reloads;
    private int _disposed;

    /// <exception cref="IOException">The model file is not there or cannot be read.</exception>
    /// <exception cref="InvalidDataException">The file is damaged or foreign.</exception>
    /// <exception cref="NotSupportedException">The model cannot be served.</exception>
    internal VaeScoringService(
        string name, VaeHostingOptions options, ScoringMetrics metrics, ILogger<VaeScoringService> logger, TimeProvider time)
    {
        (Name, _options, _metrics, _logger, _time) = (name, options, metrics, logger, time);
        var stamp = FileStamp.Of(options.ModelPath);
        _model = ServedModel.Load(options, time.GetUtcNow());
        Loaded(options.ModelPath);
        metrics.Add(this);
        if (options.ReloadOnChange)
            _watch = new(options.ModelPath, stamp, options.PollInterval, options.SettleTime, Reload);
    }

    /// <summary>What it was added as; empty: nothing.</summary>
    public string Name { get; }

    /// <summary>The model that scores.</summary>
    public VaeModelInfo Info => _model.Info;

    /// <summary>The columns that rows must have; others are passed over.</summary>
    public IReadOnlyList<VaeServedColumn> Columns => _model.Reader.Columns;

    /// <summary>How it is.</summary>
    public VaeServiceStatus Status
    {
        get
        {
            var model = _model;
            return new()
            {
                ModelPath = _options.ModelPath,
                LoadedAt = model.LoadedAt,
                Reloads = Volatile.Read(ref _reloads),
                Fault = _fault,
                AnomalousShare = model.Window.AnomalousShare,
                PopulationStabilityIndex = model.Window.StabilityIndex,
            };
        }
    }

    /// <summary>How it was set up.</summary>
    internal VaeHostingOptions Options => _options;

    /// <summary>The model that scores, for tests.</summary>
    internal ServedModel Model => _model;

    /// <summary>Scores a row.</summary>
    /// <param name="row">
    /// Values by the names of the model's columns: texts, numbers of any type, Booleans, <c>DateTime</c>, float arrays; what is missing is
    /// null or NaN.
    /// </param>
    /// <exception cref="VaeRowException">The row cannot be scored; says which columns, what was expected and what was found.</exception>
    /// <exception cref="ObjectDisposedException">The service was disposed.</exception>
    public VaeRowResult Score(IReadOnlyDictionary<string, object?> row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return Run(model => model.Score<DictionaryRow>([new(row)], isBatch: false))[0];
    }

    /// <summary>Scores a row that came as JSON.</summary>
    /// <param name="row">An object with the model's columns.</param>
    /// <exception cref="VaeRowException">The row cannot be scored; says which columns, what was expected and what was found.</exception>
    /// <exception cref="ObjectDisposedException">The service was disposed.</exception>
    public VaeRowResult Score(JsonElement row) => Run(model => model.Score<JsonRow>([new(row)], isBatch: false))[0];

    /// <summary>Scores the features of a row.</summary>
    /// <param name="features"><c>[D]</c>, of a model of a vector without a condition.</param>
    /// <exception cref="ArgumentException">There are more or fewer.</exception>
    /// <exception cref="InvalidOperationException">The model is another.</exception>
    /// <exception cref="VaeRowException">The row cannot be scored; says which slot, what was expected and what was found.</exception>
    /// <exception cref="ObjectDisposedException">The service was disposed.</exception>
    public VaeRowResult Score(float[] features)
    {
        ArgumentNullException.ThrowIfNull(features);
        return Run(model => Features(model, features, 1, isBatch: false))[0];
    }

    /// <summary>Scores rows in runs of many, all by one model.</summary>
    /// <param name="rows">Each as for <see cref="Score(IReadOnlyDictionary{string, object})"/>.</param>
    /// <exception cref="VaeRowException">
    /// Rows cannot be scored; says which rows and columns, what was expected and what was found. None is scored then.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The service was disposed.</exception>
    public IReadOnlyList<VaeRowResult> ScoreBatch(IEnumerable<IReadOnlyDictionary<string, object?>> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        DictionaryRow[] read = [.. rows.Select(row => new DictionaryRow(row))];
        return Run(model => model.Score<DictionaryRow>(read, isBatch: true));
    }

    /// <summary>Scores rows that came as JSON, all by one model.</summary>
    /// <param name="rows">An array of objects.</param>
    /// <exception cref="VaeRowException">
    /// It is no array, or rows cannot be scored; says which rows and columns, what was expected and what was found. None is scored then.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The service was disposed.</exception>
    public IReadOnlyList<VaeRowResult> ScoreBatch(JsonElement rows)
    {
        if (rows.ValueKind != JsonValueKind.Array)
        {
            _metrics.WasRefused(this);
            throw new VaeRowException(
                [new() { Expected = "an array of rows", Found = RowValue.Of(rows).Found }], isCutOff: false);
        }
        JsonRow[] read = [.. rows.EnumerateArray().Select(row => new JsonRow(row))];
        return Run(model => model.Score<JsonRow>(read, isBatch: true));
    }

    /// <summary>Scores the features of rows, all by one model.</summary>
    /// <param name="rows"><c>[n, D]</c>, one row after the other, of a model of a vector without a condition.</param>
    /// <exception cref="ArgumentException">There are no whole rows.</exception>
    /// <exception cref="InvalidOperationException">The model is another.</exception>
    /// <exception cref="VaeRowException">Rows cannot be scored; says which rows and slots. None is scored then.</exception>
    /// <exception cref="ObjectDisposedException">The service was disposed.</exception>
    public IReadOnlyList<VaeRowResult> ScoreBatch(float[] rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return Run(model => Features(model, rows, null, isBatch: true));
    }

    /// <summary>Ends it: waits for no call, the last one releases the model.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        _watch?.Dispose();
        _metrics.Remove(this);
        _model.Retire();
    }

    private static VaeRowResult[] Features(ServedModel model, float[] rows, int? count, bool isBatch)
    {
        if (model.Info.Table is not null || model.Info.ConditionCount > 0)
            throw new InvalidOperationException("The model reads columns, not a vector of features alone: give rows with their columns.");
        if (rows.Length % model.Info.FeatureCount != 0 || (count is { } one && rows.Length != one * model.Info.FeatureCount))
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"Expected {(count is null ? "rows" : "a row")} of {model.Info.FeatureCount:N0} features, found {rows.Length:N0} values."));
        }
        return model.Score(rows, isBatch);
    }

    private VaeRowResult[] Run(Func<ServedModel, VaeRowResult[]> score)
    {
        var start = Stopwatch.GetTimestamp();
        var model = Enter();
        try
        {
            var results = score(model);
            model.Window.Add(results);
            _metrics.Scored(this, results, Stopwatch.GetElapsedTime(start));
            return results;
        }
        catch (VaeRowException)
        {
            _metrics.WasRefused(this);
            throw;
        }
        finally
        {
            model.Leave();
        }
    }

    private ServedModel Enter()
    {
        while (true)
        {
            ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
            var model = _model;
            if (model.TryEnter())
                return model;
        }
    }

    /// <returns>Whether the file was judged; otherwise it could not be read, and is looked at again.</returns>
    private bool Reload(FileStamp? stamp)
    {
        try
        {
            if (stamp is null)
                throw new InvalidDataException($"The model file '{_options.ModelPath}' is gone.");
            var next = ServedModel.Load(_options, _time.GetUtcNow());
            string[] faults = [.. SameInputs.Faults(Columns, next.Reader.Columns)];
            if (faults.Length > 0)
            {
                next.Retire();
                throw new InvalidDataException(
                    $"The model of '{_options.ModelPath}' reads other columns than the one before: {string.Join("; ", faults)}. Its "
                        + "clients would break: serve it from another file, or start again.");
            }
            var former = Interlocked.Exchange(ref _model, next);
            Interlocked.Increment(ref _reloads);
            _fault = null;
            former.Retire();
            Replaced(_options.ModelPath);
            _metrics.Reloaded(this, isTaken: true);
            return true;
        }
        catch (Exception fault)
        {
            // Whatever is wrong with a file, the model before it scores on.
            _fault = fault.Message;
            Kept(fault, _options.ModelPath);
            _metrics.Reloaded(this, isTaken: false);
            return fault is not (IOException or UnauthorizedAccessException);
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Serving the model of '{Path}'.")]
    private partial void Loaded(string path);

    [LoggerMessage(2, LogLevel.Information, "The model of '{Path}' has taken the place of the one before.")]
    private partial void Replaced(string path);

    [LoggerMessage(3, LogLevel.Error, "The file '{Path}' as it is now cannot be served; the model before it stays.")]
    private partial void Kept(Exception fault, string path);
}
