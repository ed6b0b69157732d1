using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Estimators fitted one after another, each on what the ones before it make of the data.</summary>
public sealed class EstimatorChain<TLastTransformer> : IEstimator<TransformerChain<TLastTransformer>>
    where TLastTransformer : class, ITransformer
{
    private readonly IEstimator<ITransformer>[] _links;

    public EstimatorChain()
        : this([])
    {
    }

    private EstimatorChain(IEstimator<ITransformer>[] links) => _links = links;

    public TransformerChain<TLastTransformer> Fit(IDataView input)
    {
        GetOutputSchema(SchemaShape.Create(input.Schema));
        var transformers = new List<ITransformer>();
        foreach (var link in _links)
        {
            transformers.Add(link.Fit(input));
            input = transformers[^1].Transform(input);
        }
        return new TransformerChain<TLastTransformer>([.. transformers]);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => _links.Aggregate(inputSchema, (schema, link) => link.GetOutputSchema(schema));

    public EstimatorChain<TNewTrans> Append<TNewTrans>(IEstimator<TNewTrans> estimator, TransformerScope scope = TransformerScope.Everything)
        where TNewTrans : class, ITransformer
    {
        Contracts.CheckParam(scope == TransformerScope.Everything, nameof(scope), "The stand-in uses every transformer everywhere.");
        return new([.. _links, Contracts.CheckValue(estimator, nameof(estimator))]);
    }
}
