using Microsoft.ML;
using MLNet.Vae.Graphs;
using MLNet.Vae.Interop;

namespace MLNet.Vae.Saving;

/// <summary>
/// Score, label and p-value as scalar columns, by transformers that every ML.NET loads. The only one of them that makes a scalar of a
/// vector is a predictor: here a linear one with weight 1 and bias 0. Its columns are called Score and PredictedLabel and hide others of
/// these names, so that it serves only where the model's own are called so.
/// </summary>
internal static class StockScalars
{
    private const string AsItIs = "(x) => x", IsSet = "(x) => x > 0.5f";

    public static IEnumerable<IEstimator<ITransformer>> Of(MLContext mlContext, bool hasPValue) =>
    [
        .. Scalar(mlContext, PipelineColumns.LabelVector, PipelineColumns.Label, IsSet, 1),
        .. hasPValue ? Scalar(mlContext, PipelineColumns.PValueVector, PipelineColumns.PValue, AsItIs, 1) : [],
        .. Scalar(mlContext, PipelineColumns.Detection, PipelineColumns.Score, AsItIs, 1, 0),
        // Of each predictor: what is called so in the end is copied from the scalars.
        mlContext.Transforms.DropColumns(PipelineColumns.StockScore, PipelineColumns.StockLabel),
    ];

    // Through an expression, as what a predictor says of its score, that it is of a binary classifier, is not so.
    private static IEnumerable<IEstimator<ITransformer>> Scalar(
        MLContext mlContext, string vector, string scalar, string expression, params float[] weights) =>
    [
        new Linear(mlContext, vector, weights), mlContext.Transforms.Expression(scalar, expression, PipelineColumns.StockScore),
    ];

    private sealed class Linear(MLContext mlContext, string vector, float[] weights) : IEstimator<ITransformer>
    {
        public ITransformer Fit(IDataView input) => MLNetInternals.Linear(mlContext, input.Schema, vector, weights);

        public SchemaShape GetOutputSchema(SchemaShape inputSchema)
            => throw new NotSupportedException("A saved pipeline is fitted to a schema at once, and plans no shape.");
    }
}
