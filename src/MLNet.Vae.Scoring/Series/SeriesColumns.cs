using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Columns;
using MLNet.Vae.Interop;

namespace MLNet.Vae.Series;

/// <summary>The columns that a <see cref="VaeSeriesTransformer"/> adds, and those of its model of windows.</summary>
internal static class SeriesColumns
{
    public const string Score = "Score", PredictedLabel = "PredictedLabel", ChannelScores = "ChannelScores", Expected = "Expected",
        WindowScore = "WindowScore";

    /// <summary>What the model of windows reads and adds, where it is used by itself.</summary>
    public static VaeColumns OfModel { get; } = new()
    {
        Features = "Window",
        Score = WindowScore,
        Reconstruction = "WindowReconstruction",
        Contributions = "WindowContributions",
    };

    /// <param name="input">What they are added to.</param>
    /// <param name="channels">Names of the channels.</param>
    public static IReadOnlyList<DataViewSchema.DetachedColumn> Added(DataViewSchema input, IReadOnlyList<string> channels)
    {
        var perChannel = new VectorDataViewType(NumberDataViewType.Single, channels.Count);
        return
        [
            new(Score, NumberDataViewType.Single, Scored(Score)),
            new(PredictedLabel, BooleanDataViewType.Instance, Scored(PredictedLabel)),
            new(ChannelScores, perChannel, Named()),
            new(Expected, perChannel, Named()),
            new(WindowScore, NumberDataViewType.Single, null),
        ];

        DataViewSchema.Annotations Scored(string value)
        {
            var builder = new DataViewSchema.Annotations.Builder();
            OutputAnnotations.AddAnomalyScore(builder, input, value);
            return builder.ToAnnotations();
        }

        DataViewSchema.Annotations Named()
        {
            var builder = new DataViewSchema.Annotations.Builder();
            OutputAnnotations.AddTexts(builder, OutputAnnotations.SlotNamesKind, channels);
            return builder.ToAnnotations();
        }
    }

    /// <summary>What an estimator promises of them.</summary>
    public static IReadOnlyList<SchemaShape.Column> Shape()
    {
        var names = new SchemaShape([MLNetInternals.ShapeColumn(
            OutputAnnotations.SlotNamesKind, SchemaShape.Column.VectorKind.Vector, TextDataViewType.Instance)]);
        var score = OutputAnnotations.Score.Shape(default);
        SchemaShape.Column Scalar(string name, DataViewType type, SchemaShape? annotations)
            => MLNetInternals.ShapeColumn(name, SchemaShape.Column.VectorKind.Scalar, type, annotations: annotations);
        SchemaShape.Column Vector(string name) => MLNetInternals.ShapeColumn(
            name, SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single, annotations: names);
        return
        [
            Scalar(Score, NumberDataViewType.Single, score), Scalar(PredictedLabel, BooleanDataViewType.Instance, score),
            Vector(ChannelScores), Vector(Expected), Scalar(WindowScore, NumberDataViewType.Single, null),
        ];
    }
}
