using Microsoft.ML;
using Microsoft.ML.Runtime;
using MLNet.Vae.Scoring;

namespace MLNet.Vae.Tests.Scoring;

/// <summary>The least estimator: its model is there already.</summary>
internal sealed class ModelEstimator(IHostEnvironment env, VaeModel model, VaeScoringOptions? options = null) : IEstimator<VaeTransformer>
{
    public VaeTransformer Fit(IDataView input)
    {
        ColumnChecks.Features(input.Schema, model.Info.Columns.Features, env);
        return new VaeTransformer(env, model, options ?? new());
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => OutputColumns.Shape(inputSchema, model.Info.Columns, env);
}
