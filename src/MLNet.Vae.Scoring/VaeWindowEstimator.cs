using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using MLNet.Vae.Columns;
using MLNet.Vae.Interop;
using MLNet.Vae.Messages;

namespace MLNet.Vae;

/// <summary>Makes windows of a series of readings, for any estimator that takes a vector: there is nothing to fit.</summary>
public sealed class VaeWindowEstimator : IEstimator<VaeWindowTransformer>
{
    private readonly IHostEnvironment _environment;
    private readonly IHost _host;
    private readonly string _outputColumnName;
    private readonly VaeWindowOptions _options;

    internal VaeWindowEstimator(IHostEnvironment env, string outputColumnName, VaeWindowOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _environment = env;
        _host = env.Register(nameof(VaeWindowEstimator));
        string[] faults =
        [
            .. string.IsNullOrWhiteSpace(outputColumnName) ? ["the output column's name must not be blank"] : Array.Empty<string>(),
            .. options.Faults(),
        ];
        if (faults.Length > 0)
            throw _host.Process(new ArgumentException(ScoringMessages.Faults("Windows cannot be made like this", faults)));
        (_outputColumnName, _options) = (outputColumnName, options);
    }

    /// <summary>Checks the columns of <paramref name="input"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Columns are missing or of another type; the message says all of it.</exception>
    public VaeWindowTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var transformer = new VaeWindowTransformer(_environment, _outputColumnName, _options);
        transformer.GetOutputSchema(input.Schema);
        return transformer;
    }

    /// <summary>The schema that the transformer will deliver for such an input.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column that is read is missing.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        _options.RequireColumns(inputSchema, _host);
        var names = new SchemaShape([MLNetInternals.ShapeColumn(
            OutputAnnotations.SlotNamesKind, SchemaShape.Column.VectorKind.Vector, TextDataViewType.Instance)]);
        var window = MLNetInternals.ShapeColumn(
            _outputColumnName, SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single, annotations: names);
        return new SchemaShape(inputSchema.Where(column => column.Name != _outputColumnName).Append(window));
    }
}
