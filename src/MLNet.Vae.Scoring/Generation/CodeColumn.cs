using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using MLNet.Vae.Columns;

namespace MLNet.Vae.Generation;

/// <summary>Codes that a transformer has written into a column, read back: keys of a codebook, or points of the latent space.</summary>
/// <param name="Keys"><c>[n][codes]</c>; <see langword="null"/>: the column holds points.</param>
/// <param name="Points"><c>[n][L]</c>; <see langword="null"/>: the column holds keys.</param>
/// <param name="Conditions">One for each row, of a conditional model.</param>
internal sealed record CodeColumn(uint[][]? Keys, float[][]? Points, float[][]? Conditions)
{
    /// <param name="context">Marks exceptions.</param>
    /// <param name="info">The model's sizes and column names.</param>
    /// <param name="data">The rows.</param>
    /// <param name="name">The column; <see langword="null"/>: that of the codes or, where there is none, of the embedding.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing, or of another type or width.</exception>
    /// <exception cref="InvalidOperationException">A condition is missing or not finite.</exception>
    public static CodeColumn Read(IExceptionContext context, VaeModelInfo info, IDataView data, string? name)
    {
        var column = Find(info, data.Schema, name) ?? throw context.Process(
            new ArgumentOutOfRangeException(nameof(data), GenerationMessages.NoCodeColumn(name, info.Columns)));
        var isKeys = column.Type is VectorDataViewType { ItemType: KeyDataViewType } keys && keys.Size == info.CodeCount
            && ((KeyDataViewType)keys.ItemType).Count == (ulong)info.CodebookSize && keys.ItemType.RawType == typeof(uint);
        var isPoints = column.Type is VectorDataViewType { ItemType: NumberDataViewType } points && points.Size == info.LatentDimension
            && points.ItemType.RawType == typeof(float);
        if (!isKeys && !isPoints)
        {
            throw context.Process(new ArgumentOutOfRangeException(
                nameof(data), GenerationMessages.NoCodesIn(column.Name, $"{column.Type}", info)));
        }
        return new(
            isKeys ? [.. data.GetColumn<uint[]>(column)] : null,
            isKeys ? null : [.. data.GetColumn<float[]>(column)],
            ConditionsOf(context, info, data));
    }

    private static DataViewSchema.Column? Find(VaeModelInfo info, DataViewSchema schema, string? name)
    {
        string?[] names = name is null ? [info.Columns.Codes, info.Columns.Embedding] : [name];
        return names.OfType<string>().Select(schema.GetColumnOrNull).FirstOrDefault(column => column is not null);
    }

    private static float[][]? ConditionsOf(IExceptionContext context, VaeModelInfo info, IDataView data)
    {
        if (InputRule.Condition(info) is not { } rule)
            return null;
        var input = ColumnChecks.Check(data.Schema, rule, context);
        var conditions = new List<float[]>();
        using var cursor = data.GetRowCursor([input.Column]);
        var reader = ColumnValues.Of(cursor, input);
        while (cursor.MoveNext())
        {
            var condition = new float[input.Width];
            if (reader.Read(condition) != input.Width || FiniteValues.IndexOfFirstOther(condition) >= 0)
                throw context.Process(new InvalidOperationException(GenerationMessages.BadCondition(input.Name, conditions.Count)));
            conditions.Add(condition);
        }
        return [.. conditions];
    }
}
