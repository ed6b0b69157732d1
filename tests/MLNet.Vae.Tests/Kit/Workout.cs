using Microsoft.ML;
using MLNet.Vae.Interop;

namespace MLNet.Vae.Tests.Kit;

/// <summary>
/// What every estimator of this library has to stand: the list that ML.NET's own estimators are tested with.
/// Throws at the first difference, saying where.
/// </summary>
internal static class Workout
{
    /// <param name="estimator">Fitted several times.</param>
    /// <param name="valid">Data that it is fitted to and applied to.</param>
    /// <param name="invalid">Data that must be refused, with the reason.</param>
    /// <param name="unannotatedOnceLoaded">Columns whose annotations stock ML.NET has no means to keep.</param>
    public static void Run(
        IEstimator<ITransformer> estimator,
        IDataView valid,
        IEnumerable<(IDataView Data, string Why)> invalid,
        params string[] unannotatedOnceLoaded
    )
    {
        var promised = estimator.GetOutputSchema(MLNetInternals.Shape(valid.Schema));
        var transformer = estimator.Fit(valid);
        var loaded = SaveAndLoad(transformer, valid);
        try
        {
            SchemaAssert.SameShape(promised, MLNetInternals.Shape(transformer.GetOutputSchema(valid.Schema)));
            CheckTransformer(transformer, loaded, valid, unannotatedOnceLoaded);
            foreach (var (data, why) in invalid)
            {
                CheckRefusal(estimator, transformer, data, why);
            }
        }
        finally
        {
            DisposeTwice(loaded);
            DisposeTwice(transformer);
        }
    }

    private static void CheckTransformer(ITransformer transformer, ITransformer loaded, IDataView data, string[] unannotatedOnceLoaded)
    {
        var schema = transformer.GetOutputSchema(data.Schema);
        CheckMapper(transformer, data, schema);

        var scored = transformer.Transform(data);
        SchemaAssert.Same(schema, scored.Schema);
        SchemaAssert.Same(schema, loaded.GetOutputSchema(data.Schema), unannotatedOnceLoaded);

        var scoredAgain = loaded.Transform(data);
        SchemaAssert.Same(schema, scoredAgain.Schema, unannotatedOnceLoaded);
        foreach (var columns in Selections(scored.Schema.Count))
        {
            ViewAssert.SameRows(scored, scoredAgain, columns);
        }

        ViewAssert.SameRows(scored, scored, _ => true);
        ViewAssert.NoneActive(scored);
        ViewAssert.DistinctIds(scored);
        ViewAssert.SameIds(data, scored);
    }

    private static void CheckMapper(ITransformer transformer, IDataView data, DataViewSchema schema)
    {
        if (!transformer.IsRowToRowMapper)
        {
            Refusal.Expect(() => transformer.GetRowToRowMapper(data.Schema), "a mapper of a transformer that has none");
            return;
        }

        var mapper = transformer.GetRowToRowMapper(data.Schema);
        Assert.Same(data.Schema, mapper.InputSchema);
        SchemaAssert.Same(schema, mapper.OutputSchema);
        ViewAssert.SameRows(transformer.Transform(data), data, mapper);
    }

    private static void CheckRefusal(IEstimator<ITransformer> estimator, ITransformer transformer, IDataView data, string why)
    {
        Refusal.Expect(() => estimator.GetOutputSchema(MLNetInternals.Shape(data.Schema)), $"{why}: the estimator's GetOutputSchema");
        Refusal.Expect(() => estimator.Fit(data), $"{why}: Fit");
        Refusal.Expect(() => transformer.GetOutputSchema(data.Schema), $"{why}: the transformer's GetOutputSchema");
        Refusal.Expect(() => transformer.Transform(data), $"{why}: Transform");
        if (transformer.IsRowToRowMapper)
        {
            Refusal.Expect(() => transformer.GetRowToRowMapper(data.Schema), $"{why}: GetRowToRowMapper");
        }
    }

    private static IEnumerable<Func<int, bool>> Selections(int columns)
    {
        yield return _ => true;
        yield return column => column % 2 == 0;
        yield return column => column % 2 == 1;
        for (var i = 0; i < columns; i++)
        {
            var only = i;
            yield return column => column == only;
        }
    }

    private static ITransformer SaveAndLoad(ITransformer transformer, IDataView data)
    {
        using var zip = new MemoryStream();
        new MLContext().Model.Save(transformer, data.Schema, zip);
        zip.Position = 0;
        var loaded = new MLContext().Model.Load(zip, out var inputSchema);
        SchemaAssert.Same(data.Schema, inputSchema);
        return loaded;
    }

    private static void DisposeTwice(ITransformer transformer)
    {
        (transformer as IDisposable)?.Dispose();
        (transformer as IDisposable)?.Dispose();
    }
}
