using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using MLNet.Vae.Interop;
using MLNet.Vae.Onnx;

namespace MLNet.Vae.Scoring;

/// <summary>The added columns: one list, from which an estimator's promise and a transformer's schema are both made.</summary>
internal static class OutputColumns
{
    private const string SlotNamesKind = "SlotNames";
    private const string ScoreColumnSetId = "ScoreColumnSetId";
    private const string ScoreColumnKind = "ScoreColumnKind";
    private const string ScoreValueKind = "ScoreValueKind";
    private const string AnomalyDetection = "AnomalyDetection";

    private static readonly KeyDataViewType ScoreSetType = new(typeof(uint), int.MaxValue);

    public static IReadOnlyList<OutputColumn> Of(VaeColumns columns, int featureCount, int latentDimension)
        => [.. Named(columns).Select(column => new OutputColumn(column.Output, column.Name, Width(column.Output, featureCount, latentDimension)))];

    /// <summary>The columns that are asked for, in order.</summary>
    public static IEnumerable<(VaeOutput Output, string Name)> Named(VaeColumns columns)
    {
        (VaeOutput Output, string? Name)[] all =
        [
            (VaeOutput.Embedding, columns.Embedding),
            (VaeOutput.LogSigma, columns.LogSigma),
            (VaeOutput.Reconstruction, columns.Reconstruction),
            (VaeOutput.Contributions, columns.Contributions),
            (VaeOutput.Score, columns.Score),
            (VaeOutput.PredictedLabel, columns.PredictedLabel),
        ];
        return from column in all where column.Name is not null select (column.Output, column.Name);
    }

    /// <summary>The added columns as <paramref name="input"/> gets them.</summary>
    public static DataViewSchema.DetachedColumn Detached(OutputColumn column, VaeModelInfo info, DataViewSchema input)
        => new(column.Name, column.Type, Annotations(column, info, input));

    /// <summary>What an estimator promises for <paramref name="input"/>, pass-through columns included.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The features column is missing or of another type.</exception>
    public static SchemaShape Shape(SchemaShape input, VaeColumns columns, IExceptionContext? context = null)
    {
        var named = ColumnChecks.Features(input, columns.Features, context).Annotations.Any(IsSlotNames);
        var added = Named(columns).Select(column => ShapeOf(column.Output, column.Name, named)).ToArray();
        var replaced = added.Select(column => column.Name).ToHashSet();
        return new SchemaShape(input.Where(column => !replaced.Contains(column.Name)).Concat(added));
    }

    /// <summary>The slot names of a column of <paramref name="size"/> slots; <see langword="null"/> where it has none.</summary>
    public static string[]? SlotNamesOf(DataViewSchema.Column column, int size)
    {
        if (column.Annotations.Schema.GetColumnOrNull(SlotNamesKind)?.Type is not VectorDataViewType { ItemType: TextDataViewType } type
            || type.Size != size)
        {
            return null;
        }

        VBuffer<ReadOnlyMemory<char>> names = default;
        column.Annotations.GetValue(SlotNamesKind, ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }

    private static int Width(VaeOutput output, int featureCount, int latentDimension) => output switch
    {
        VaeOutput.Embedding or VaeOutput.LogSigma => latentDimension,
        VaeOutput.Reconstruction or VaeOutput.Contributions => featureCount,
        _ => 1,
    };

    private static DataViewSchema.Annotations Annotations(OutputColumn column, VaeModelInfo info, DataViewSchema input)
    {
        var builder = new DataViewSchema.Annotations.Builder();
        switch (column.Output)
        {
            case VaeOutput.Embedding or VaeOutput.LogSigma:
                AddSlotNames(builder, SlotNames.ForLatent(column.Name, column.Width));
                break;
            case VaeOutput.Reconstruction or VaeOutput.Contributions:
                var names = info.FeatureNames ?? SlotNamesOf(input[info.Columns.Features], column.Width);
                if (names is not null)
                {
                    AddSlotNames(builder, names);
                }

                break;
            default:
                AddScoreKinds(builder, column.Output, NextScoreSet(input));
                break;
        }

        return builder.ToAnnotations();
    }

    private static void AddSlotNames(DataViewSchema.Annotations.Builder builder, IReadOnlyList<string> names)
    {
        var values = names.Select(name => name.AsMemory()).ToArray();
        builder.Add<VBuffer<ReadOnlyMemory<char>>>(
            SlotNamesKind,
            new VectorDataViewType(TextDataViewType.Instance, values.Length),
            (ref VBuffer<ReadOnlyMemory<char>> value) =>
            {
                var editor = VBufferEditor.Create(ref value, values.Length);
                values.CopyTo(editor.Values);
                value = editor.Commit();
            });
    }

    private static void AddScoreKinds(DataViewSchema.Annotations.Builder builder, VaeOutput output, uint scoreSet)
    {
        builder.Add(ScoreColumnSetId, ScoreSetType, (ref uint value) => value = scoreSet);
        AddText(builder, ScoreColumnKind, AnomalyDetection);
        AddText(builder, ScoreValueKind, output.ToString());
    }

    private static void AddText(DataViewSchema.Annotations.Builder builder, string kind, string text)
        => builder.Add(kind, TextDataViewType.Instance, (ref ReadOnlyMemory<char> value) => value = text.AsMemory());

    // Columns that one model adds share a number, one above those that earlier models added.
    private static uint NextScoreSet(DataViewSchema input)
    {
        uint highest = 0;
        foreach (var column in input)
        {
            if (column.Annotations.Schema.GetColumnOrNull(ScoreColumnSetId)?.Type is KeyDataViewType type && type.RawType == typeof(uint))
            {
                uint value = 0;
                column.Annotations.GetValue(ScoreColumnSetId, ref value);
                highest = Math.Max(highest, value);
            }
        }

        return highest + 1;
    }

    private static bool IsSlotNames(SchemaShape.Column annotation)
        => annotation is { Name: SlotNamesKind, Kind: SchemaShape.Column.VectorKind.Vector, ItemType: TextDataViewType };

    private static SchemaShape.Column ShapeOf(VaeOutput output, string name, bool featuresNamed) => output switch
    {
        VaeOutput.Score => MLNetInternals.ShapeColumn(name, SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.Single, annotations: ScoreShape()),
        VaeOutput.PredictedLabel => MLNetInternals.ShapeColumn(name, SchemaShape.Column.VectorKind.Scalar, BooleanDataViewType.Instance, annotations: ScoreShape()),
        VaeOutput.Embedding or VaeOutput.LogSigma => VectorShape(name, true),
        _ => VectorShape(name, featuresNamed),
    };

    private static SchemaShape.Column VectorShape(string name, bool named) => MLNetInternals.ShapeColumn(
        name,
        SchemaShape.Column.VectorKind.Vector,
        NumberDataViewType.Single,
        annotations: named
            ? new SchemaShape([MLNetInternals.ShapeColumn(SlotNamesKind, SchemaShape.Column.VectorKind.Vector, TextDataViewType.Instance)])
            : null);

    private static SchemaShape ScoreShape() => new(
    [
        MLNetInternals.ShapeColumn(ScoreColumnSetId, SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.UInt32, isKey: true),
        MLNetInternals.ShapeColumn(ScoreColumnKind, SchemaShape.Column.VectorKind.Scalar, TextDataViewType.Instance),
        MLNetInternals.ShapeColumn(ScoreValueKind, SchemaShape.Column.VectorKind.Scalar, TextDataViewType.Instance),
    ]);
}
