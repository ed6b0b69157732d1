using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Tests.Estimators;
using MLNet.Vae.Tests.Kit;
using MLNet.Vae.Tests.Saving;

namespace MLNet.Vae.Tests.Graphs;

/// <summary>The score that is −ln p(x).</summary>
public class SampledScoreTests
{
    private readonly MLContext _mlContext = new(seed: 1);

    /// <summary>
    /// One feature, two clusters far apart: the decoder has to pass the gap, and reconstructs a row in it well. σ is fixed, as a learned
    /// one may settle at that of both clusters together, of which the gap is the middle.
    /// </summary>
    [Fact]
    public void A_row_in_the_gap_between_two_clusters_is_an_anomaly_to_the_likelihood_and_hardly_to_the_bound()
    {
        var random = new Random(1);
        float[][] normal = [.. Enumerable.Range(0, 600).Select(i => Near(i % 2 == 0 ? -5 : 5))];
        float[][] gap = [.. Enumerable.Range(0, 60).Select(_ => Near(0))];

        Assert.True(Area(VaeScoreKind.NegativeElbo) < 0.85);
        Assert.InRange(Area(VaeScoreKind.NegativeLogLikelihood), 0.95, 1);

        float[] Near(float centre) => [(float)(centre + 0.5 * Training.Trainer.Normal(random))];

        double Area(VaeScoreKind kind)
        {
            using var detector = _mlContext.AnomalyDetection.Trainers.Vae(new VaeAnomalyOptions
            {
                Architecture = VaeArchitecture.Mlp(32, 32),
                Latent = VaeLatent.Gaussian(1),
                Likelihood = VaeLikelihood.GaussianWithSigma(0.3),
                ScoreKind = kind,
                Training = new() { Seed = 1, Threads = 1, Epochs = 150, LearningRate = 5e-3 },
            }).Fit(SampleData.Features(_mlContext, normal, 1));
            var scores = detector.Transform(SampleData.Features(_mlContext, [.. normal, .. gap], 1)).GetColumn<float>("Score").ToArray();
            var (usual, unusual) = (scores[..normal.Length], scores[normal.Length..]);
            return unusual.Average(score => usual.Average(other => score > other ? 1 : score == other ? 0.5 : 0));
        }
    }

    [Fact]
    public void It_is_near_what_many_samples_say_and_its_contributions_sum_to_it()
    {
        var rows = FactorRows.Create(200);
        using var detector = Fit(rows);
        var data = FactorRows.View(_mlContext, rows);
        var view = detector.Transform(data);
        var scores = view.GetColumn<float>("Score").ToArray();
        var likelihoods = detector.LogLikelihood(data, 5_000, seed: 3).GetColumn<float>("LogLikelihood").ToArray();
        Assert.True(scores.Zip(likelihoods, (score, likelihood) => Math.Abs(score + likelihood)).Average() < 0.5);
        foreach (var (contributions, score) in view.GetColumn<float[]>("Contributions").Zip(scores))
            Assert.Equal(score, contributions.Sum(), 1e-4f * Math.Max(1, contributions.Sum(Math.Abs)));
    }

    [Fact]
    public void A_row_has_the_same_score_each_time_whatever_is_beside_it_and_after_loading()
    {
        var rows = FactorRows.Create(100);
        using var detector = Fit(rows);
        var data = FactorRows.View(_mlContext, rows);
        var scores = detector.Transform(data).GetColumn<float>("Score").ToArray();
        Assert.Equal(scores, detector.Transform(data).GetColumn<float>("Score"));
        var alone = rows.Select(row => detector.Transform(FactorRows.View(_mlContext, [row])).GetColumn<float>("Score").Single());
        var loaded = SavedModel.RoundTrip(detector, data.Schema).Transform(data).GetColumn<float>("Score");
        foreach (var others in new[] { alone, loaded })
            Assert.All(scores.Zip(others), pair => Assert.Equal(pair.First, pair.Second, 1e-4f * Math.Max(1, Math.Abs(pair.First))));
    }

    private VaeTransformer Fit(IReadOnlyList<float[]> rows) => _mlContext.AnomalyDetection.Trainers.Vae(TinyVae.AnomalyOptions with
    {
        ContributionsColumnName = "Contributions",
        ScoreKind = VaeScoreKind.NegativeLogLikelihood,
        Training = TinyVae.Training with { Epochs = 30, LearningRate = 0.01 },
    }).Fit(FactorRows.View(_mlContext, [.. rows]));
}
