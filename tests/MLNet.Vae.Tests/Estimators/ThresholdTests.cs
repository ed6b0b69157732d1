using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Tests.Estimators;

/// <summary>ML.NET's way to change a threshold, for detectors of this library and for pipelines that end in one.</summary>
public class ThresholdTests
{
    private readonly MLContext _mlContext = new(seed: 1);

    [Fact]
    public void A_detector_gets_another_threshold_and_the_old_one_keeps_its_own()
    {
        var data = FactorRows.View(_mlContext, 200);
        using var detector = _mlContext.AnomalyDetection.Trainers.Vae(TinyVae.AnomalyOptions).Fit(data);
        var (before, scores) = (detector.Threshold, Scores(detector.Transform(data)));
        var threshold = scores.Order().ElementAt(150);
        using var changed = _mlContext.AnomalyDetection.ChangeModelThreshold(detector, threshold);
        Assert.Equal((threshold, before), (changed.Threshold!.Value, detector.Threshold));
        Assert.Equal(scores.Select(score => score > threshold), changed.Transform(data).GetColumn<bool>("PredictedLabel"));
    }

    [Fact]
    public void A_pipeline_that_ends_in_a_detector_gets_another_threshold()
    {
        var data = FactorRows.View(_mlContext, 200);
        var pipeline = _mlContext.Transforms.NormalizeMinMax("Features")
            .Append(_mlContext.AnomalyDetection.Trainers.Vae(TinyVae.AnomalyOptions));
        using var model = pipeline.Fit(data);
        var scores = Scores(model.Transform(data));
        var threshold = scores.Order().ElementAt(100);
        using var changed = _mlContext.AnomalyDetection.ChangeModelThreshold(model, threshold);
        Assert.Equal(scores.Select(score => score > threshold), changed.Transform(data).GetColumn<bool>("PredictedLabel"));
        Assert.Equal(scores, Scores(changed.Transform(data)));
    }

    [Fact]
    public void A_threshold_is_a_finite_number()
    {
        using var detector = _mlContext.AnomalyDetection.Trainers.Vae(TinyVae.AnomalyOptions).Fit(FactorRows.View(_mlContext, 200));
        Assert.Throws<ArgumentOutOfRangeException>(() => _mlContext.AnomalyDetection.ChangeModelThreshold(detector, double.NaN));
        Assert.Throws<ArgumentNullException>(() => _mlContext.AnomalyDetection.ChangeModelThreshold((VaeTransformer)null!, 1));
    }

    private static float[] Scores(IDataView scored) => [.. scored.GetColumn<float>("Score")];
}
