using Microsoft.ML;
using Microsoft.ML.Runtime;
using MLNet.Vae.Cells;
using MLNet.Vae.Interop;
using MLNet.Vae.Layers;
using MLNet.Vae.Tables;
using MLNet.Vae.Training;

namespace MLNet.Vae;

/// <summary>Trains a variational autoencoder on the columns of a table as they come, values missing and all.</summary>
/// <remarks>
/// | Characteristic | |
/// | --- | --- |
/// | Input columns | text, keys, <c>Boolean</c>, numbers of any type, <c>DateTime</c>, known-size vectors of numbers |
/// | Missing | NaN, empty text, a missing key, the first of the year 1 |
/// | Output columns | embedding and log σ, <c>Vector&lt;Single, latent dimension&gt;</c>; score, <c>Single</c>, nats, and contributions,
/// <c>Vector&lt;Single, columns&gt;</c>, on request; of a detector <c>Score</c>, <c>PredictedLabel</c>, <c>PValue</c> |
/// | Passes over the data | two; where the rows exceed <see cref="VaeTrainingOptions.MemoryLimit"/> one more per epoch |
/// | Label needed | no |
/// | Normalisation needed | no |
/// | Packages the application adds | TorchSharp-cpu (to train), Microsoft.ML.OnnxRuntime (to score) |
///
/// How each column is modelled is chosen from the rows by the rules that docs/tables.md states, written to the log as a table, and kept in
/// <see cref="VaeModelInfo.Table"/>. The likelihood of a row is that of what was observed, and the encoder sees what was (Nazabal et al.
/// 2020; Mattei and Frellsen 2019).
/// </remarks>
public sealed class VaeTableEstimator : IEstimator<VaeTableTransformer>
{
    private readonly IHostEnvironment _environment;
    private readonly IHost _host;
    private readonly VaeTableOptions _options;

    internal VaeTableEstimator(IHostEnvironment env, VaeTableOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _environment = env;
        _host = env.Register(nameof(VaeTableEstimator));
        // All faults of the options come now, not once the table was read.
        _ = new VaeFit(env, nameof(VaeTableEstimator), options);
        var training = options.Training;
        _options = options with
        {
            Training = training with
            {
                // Drawn once: fits of one estimator are repeatable.
                Seed = training.Seed ?? _host.Rand.Next(),
                EnvironmentIsCancelled = MLNetInternals.IsCanceled(_host),
            },
        };
    }

    /// <summary>Looks at the rows of <paramref name="input"/>, chooses how each column is modelled, and trains.</summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// Columns are missing or of a type without a rule; the message says all of it.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// There are no rows, a column has no value in any of them, or as for other estimators; the message says what to do.
    /// </exception>
    /// <exception cref="OperationCanceledException">See <see cref="VaeTrainingOptions.CancellationToken"/>.</exception>
    public VaeTableTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        VaeTableInfo info;
        using (var channel = _host.Start("Table"))
        {
            // Of a group one says it for all.
            var log = new TrainingLog(_options.Training.Group is { Rank: > 0 } ? null : channel);
            var survey = new TableSurvey(_host, _options, _options.Training.Seed!.Value, log);
            info = survey.Read(input) with { ContributionsColumn = _options.ContributionsColumnName };
        }
        if (_options.Sampler is not null && info.Modelled.FirstOrDefault(column => column.Kind == VaeColumnKind.Vector) is { } vector)
        {
            throw _host.Process(new InvalidOperationException($"Column '{vector.Name}' is a vector, of which no rows can be drawn: leave "
                + $"{nameof(VaeTableOptions.Sampler)} null, or name the column in {nameof(VaeTableOptions.IgnoredColumnNames)}."));
        }
        var features = new LayerView(TableLayers.Features(_host, input.Schema, info), input);
        var fit = new VaeFit(_environment, nameof(VaeTableEstimator), _options with
        {
            Table = info,
            Likelihood = TableLikelihood.Of(info),
        });
        using var trained = fit.Fit(features, _options.IsDetector ? _options.Contamination : null);
        return new(_environment, WithSampler(trained, features, info), _options.Scoring);
    }

    private VaeModel WithSampler(VaeTransformer trained, IDataView features, VaeTableInfo info)
    {
        var model = trained.Model.With(trained.Model.Info with { Table = info });
        if (_options.Sampler is not { } sampler || trained.Model.Info.Training?.StopReason == VaeStopReason.Cancelled)
            return model;
        using var channel = _host.Start("Sampler");
        var (codes, seed) = (new RowCodes(info), _options.Training.Seed!.Value);
        using var rows = SampledRows.Read(trained, features, codes, seed, _options.Training);
        var (network, of) = new RowSamplerFit(sampler, _options.Training, seed, new(channel)).Run(codes, rows);
        return model.With(network, model.Info with { Table = info with { Sampler = of } });
    }

    /// <summary>The schema that the transformer will deliver for such an input.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column that the options name is missing.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return TableShape.Of(_host, inputSchema, _options);
    }
}
