using Microsoft.ML;
using Microsoft.ML.Runtime;
using MLNet.Vae.Series;
using MLNet.Vae.Windows;

namespace MLNet.Vae;

/// <summary>Trains a model of windows of a series of readings, and judges how unlike them the newest reading of a window is.</summary>
/// <remarks>
/// | Characteristic | |
/// | --- | --- |
/// | Input columns | numbers, Booleans, or vectors of numbers of known size: the channels |
/// | Other columns read | a key, where rows are of several series; a time, which must not go back |
/// | Output columns | <c>Score</c>, <c>Single</c>, nats, higher = more anomalous; <c>PredictedLabel</c>, <c>Boolean</c>;
/// <c>ChannelScores</c> and <c>Expected</c>, <c>Vector&lt;Single, channels&gt;</c>; <c>WindowScore</c>, <c>Single</c> |
/// | Label needed | no |
/// | Normalisation needed | no |
/// | Packages the application adds | TorchSharp-cpu (to train), Microsoft.ML.OnnxRuntime (to score) |
///
/// The last tenth of the windows is held out, with a gap of one window before it. A channel is judged by where its mean over a window, and
/// over the newest tenth of one, lay in training, by Student's t with as many degrees of freedom as independent readings it was worth; the
/// model's score of a window by that of the windows held out.
/// </remarks>
public sealed class VaeSeriesEstimator : IEstimator<VaeSeriesTransformer>
{
    private readonly IHostEnvironment _environment;
    private readonly IHost _host;
    private readonly VaeSeriesOptions _options;
    private readonly VaeFit _fit;

    internal VaeSeriesEstimator(IHostEnvironment env, VaeSeriesOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _environment = env;
        _host = env.Register(nameof(VaeSeriesEstimator));
        if (options is { Training: { ValidationSplit: VaeValidationSplit.Last, ValidationGap: 0 }, Window.Steps: > 0 and var steps })
            options = options with { Training = options.Training with { ValidationGap = steps } };
        _options = options;
        _fit = new(env, nameof(VaeSeriesEstimator), options);
    }

    /// <summary>Trains on the windows of <paramref name="input"/>, rows of which are in the order of time.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Columns are missing or of another type; the message says all of it.</exception>
    /// <exception cref="InvalidOperationException">
    /// There are too few windows, a reading is earlier than the one before, or as for other estimators; the message says what to do.
    /// </exception>
    /// <exception cref="OperationCanceledException">See <see cref="VaeTrainingOptions.CancellationToken"/>.</exception>
    public VaeSeriesTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var columns = ReadingColumns.Of(_host, input.Schema, _options.Window);
        var windows = new WindowPass(_host, input, columns, _options.Window);
        var count = windows.Count();
        VaeModel model;
        using (var trained = _fit.Fit(windows.View(SeriesColumns.OfModel.Features)))
            model = trained.Model;
        var info = new SeriesFit(_host, _options).Of(model, windows, count, columns.Names);
        return new(_environment, model.With(model.Info with { Series = info }), _options.Scoring);
    }

    /// <summary>The schema that the transformer will deliver for such an input.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column that is read is missing.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        _options.Window.RequireColumns(inputSchema, _host);
        var added = SeriesColumns.Shape();
        var names = added.Select(column => column.Name).ToHashSet();
        return new SchemaShape(inputSchema.Where(column => !names.Contains(column.Name)).Concat(added));
    }
}
