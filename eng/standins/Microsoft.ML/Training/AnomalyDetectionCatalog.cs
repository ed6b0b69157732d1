using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>Anomalies.</summary>
public sealed class AnomalyDetectionCatalog : TrainCatalogBase
{
    internal AnomalyDetectionCatalog(IHostEnvironment env)
        : base(env) => Trainers = new AnomalyDetectionTrainers(this);

    public AnomalyDetectionTrainers Trainers { get; }

    public AnomalyDetectionMetrics Evaluate(IDataView data, string labelColumnName = "Label", string scoreColumnName = "Score",
        string predictedLabelColumnName = "PredictedLabel", int falsePositiveCount = 10)
    {
        Environment.CheckValue(data, nameof(data));
        Environment.CheckParam(falsePositiveCount > 0, "K", "Must be positive");
        var (label, score) = (Role(data, "Label", labelColumnName), Role(data, "Score", scoreColumnName));
        Role(data, "PredictedLabel", predictedLabelColumnName);
        if (score.Type != NumberDataViewType.Single)
            throw Environment.ExceptColumn("schema", "score", score.Name, "Single", score.Type.ToString());
        if (label.Type != NumberDataViewType.Single && label.Type.GetKeyCount() != 2)
            throw Environment.ExceptColumn("schema", "label", label.Name, "Single or a Key with cardinality 2", label.Type.ToString());

        using var cursor = data.Open(label, score);
        var (getLabel, getScore) = (cursor.LabelReader(label), cursor.SingleReader(score));
        var rows = new List<(float Score, bool IsAnomaly)>();
        var value = new float[1];
        while (cursor.MoveNext())
        {
            var anomaly = getLabel();
            getScore(value);
            if (!float.IsNaN(anomaly) && float.IsFinite(value[0]))
                rows.Add((value[0], anomaly > 0));
        }
        return new AnomalyDetectionMetrics(AreaUnderRoc(rows), DetectionRate(rows, falsePositiveCount));
    }

    // Mann-Whitney: the part of (anomaly, normal) pairs in the right order, ties counted half.
    private static double AreaUnderRoc(List<(float Score, bool IsAnomaly)> rows)
    {
        double anomalies = rows.Count(row => row.IsAnomaly);
        var normals = rows.Count - anomalies;
        Contracts.CheckParam(anomalies > 0, "PosSample", "AUC is not defined when there is no positive class in the data");
        Contracts.CheckParam(normals > 0, "NegSample", "AUC is not defined when there is no negative class in the data");
        double area = 0;
        double above = 0;
        foreach (var tied in rows.GroupBy(row => row.Score).OrderByDescending(group => group.Key))
        {
            double hits = tied.Count(row => row.IsAnomaly);
            area += (tied.Count() - hits) * (above + (hits / 2));
            above += hits;
        }
        return area / (anomalies * normals);
    }

    private static double DetectionRate(List<(float Score, bool IsAnomaly)> rows, int falsePositives)
        => (double)rows.OrderByDescending(row => row.Score).TakeWhile(row => row.IsAnomaly || falsePositives-- > 0).Count(row => row.IsAnomaly)
            / rows.Count(row => row.IsAnomaly);

    /// <summary>Trainers for anomalies.</summary>
    public sealed class AnomalyDetectionTrainers : CatalogInstantiatorBase
    {
        internal AnomalyDetectionTrainers(AnomalyDetectionCatalog catalog)
            : base(catalog)
        {
        }
    }
}
