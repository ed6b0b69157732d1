using Microsoft.ML;
using MLNet.Vae.Generation;

namespace MLNet.Vae;

/// <summary>Generated rows in ML.NET.</summary>
public static class VaeSamplesExtensions
{
    /// <summary>The rows as data for the pipeline that the model comes from.</summary>
    /// <param name="samples">The rows.</param>
    /// <param name="mlContext">Makes the view.</param>
    /// <returns>
    /// The features column, <c>Vector&lt;Single, features&gt;</c> with the slot names of training, of a model of sequences
    /// <c>Vector&lt;Key, features&gt;</c> with missing keys behind the end; and of a conditional model the column of its condition. Of a
    /// model with a target the only vector column is the target, named as the reconstruction, or "Reconstruction" where the model names
    /// none.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="mlContext"/> is null.</exception>
    public static IDataView ToDataView(this VaeSamples samples, MLContext mlContext)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(mlContext);
        return SampleView.Of(mlContext, samples.Info, samples.Rows, samples.Conditions);
    }
}
