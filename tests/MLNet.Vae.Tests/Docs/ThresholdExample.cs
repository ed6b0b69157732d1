using MLNet.Vae.Tests.Estimators;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Tests.Docs;

public sealed class ThresholdExample
{
    [Fact]
    public void Runs_as_it_stands()
    {
        var mlContext = new MLContext(seed: 1);
        var data = FactorRows.View(mlContext, 200);
        var pipeline = mlContext.Transforms.NormalizeMinMax("Features")
            .Append(mlContext.AnomalyDetection.Trainers.Vae(TinyVae.AnomalyOptions))
            .Append(mlContext.Transforms.CopyColumns("Unlike", "Score"));
        using var model = pipeline.Fit(data);
        double threshold = model.Transform(data).GetColumn<float>("Score").Order().ElementAt(100);

        ITransformer[] parts = [.. model];                                                  // Of the pipeline, as Fit gave it.
        using var detector = ((VaeTransformer)parts[1]).WithThreshold(threshold);           // In the units of the score.
        var changed = new TransformerChain<ITransformer>(parts[0], detector, parts[2]);

        var scored = changed.Transform(data);
        Assert.Equal(
            scored.GetColumn<float>("Unlike").Select(score => score > threshold), scored.GetColumn<bool>("PredictedLabel"));
    }
}
