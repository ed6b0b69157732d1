using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>Several classes.</summary>
public sealed class MulticlassClassificationCatalog : TrainCatalogBase
{
    internal MulticlassClassificationCatalog(IHostEnvironment env)
        : base(env) => Trainers = new MulticlassClassificationTrainers(this);

    public MulticlassClassificationTrainers Trainers { get; }

    public MulticlassClassificationMetrics Evaluate(IDataView data, string labelColumnName = "Label", string scoreColumnName = "Score",
        string predictedLabelColumnName = "PredictedLabel", int topKPredictionCount = 0)
    {
        Environment.CheckValue(data, nameof(data));
        Environment.CheckParam(topKPredictionCount == 0, nameof(topKPredictionCount), "The stand-in computes no top-k accuracy.");
        var (label, score) = (Role(data, "Label", labelColumnName), Role(data, "Score", scoreColumnName));
        Role(data, "PredictedLabel", predictedLabelColumnName);
        if (score.Type is not VectorDataViewType { Size: >= 2 } vector || vector.ItemType != NumberDataViewType.Single)
            throw Environment.ExceptColumn("schema", "score", score.Name, "vector of two or more items of type Single", score.Type.ToString());
        if (label.Type != NumberDataViewType.Single && label.Type.GetKeyCount() == 0)
            throw Environment.ExceptColumn("schema", "label", label.Name, "Single or Key", label.Type.ToString());

        using var cursor = data.Open(label, score);
        var (getLabel, getScores) = (cursor.LabelReader(label), cursor.SingleReader(score));
        var scores = new float[vector.Size];
        var (seen, right) = (new double[vector.Size], new double[vector.Size]);
        double rows = 0;
        while (cursor.MoveNext())
        {
            var truth = getLabel();
            getScores(scores);
            if (float.IsNaN(truth) || truth < 0 || truth != (int)truth || !scores.All(float.IsFinite))
                continue;
            rows++;
            if (truth >= scores.Length)
                continue;
            seen[(int)truth]++;
            if (Array.IndexOf(scores, scores.Max()) == (int)truth)
                right[(int)truth]++;
        }
        var macro = seen.Zip(right).Where(c => c.First > 0).Select(c => c.Second / c.First).DefaultIfEmpty().Average();
        return new MulticlassClassificationMetrics(rows == 0 ? 0 : right.Sum() / rows, macro);
    }

    /// <summary>Trainers for several classes.</summary>
    public sealed class MulticlassClassificationTrainers : CatalogInstantiatorBase
    {
        internal MulticlassClassificationTrainers(MulticlassClassificationCatalog catalog)
            : base(catalog)
        {
        }
    }
}
