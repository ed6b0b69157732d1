using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Generators;

/// <summary>Embeds rows of a class, in one pass of a transformer for each batch.</summary>
/// <typeparam name="TRow">Has the columns that the transformer reads.</typeparam>
internal sealed class RowGenerator<TRow> : EmbeddingGenerator<TRow>
    where TRow : class
{
    private readonly ITransformer _transformer;
    private readonly IDataView _embedded;
    private readonly DataViewSchema.Column _column;

    /// <exception cref="InvalidOperationException">There is no embedding to be had of the transformer.</exception>
    public RowGenerator(MLContext mlContext, ITransformer transformer, SchemaDefinition? schema, bool owns)
        : this(mlContext, transformer, EmbeddingModel.In(mlContext, transformer), schema, owns)
    {
    }

    private RowGenerator(MLContext mlContext, ITransformer transformer, VaeModel model, SchemaDefinition? schema, bool owns)
        : base(model, owns ? transformer as IDisposable : null)
    {
        _transformer = transformer;
        _embedded = transformer.Transform(mlContext.Data.LoadFromEnumerable(new RowsInHand<TRow>(), schema));
        _column = EmbeddingModel.Column(model, _embedded.Schema);
    }

    protected override object Engine => _transformer;

    protected override float[][] Embed(IReadOnlyList<TRow> rows, CancellationToken cancellation)
    {
        var codes = new List<float[]>(rows.Count);
        using var cursor = RowsInHand<TRow>.Read(rows, () => _embedded.GetRowCursor([_column]));
        var getter = cursor.GetGetter<VBuffer<float>>(_column);
        var code = default(VBuffer<float>);
        while (cursor.MoveNext())
        {
            cancellation.ThrowIfCancellationRequested();
            getter(ref code);
            codes.Add([.. code.DenseValues()]);
        }
        return codes.Count == rows.Count
            ? [.. codes]
            : throw new InvalidOperationException(GeneratorMessages.OtherCount(rows.Count, codes.Count));
    }
}
