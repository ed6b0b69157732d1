using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Interop;
using MLNet.Vae.Onnx;

namespace MLNet.Vae.Columns;

/// <summary>Annotations of the added columns: as values for a schema, as a promise for a shape.</summary>
internal static class OutputAnnotations
{
    // ML.NET's own names, which are internal there.
    internal const string SlotNamesKind = "SlotNames";
    internal const string KeyValuesKind = "KeyValues";
    private const string ScoreColumnSetId = "ScoreColumnSetId";
    private const string ScoreColumnKind = "ScoreColumnKind";
    private const string ScoreValueKind = "ScoreValueKind";
    private const string AnomalyDetection = "AnomalyDetection";

    private static readonly KeyDataViewType ScoreSetType = new(typeof(uint), int.MaxValue);

    public static DataViewSchema.Annotations Of(OutputColumn column, VaeModelInfo info, DataViewSchema input)
    {
        var builder = new DataViewSchema.Annotations.Builder();
        switch (column.Output)
        {
            case VaeOutput.Embedding or VaeOutput.LogSigma or VaeOutput.Components:
                AddTexts(builder, SlotNamesKind, SlotNames.ForLatent(column.Name, column.Width));
                break;
            case VaeOutput.Codes:
                AddTexts(builder, KeyValuesKind, KeyValues(column.KeyCount));
                AddTexts(builder, SlotNamesKind, SlotNames.ForLatent(column.Name, column.Width));
                break;
            case VaeOutput.Reconstruction or VaeOutput.Contributions:
                if ((info.ReconstructionNames ?? NamesInInput(column, info, input)) is { } names)
                {
                    AddTexts(builder, SlotNamesKind, names);
                }

                break;
            case VaeOutput.LogLikelihood or VaeOutput.LogLikelihoodStandardError:
                break;
            default:
                AddScoreKinds(builder, column.Output, NextScoreSet(input));
                break;
        }

        return builder.ToAnnotations();
    }

    /// <summary>What <see cref="Of"/> will hold where what is reconstructed is like <paramref name="reconstructed"/>; null for nothing.</summary>
    public static SchemaShape? Shape(VaeOutput output, SchemaShape.Column reconstructed) => output switch
    {
        VaeOutput.Score or VaeOutput.PredictedLabel => new SchemaShape(
        [
            MLNetInternals.ShapeColumn(ScoreColumnSetId, SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.UInt32, isKey: true),
            MLNetInternals.ShapeColumn(ScoreColumnKind, SchemaShape.Column.VectorKind.Scalar, TextDataViewType.Instance),
            MLNetInternals.ShapeColumn(ScoreValueKind, SchemaShape.Column.VectorKind.Scalar, TextDataViewType.Instance),
        ]),
        VaeOutput.Codes => new SchemaShape([TextsShape(SlotNamesKind), TextsShape(KeyValuesKind)]),
        VaeOutput.Reconstruction or VaeOutput.Contributions when !reconstructed.Annotations.Any(IsSlotNames) => null,
        _ => new SchemaShape([TextsShape(SlotNamesKind)]),
    };

    /// <summary>The numbers of a codebook's entries, counted from 0: what the keys stand for.</summary>
    public static string[] KeyValues(int count) => [.. Enumerable.Range(0, count).Select(i => i.ToString(CultureInfo.InvariantCulture))];

    /// <summary>A target is no part of what is scored, so its names are the model's or nobody's.</summary>
    private static string[]? NamesInInput(OutputColumn column, VaeModelInfo info, DataViewSchema input)
        => info.TargetCount > 0 ? null : OutputColumns.SlotNamesOf(input[info.Columns.Features], column.Width);

    private static SchemaShape.Column TextsShape(string kind)
        => MLNetInternals.ShapeColumn(kind, SchemaShape.Column.VectorKind.Vector, TextDataViewType.Instance);

    private static void AddTexts(DataViewSchema.Annotations.Builder builder, string kind, IReadOnlyList<string> texts)
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
}
