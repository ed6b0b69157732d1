using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using MLNet.Vae.Interop;

namespace MLNet.Vae.Columns;

/// <summary>The added columns: one list, from which an estimator's promise and a transformer's schema are both made.</summary>
internal static class OutputColumns
{
    public static IReadOnlyList<OutputColumn> Of(VaeModelInfo info)
        => [.. Named(info.Columns).Select(column => Create(column.Output, column.Name, info))];

    /// <summary>What <see cref="VaeTransformer.LogLikelihood"/> adds.</summary>
    public static IReadOnlyList<OutputColumn> OfLogLikelihood { get; } =
    [
        new(VaeOutput.LogLikelihood, VaeTransformer.LogLikelihoodColumn, 1),
        new(VaeOutput.LogLikelihoodStandardError, VaeTransformer.LogLikelihoodStandardErrorColumn, 1),
    ];

    /// <summary>The columns that are asked for, in order.</summary>
    public static IEnumerable<(VaeOutput Output, string Name)> Named(VaeColumns columns)
    {
        (VaeOutput Output, string? Name)[] all =
        [
            (VaeOutput.Embedding, columns.Embedding),
            (VaeOutput.LogSigma, columns.LogSigma),
            (VaeOutput.Components, columns.Components),
            (VaeOutput.Reconstruction, columns.Reconstruction),
            (VaeOutput.Contributions, columns.Contributions),
            (VaeOutput.Codes, columns.Codes),
            (VaeOutput.Score, columns.Score),
            (VaeOutput.PredictedLabel, columns.PredictedLabel),
        ];
        return from column in all where column.Name is not null select (column.Output, column.Name);
    }

    /// <summary>An added column as <paramref name="input"/> gets it.</summary>
    public static DataViewSchema.DetachedColumn Detached(OutputColumn column, VaeModelInfo info, DataViewSchema input)
        => new(column.Name, column.Type, OutputAnnotations.Of(column, info, input));

    /// <summary>What an estimator promises for <paramref name="input"/>, pass-through columns included.</summary>
    /// <param name="input">The shape of the training data.</param>
    /// <param name="columns">Those of the model to be.</param>
    /// <param name="target">The column that the decoder is to give; <see langword="null"/>: the features.</param>
    /// <param name="context">Marks exceptions.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column that training reads is missing or of another type.</exception>
    public static SchemaShape Shape(SchemaShape input, VaeColumns columns, string? target = null, IExceptionContext? context = null)
    {
        var read = InputRule.Training(columns, target).Select(rule => ColumnChecks.Check(input, rule, context)).ToArray();
        var reconstructed = read.First(column => column.Name == (target ?? columns.Features));
        var added = Named(columns).Select(column => Shape(column.Output, column.Name, reconstructed)).ToArray();
        var replaced = added.Select(column => column.Name).ToHashSet();
        return new SchemaShape(input.Where(column => !replaced.Contains(column.Name)).Concat(added));
    }

    /// <summary>The slot names of a column of <paramref name="size"/> slots; <see langword="null"/> where it has none.</summary>
    public static string[]? SlotNamesOf(DataViewSchema.Column column, int size)
    {
        var type = column.Annotations.Schema.GetColumnOrNull(OutputAnnotations.SlotNamesKind)?.Type as VectorDataViewType;
        if (type is not { ItemType: TextDataViewType } || type.Size != size)
        {
            return null;
        }

        VBuffer<ReadOnlyMemory<char>> names = default;
        column.Annotations.GetValue(OutputAnnotations.SlotNamesKind, ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }

    private static OutputColumn Create(VaeOutput output, string name, VaeModelInfo info)
        => new(output, name, Width(output, info), output == VaeOutput.Codes ? info.CodebookSize : 0);

    private static int Width(VaeOutput output, VaeModelInfo info) => output switch
    {
        VaeOutput.Embedding => info.LatentDimension,
        VaeOutput.LogSigma => info.HasLogSigma ? info.LatentDimension : 0,
        VaeOutput.Components => info.ComponentCount,
        VaeOutput.Codes => info.CodeCount,
        VaeOutput.Reconstruction => info.ReconstructionCount,
        VaeOutput.Contributions => info.FeatureCount,
        _ => 1,
    };

    private static SchemaShape.Column Shape(VaeOutput output, string name, SchemaShape.Column reconstructed)
    {
        var (kind, itemType) = output switch
        {
            VaeOutput.Score => (SchemaShape.Column.VectorKind.Scalar, (DataViewType)NumberDataViewType.Single),
            VaeOutput.PredictedLabel => (SchemaShape.Column.VectorKind.Scalar, BooleanDataViewType.Instance),
            VaeOutput.Codes => (SchemaShape.Column.VectorKind.Vector, NumberDataViewType.UInt32),
            _ => (SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single),
        };
        return MLNetInternals.ShapeColumn(name, kind, itemType, isKey: output == VaeOutput.Codes, OutputAnnotations.Shape(output, reconstructed));
    }
}
