using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using MLNet.Vae.Interop;
using MLNet.Vae.Windows;

namespace MLNet.Vae;

/// <summary>
/// Adds to each reading of a series the window that it ends, <c>Vector&lt;Single, steps · channels&gt;</c>, oldest reading first; readings
/// that end no whole window are left out.
/// </summary>
/// <remarks>
/// Lazy: the cursor reads the source in order, in one pass, with a window of memory for each series. Slots are called "channel@-k", k
/// readings before the newest. Not row to row, and ML.NET has no stock step to save it as: save the transformers behind it, and make this
/// one anew where they are loaded.
/// </remarks>
public sealed class VaeWindowTransformer : ITransformer
{
    private readonly IHost _host;

    internal VaeWindowTransformer(IHostEnvironment env, string outputColumnName, VaeWindowOptions options)
    {
        _host = env.Register(nameof(VaeWindowTransformer));
        (OutputColumnName, Options) = (outputColumnName, options);
    }

    /// <summary>Name of the column of windows.</summary>
    public string OutputColumnName { get; }

    /// <summary>What a window is.</summary>
    public VaeWindowOptions Options { get; }

    bool ITransformer.IsRowToRowMapper => false;

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">Columns are missing or of another type; the message says all of it.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
        => WindowRows.SchemaOf(inputSchema, Columns(inputSchema), Options, OutputColumnName);

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">Columns are missing or of another type; the message says all of it.</exception>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var columns = Columns(input.Schema);
        var view = new WindowRows(_host, input, columns, Options, WindowRows.SchemaOf(input.Schema, columns, Options, OutputColumnName));
        return ConverterGuard.AroundWithoutForm(view, input, this);
    }

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) => throw _host.Process(new InvalidOperationException(
        "A window has the readings before the one that ends it, and a PredictionEngine forgets these: transform a view of readings in "
        + $"order, or judge readings one by one with {nameof(VaeSeriesEngine)}."));

    void ICanSaveModel.Save(ModelSaveContext ctx) => throw _host.Process(new InvalidOperationException(
        $"{nameof(VaeWindowTransformer)} cannot be saved, as ML.NET has no step that remembers rows: save what comes behind it "
        + "(its LastTransformer, or a pipeline fitted on the windows), and apply mlContext.Transforms.VaeWindow before it once it is "
        + "loaded. AnomalyDetection.Trainers.VaeSeries makes its own windows, and is saved with them."));

    private ReadingColumns Columns(DataViewSchema schema) => ReadingColumns.Of(_host, schema, Options);
}
