using Microsoft.ML;
using Microsoft.ML.Runtime;
using MLNet.Vae.Columns;

namespace MLNet.Vae.Tests.Kit;

/// <summary>The least estimator: its model is there already.</summary>
internal sealed class ModelEstimator(IHostEnvironment env, VaeModel model, VaeScoringOptions? options = null) : IEstimator<VaeTransformer>
{
    public VaeTransformer Fit(IDataView input)
    {
        ColumnChecks.Check(input.Schema, InputRule.Features(model.Info), env);
        return new VaeTransformer(env, model, options ?? new());
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => OutputColumns.Shape(inputSchema, model.Info.Columns, context: env);
}
