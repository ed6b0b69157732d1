using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Columns;
using MLNet.Vae.Graphs;
using MLNet.Vae.Onnx.Schema;
using static MLNet.Vae.Onnx.Schema.TensorProto.Types;

namespace MLNet.Vae.Pipelines;

/// <summary>Columns of ML.NET as tensors, as its own converter has them: <c>[N, 1]</c>, or <c>[N, size]</c> of a vector.</summary>
internal static class OnnxColumns
{
    /// <summary>Those that can be seen and that ONNX has a type for.</summary>
    public static IEnumerable<DataViewSchema.Column> Of(DataViewSchema schema)
        => schema.Where(column => !column.IsHidden && ElementOf(column.Type) != DataType.Undefined);

    public static ValueInfoProto Tensor(DataViewSchema.Column column)
    {
        var tensor = GraphInterface.Rows(column.Name, Width(column.Type));
        tensor.Type.TensorType.ElemType = (int)ElementOf(column.Type);
        return tensor;
    }

    /// <summary>What a graph must know of a column.</summary>
    public static GraphColumn Describe(DataViewSchema.Column column) => new(
        Width(column.Type),
        column.Type.RawType == typeof(ReadOnlyMemory<char>),
        column.Type is KeyDataViewType key ? KeyNames.Of(column, checked((int)key.Count)) : null);

    private static int Width(DataViewType type) => type is VectorDataViewType vector ? vector.Size : 1;

    /// <returns>Undefined where ONNX has none.</returns>
    private static DataType ElementOf(DataViewType type) => type switch
    {
        VectorDataViewType { IsKnownSize: true } vector => ElementOf(vector.ItemType),
        VectorDataViewType => DataType.Undefined,
        BooleanDataViewType => DataType.Bool,
        TextDataViewType => DataType.String,
        NumberDataViewType or KeyDataViewType => Type.GetTypeCode(type.RawType) switch
        {
            TypeCode.SByte => DataType.Int8,
            TypeCode.Byte => DataType.Uint8,
            TypeCode.Int16 => DataType.Int16,
            TypeCode.UInt16 => DataType.Uint16,
            TypeCode.Int32 => DataType.Int32,
            TypeCode.UInt32 => DataType.Uint32,
            TypeCode.Int64 => DataType.Int64,
            TypeCode.UInt64 => DataType.Uint64,
            TypeCode.Single => DataType.Float,
            TypeCode.Double => DataType.Double,
            _ => DataType.Undefined,
        },
        _ => DataType.Undefined,
    };
}
