using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae;

namespace YourCsv;

/// <summary>How unlike the others each row is.</summary>
internal sealed class Anomalies
{
    private const int ReasonCount = 3;

    private readonly string[] _features;

    private Anomalies(ITransformer model, VaeTransformer vae, IReadOnlyList<ScoredRow> rows, string[] features)
        => (Model, Vae, Rows, _features) = (model, vae, rows, features);

    /// <summary>From the columns of the file to scores.</summary>
    public ITransformer Model { get; }

    /// <summary>The last step of <see cref="Model"/>.</summary>
    public VaeTransformer Vae { get; }

    /// <summary>All rows of the file, in its order.</summary>
    public IReadOnlyList<ScoredRow> Rows { get; }

    public static Anomalies Fit(MLContext mlContext, FeaturePipeline features, int latentDimension, IProgress<VaeTrainingProgress> progress)
    {
        var rows = features.Load(mlContext);
        var prepared = features.Build(mlContext).Fit(rows);
        using var detector = mlContext.AnomalyDetection.Trainers.Vae(new VaeAnomalyOptions
        {
            FeatureColumnName = FeaturePipeline.Features,
            ContributionsColumnName = "Contributions",
            Latent = VaeLatent.Gaussian(latentDimension),
            Training = new() { Progress = progress },
        }).Fit(prepared.Transform(rows));

        // The same model gives the embedding as well.
        var vae = detector.WithColumns(detector.Model.Info.Columns with { Embedding = "Embedding" });
        var model = new TransformerChain<ITransformer>(prepared, vae);
        var scored = model.Transform(rows);
        VBuffer<ReadOnlyMemory<char>> names = default;
        scored.Schema["Contributions"].GetSlotNames(ref names);
        return new(model, vae, [.. mlContext.Data.CreateEnumerable<ScoredRow>(scored, reuseRowObject: false)],
            [.. names.DenseValues().Select(name => features.Shown(name.ToString()))]);
    }

    /// <summary>The features with the largest contributions to the score of a row.</summary>
    public string Reasons(ScoredRow row)
        => string.Join(", ", row.Contributions.Index().OrderByDescending(feature => feature.Item).Take(ReasonCount)
            .Select(feature => $"{_features[feature.Index]} {feature.Item:+0.0;-0.0}"));
}
