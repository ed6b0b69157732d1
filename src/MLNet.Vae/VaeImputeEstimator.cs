using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using MLNet.Vae.Interop;

namespace MLNet.Vae;

/// <summary>Trains a variational autoencoder on a table with holes, and fills them.</summary>
/// <remarks>
/// | Characteristic | |
/// | --- | --- |
/// | Input columns | text, keys, <c>Boolean</c>, numbers of any type, <c>DateTime</c>, known-size vectors of numbers |
/// | Missing | NaN, empty text, a missing key, the first of the year 1 |
/// | Output columns | the same, in the same types, without holes; on request a <c>Boolean</c> column for each that says where they were |
/// | Label needed | no; a label is best named in <see cref="VaeTableOptions.IgnoredColumnNames"/> |
/// | Packages the application adds | TorchSharp-cpu (to train), Microsoft.ML.OnnxRuntime (to fill) |
///
/// What is hidden from the encoder in training is what it learns to fill: see <see cref="VaeTableOptions.Imputation"/>.
/// </remarks>
public sealed class VaeImputeEstimator : IEstimator<VaeImputeTransformer>
{
    private readonly IHostEnvironment _environment;
    private readonly VaeTableEstimator _table;
    private readonly VaeTableOptions _options;
    private readonly string? _indicatorSuffix;

    internal VaeImputeEstimator(IHostEnvironment env, VaeTableOptions options, string? indicatorSuffix)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (indicatorSuffix is { } suffix && string.IsNullOrWhiteSpace(suffix))
        {
            throw env.Register(nameof(VaeImputeEstimator)).Process(new ArgumentException(
                "The suffix of indicator columns must not be blank; null gives none.", nameof(indicatorSuffix)));
        }
        (_environment, _indicatorSuffix) = (env, indicatorSuffix);
        _options = options with
        {
            OutputColumnName = "Embedding",
            ScoreColumnName = null,
            ContributionsColumnName = null,
            Sampler = options.Sampler is { GivenLatent: null } sampler ? sampler with { GivenLatent = true } : options.Sampler,
        };
        _table = new(env, _options);
    }

    /// <summary>Looks at the rows of <paramref name="input"/>, chooses how each column is modelled, and trains.</summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// Columns are missing or of a type without a rule; the message says all of it.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// There are no rows, a column has no value in any of them, or as for other estimators; the message says what to do.
    /// </exception>
    /// <exception cref="OperationCanceledException">See <see cref="VaeTrainingOptions.CancellationToken"/>.</exception>
    public VaeImputeTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        using var trained = _table.Fit(input);
        return new(_environment, trained.Model, _options.Scoring, _indicatorSuffix);
    }

    /// <summary>The schema that the transformer will deliver for such an input.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column that the options name is missing.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        _table.GetOutputSchema(inputSchema);
        if (_indicatorSuffix is not { } suffix)
            return inputSchema;
        var indicators = inputSchema
            .Where(column => _options.InputColumnNames.IsEmpty
                ? !_options.IgnoredColumnNames.Contains(column.Name)
                : _options.InputColumnNames.Contains(column.Name))
            .Select(column => MLNetInternals.ShapeColumn(
                column.Name + suffix, SchemaShape.Column.VectorKind.Scalar, BooleanDataViewType.Instance));
        return new(inputSchema.Concat(indicators));
    }
}
