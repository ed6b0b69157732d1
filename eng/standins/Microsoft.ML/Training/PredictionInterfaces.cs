using Microsoft.ML.Data;

namespace Microsoft.ML
{
    /// <summary>A transformer with a trained model inside.</summary>
    public interface IPredictionTransformer<out TModel> : ITransformer
        where TModel : class
    {
        TModel Model { get; }
    }

    /// <summary>A transformer with a trained model of one features column inside.</summary>
    public interface ISingleFeaturePredictionTransformer<out TModel> : IPredictionTransformer<TModel>
        where TModel : class
    {
        string FeatureColumnName { get; }
        DataViewType FeatureColumnType { get; }
    }

}

namespace Microsoft.ML.Trainers
{
    /// <summary>Learns a model.</summary>
    public interface ITrainerEstimator<out TTransformer, out TModel> : IEstimator<TTransformer>
        where TTransformer : IPredictionTransformer<TModel>
        where TModel : class
    {
    }
}
