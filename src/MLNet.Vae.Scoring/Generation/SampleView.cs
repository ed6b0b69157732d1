using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Columns;

namespace MLNet.Vae.Generation;

/// <summary>Generated rows as data: the columns that the model reads, of the types that it was trained on.</summary>
internal static class SampleView
{
    public static IDataView Of(MLContext mlContext, VaeModelInfo info, IReadOnlyList<float[]> rows, float[][]? conditions)
    {
        var schema = SchemaDefinition.Create(typeof(SampleRow));
        VaeInputKind? kind = conditions is null ? null : info.ConditionKind ?? VaeInputKind.Vector;
        var isSequence = info.FeatureKind == VaeInputKind.Sequence;
        var values = schema[isSequence ? nameof(SampleRow.Tokens) : nameof(SampleRow.Values)];
        var condition = kind is null ? null : schema[Member(kind.Value)];
        schema.RemoveAll(column => column != values && column != condition);
        PrimitiveDataViewType item = isSequence ? new KeyDataViewType(typeof(uint), info.TokenCount) : NumberDataViewType.Single;
        Name(values, Column(info), new VectorDataViewType(item, info.ReconstructionCount));
        Annotate(values, OutputAnnotations.SlotNamesKind, info.ReconstructionNames);
        Annotate(values, OutputAnnotations.KeyValuesKind, info.TokenNames);
        if (condition is not null)
        {
            Name(condition, info.Columns.Condition!, kind switch
            {
                VaeInputKind.Key => new KeyDataViewType(typeof(uint), info.ConditionCount),
                VaeInputKind.Boolean => BooleanDataViewType.Instance,
                VaeInputKind.Scalar => NumberDataViewType.Single,
                _ => new VectorDataViewType(NumberDataViewType.Single, info.ConditionCount),
            });
            if (kind is VaeInputKind.Key or VaeInputKind.Vector)
            {
                Annotate(
                    condition,
                    kind == VaeInputKind.Key ? OutputAnnotations.KeyValuesKind : OutputAnnotations.SlotNamesKind,
                    info.ConditionNames
                );
            }
        }
        return mlContext.Data.LoadFromEnumerable(Rows(rows, conditions), schema);
    }

    private static string Column(VaeModelInfo info)
        => info.TargetCount == 0 ? info.Columns.Features : info.Columns.Reconstruction ?? nameof(VaeColumns.Reconstruction);

    private static string Member(VaeInputKind kind) => kind switch
    {
        VaeInputKind.Key => nameof(SampleRow.Category),
        VaeInputKind.Boolean => nameof(SampleRow.Flag),
        VaeInputKind.Scalar => nameof(SampleRow.Number),
        _ => nameof(SampleRow.Vector),
    };

    private static void Name(SchemaDefinition.Column column, string name, DataViewType type) =>
        (column.ColumnName, column.ColumnType) = (name, type);

    private static void Annotate(SchemaDefinition.Column column, string kind, IReadOnlyList<string>? names)
    {
        if (names is null)
            return;
        var texts = new VBuffer<ReadOnlyMemory<char>>(names.Count, [.. names.Select(name => name.AsMemory())]);
        column.AddAnnotation(kind, texts, new VectorDataViewType(TextDataViewType.Instance, names.Count));
    }

    private static SampleRow[] Rows(IReadOnlyList<float[]> rows, float[][]? conditions) =>
    [
        .. rows.Select((row, i) => conditions is null
            ? new SampleRow { Values = row, Tokens = Keys(row) }
            : new SampleRow
            {
                Values = row,
                Tokens = Keys(row),
                // ML.NET counts the keys of typed rows from 0 and its own from 1; a place beyond the last is a missing one.
                Category = unchecked((uint)ConditionValues.Place(conditions[i])),
                Flag = conditions[i][0] == 1,
                Number = conditions[i][0],
                Vector = conditions[i],
            }),
    ];

    private static uint[] Keys(float[] row) => Array.ConvertAll(row, token => token > 0 ? (uint)token : 0);

    /// <summary>Only the columns that a model reads stay in the schema.</summary>
    internal sealed class SampleRow
    {
        public float[] Values { get; set; } = [];

        [KeyType(1)]
        public uint[] Tokens { get; set; } = [];

        [KeyType(1)]
        public uint Category { get; set; }

        public bool Flag { get; set; }

        public float Number { get; set; }

        public float[] Vector { get; set; } = [];
    }
}
