using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Modules;

namespace MLNet.Vae.Benchmarks.Numbers;

/// <summary>The mean of <see cref="VaeTransformer.LogLikelihood"/> over rows.</summary>
/// <param name="Mean">ln p(x), nats.</param>
/// <param name="SamplingError">Standard error of the mean from the sampling of z alone.</param>
/// <param name="RowError">Standard error of the mean as one over other rows of the same kind.</param>
internal sealed record ImportanceSampling(double Mean, double SamplingError, double RowError)
{
    public static ImportanceSampling Of(VaeTransformer transformer, IDataView data, int samples, int seed)
    {
        var view = transformer.LogLikelihood(data, samples, seed);
        var values = view.GetColumn<float>("LogLikelihood").Select(value => (double)value).ToArray();
        var errors = view.GetColumn<float>("LogLikelihoodStandardError");
        var mean = values.Average();
        var variance = values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1);
        return new(mean, Math.Sqrt(errors.Sum(error => (double)error * error)) / values.Length, Math.Sqrt(variance / values.Length));
    }
}
