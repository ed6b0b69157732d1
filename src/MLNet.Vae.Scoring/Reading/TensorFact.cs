using MLNet.Vae.Onnx;
using MLNet.Vae.Onnx.Schema;
using static MLNet.Vae.Onnx.Schema.TensorProto.Types;

namespace MLNet.Vae.Reading;

/// <summary>What the first axis of a tensor is as often as: nothing, the rows, or the rows' samples.</summary>
internal enum RowAxis
{
    None,
    Rows,
    Samples,
}

/// <summary>What is known of a tensor before anything is run.</summary>
/// <param name="Type">Of its values.</param>
/// <param name="Axis">Whether the first axis is so many times the rows: only that one can be.</param>
/// <param name="Sizes">Of each axis, that of the first for each row.</param>
internal sealed record TensorFact(DataType Type, RowAxis Axis, params long[] Sizes)
{
    /// <summary>The constant itself, where it is one of the file.</summary>
    public TensorProto? Constant { get; init; }

    /// <summary>All values lie from 0 to below this; <see langword="null"/>: not known.</summary>
    public long? Below { get; init; }

    /// <summary>Whether it says how often rows are repeated for their samples.</summary>
    public bool IsRepeats { get; init; }

    public int Rank => Sizes.Length;

    /// <summary>Values, of each row where there are rows.</summary>
    public long Count => Sizes.Aggregate(1L, Product);

    /// <summary>[N, width] of whatever rows.</summary>
    public bool IsRows => Rank == 2 && Axis != RowAxis.None && Sizes[0] == 1;

    /// <summary>The product, or the largest number where that is above it.</summary>
    public static long Product(long a, long b) => a > 0 && b > long.MaxValue / a ? long.MaxValue : a * b;

    public static TensorFact Of(ValueInfoProto value)
    {
        var type = value.Type.TensorType;
        var dimensions = type.Shape.Dim;
        var axis = dimensions[0].DimParam switch
        {
            TensorNames.Rows => RowAxis.Rows,
            TensorNames.Samples => RowAxis.Samples,
            _ => RowAxis.None,
        };
        return new((DataType)type.ElemType, axis, [.. dimensions.Select(d => d.HasDimValue ? d.DimValue : 1)])
        {
            IsRepeats = value.Name == TensorNames.Repeats,
        };
    }

    /// <exception cref="CheckException">Its bytes are not those of its shape.</exception>
    public static TensorFact Of(TensorProto constant)
    {
        var fact = new TensorFact((DataType)constant.DataType, RowAxis.None, [.. constant.Dims]) { Constant = constant };
        var bytesPerValue = fact.Type switch
        {
            DataType.Float => sizeof(float),
            DataType.Double => sizeof(double),
            DataType.Int64 => sizeof(long),
            DataType.String => 0,
            _ => throw new CheckException($"its constant {CheckException.Quoted(constant.Name)} is of a type that is not written"),
        };
        var isWhole = fact.Sizes.All(size => size > 0) && (bytesPerValue == 0
            ? constant.StringData.Count == fact.Count && !constant.HasRawData
            : constant.RawData.Length == Product(fact.Count, bytesPerValue) && constant.StringData.Count == 0);
        return isWhole
            ? fact
            : throw new CheckException($"its constant {CheckException.Quoted(constant.Name)} has not the bytes of its shape");
    }
}
