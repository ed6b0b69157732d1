using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Interop;

namespace MLNet.Vae.Columns;

/// <summary>Annotations of an added column: as values for a schema, as a promise for a shape.</summary>
internal sealed record OutputAnnotations
{
    // ML.NET's own names, which are internal there.
    internal const string SlotNamesKind = "SlotNames";
    internal const string KeyValuesKind = "KeyValues";
    private const string ScoreColumnSetId = "ScoreColumnSetId";
    private const string ScoreColumnKind = "ScoreColumnKind";
    private const string ScoreValueKind = "ScoreValueKind";
    private const string AnomalyDetection = "AnomalyDetection";
    private const string Multiclass = "MulticlassClassification";
    private const string ScoreValue = "Score";

    private static readonly KeyDataViewType ScoreSetType = new(typeof(uint), int.MaxValue);

    public static OutputAnnotations None { get; } = new();

    /// <summary>Slots that are called after the column.</summary>
    public static OutputAnnotations LatentSlots { get; } = new()
    {
        Add = (builder, column, _) => AddTexts(builder, SlotNamesKind, Latent(column)),
        Shape = _ => new SchemaShape([TextsShape(SlotNamesKind)]),
    };

    /// <summary>The same, of keys that stand for the entries of a codebook.</summary>
    public static OutputAnnotations CodeSlots { get; } = new()
    {
        Add = (builder, column, input) =>
        {
            AddTexts(builder, KeyValuesKind, [.. Enumerable.Range(0, column.Info.CodebookSize).Select(Invariant)]);
            LatentSlots.Add(builder, column, input);
        },
        Shape = _ => new SchemaShape([TextsShape(SlotNamesKind), TextsShape(KeyValuesKind)]),
    };

    /// <summary>
    /// The slot names of what is reconstructed: the model's, or those of the features; of a target the model's or nobody's.
    /// </summary>
    public static OutputAnnotations ReconstructedSlots { get; } = new()
    {
        Add = (builder, column, input) =>
        {
            var info = column.Info;
            var names = info.ReconstructionNames
                ?? (info.TargetCount > 0 ? null : InputColumn.SlotNamesOf(input[info.Columns.Features], column.Width));
            if (names is not null)
                AddTexts(builder, SlotNamesKind, names);
        },
        Shape = reconstructed => reconstructed.Annotations.Any(IsSlotNames) ? new SchemaShape([TextsShape(SlotNamesKind)]) : null,
    };

    /// <summary>What ML.NET finds the columns of a score by.</summary>
    public static OutputAnnotations Score { get; } = new()
    {
        Add = (builder, column, input) => AddScore(builder, input, AnomalyDetection, column.Output.Option),
        Shape = _ => new SchemaShape(ScoreShapes()),
    };

    /// <summary>The same of a classifier's score, with a slot for each class.</summary>
    public static OutputAnnotations ClassSlots { get; } = new()
    {
        Add = (builder, column, input) =>
        {
            AddTexts(builder, SlotNamesKind, ModelOutputs.ClassNames(column.Info));
            AddScore(builder, input, Multiclass, ScoreValue);
        },
        Shape = _ => new SchemaShape([TextsShape(SlotNamesKind), .. ScoreShapes()]),
    };

    /// <summary>The same of a classifier's predicted label, with what its keys stand for.</summary>
    public static OutputAnnotations PredictedClass { get; } = new()
    {
        Add = (builder, column, input) =>
        {
            AddTexts(builder, KeyValuesKind, ModelOutputs.ClassNames(column.Info));
            AddScore(builder, input, Multiclass, nameof(VaeColumns.PredictedLabel));
        },
        Shape = _ => new SchemaShape([TextsShape(KeyValuesKind), .. ScoreShapes()]),
    };

    /// <summary>Adds those of a column, of a model that is bound to an input.</summary>
    public Action<DataViewSchema.Annotations.Builder, OutputColumn, DataViewSchema> Add { get; private init; } = (_, _, _) => { };

    /// <summary>What <see cref="Add"/> will add where what is reconstructed is like the argument; null for nothing.</summary>
    public Func<SchemaShape.Column, SchemaShape?> Shape { get; private init; } = _ => null;

    /// <summary>What ML.NET finds a column of an anomaly's score by.</summary>
    /// <param name="builder">Takes it.</param>
    /// <param name="input">What the column is added to.</param>
    /// <param name="value">Which of them it is: "Score" or "PredictedLabel".</param>
    public static void AddAnomalyScore(DataViewSchema.Annotations.Builder builder, DataViewSchema input, string value)
        => AddScore(builder, input, AnomalyDetection, value);

    private static void AddScore(DataViewSchema.Annotations.Builder builder, DataViewSchema input, string kind, string value)
    {
        var set = NextScoreSet(input);
        builder.Add(ScoreColumnSetId, ScoreSetType, (ref uint id) => id = set);
        AddText(builder, ScoreColumnKind, kind);
        AddText(builder, ScoreValueKind, value);
    }

    private static IEnumerable<SchemaShape.Column> ScoreShapes() =>
    [
        MLNetInternals.ShapeColumn(ScoreColumnSetId, SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.UInt32, isKey: true),
        MLNetInternals.ShapeColumn(ScoreColumnKind, SchemaShape.Column.VectorKind.Scalar, TextDataViewType.Instance),
        MLNetInternals.ShapeColumn(ScoreValueKind, SchemaShape.Column.VectorKind.Scalar, TextDataViewType.Instance),
    ];

    private static string[] Latent(OutputColumn column) => Onnx.SlotNames.ForLatent(column.Name, column.Width);

    private static string Invariant(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static SchemaShape.Column TextsShape(string kind)
        => MLNetInternals.ShapeColumn(kind, SchemaShape.Column.VectorKind.Vector, TextDataViewType.Instance);

    /// <summary>Slot names by themselves.</summary>
    public static DataViewSchema.Annotations OfSlots(IReadOnlyList<string> names)
    {
        var builder = new DataViewSchema.Annotations.Builder();
        AddTexts(builder, SlotNamesKind, names);
        return builder.ToAnnotations();
    }

    /// <summary>What keys stand for, by itself.</summary>
    public static DataViewSchema.Annotations OfKeys(IReadOnlyList<string> names)
    {
        var builder = new DataViewSchema.Annotations.Builder();
        AddTexts(builder, KeyValuesKind, names);
        return builder.ToAnnotations();
    }

    /// <summary>Names of slots or of keys.</summary>
    public static void AddTexts(DataViewSchema.Annotations.Builder builder, string kind, IReadOnlyList<string> texts)
    {
        var values = texts.Select(text => text.AsMemory()).ToArray();
        builder.Add<VBuffer<ReadOnlyMemory<char>>>(
            kind,
            new VectorDataViewType(TextDataViewType.Instance, values.Length),
            (ref VBuffer<ReadOnlyMemory<char>> value) =>
            {
                var editor = VBufferEditor.Create(ref value, values.Length);
                values.CopyTo(editor.Values);
                value = editor.Commit();
            });
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
}
