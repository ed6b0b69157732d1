using MLNet.Vae.Onnx;
using MLNet.Vae.Onnx.Schema;
using static MLNet.Vae.Onnx.Schema.TensorProto.Types;

namespace MLNet.Vae.Reading;

/// <summary>Which axis of a tensor is as long as there are rows.</summary>
internal enum RowAxis
{
    None,

    /// <summary>The first, so many times.</summary>
    Rows,

    /// <summary>The first is the samples of all rows, however many.</summary>
    Samples,

    /// <summary>The second, after as many samples of each as the model itself says.</summary>
    RowsOfSamples,
}

/// <summary>What is known of a tensor before anything is run.</summary>
/// <param name="Type">Of its values.</param>
/// <param name="Axis">Which axis is so many times the rows.</param>
/// <param name="Sizes">Of each axis, that of the rows for each row.</param>
internal sealed record TensorFact(DataType Type, RowAxis Axis, params long[] Sizes)
{
    /// <summary>The constant itself, where it is one of the file.</summary>
    public TensorProto? Constant { get; init; }

    /// <summary>All values lie from 0 to below this; <see langword="null"/>: not known.</summary>
    public long? Below { get; init; }

    /// <summary>Whether it says how often rows are repeated for their samples.</summary>
    public bool IsRepeats { get; init; }

    public int Rank => Sizes.Length;

    /// <summary>Axes before that of the rows where steps come first, as recurrences have them.</summary>
    public int Before { get; init; }

    /// <summary>The axis of the rows; −1: there is none.</summary>
    public int RowsAt => Axis switch { RowAxis.None => -1, RowAxis.RowsOfSamples => 1, _ => Before };

    /// <summary>Values, of each row where there are rows.</summary>
    public long Count
    {
        get
        {
            var count = 1L;
            foreach (var size in Sizes)
                count = Product(count, size);
            return count;
        }
    }

    /// <summary>[N, width] of whatever rows.</summary>
    public bool IsRows => Rank == 2 && Axis != RowAxis.None && Sizes[0] == 1;

    /// <summary>The product, or the largest number where that is above it.</summary>
    public static long Product(long a, long b) => a > 0 && b > long.MaxValue / a ? long.MaxValue : a * b;

    public bool HasSizes(params ReadOnlySpan<long> sizes)
    {
        var i = 0;
        while (i < sizes.Length && i < Rank && sizes[i] == Sizes[i])
            i++;
        return i == sizes.Length && i == Rank;
    }

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
        var sizes = new long[dimensions.Count];
        for (var i = 0; i < sizes.Length; i++)
            sizes[i] = dimensions[i].HasDimValue ? dimensions[i].DimValue : 1;
        return new((DataType)type.ElemType, axis, sizes)
        {
            IsRepeats = value.Name == TensorNames.Repeats,
        };
    }

    /// <exception cref="CheckException">Its bytes are not those of its shape.</exception>
    public static TensorFact Of(TensorProto constant)
    {
        var (sizes, isWhole) = (new long[constant.Dims.Count], true);
        for (var i = 0; i < sizes.Length; i++)
            isWhole &= (sizes[i] = constant.Dims[i]) > 0;
        var fact = new TensorFact((DataType)constant.DataType, RowAxis.None, sizes) { Constant = constant };
        var bytesPerValue = fact.Type switch
        {
            DataType.Float => sizeof(float),
            DataType.Double => sizeof(double),
            DataType.Int64 => sizeof(long),
            DataType.String => 0,
            _ => throw new CheckException($"its constant {CheckException.Quoted(constant.Name)} is of a type that is not written"),
        };
        isWhole &= bytesPerValue == 0
            ? constant.StringData.Count == fact.Count && !constant.HasRawData
            : constant.RawData.Length == Product(fact.Count, bytesPerValue) && constant.StringData.Count == 0;
        return isWhole
            ? fact
            : throw new CheckException($"its constant {CheckException.Quoted(constant.Name)} has not the bytes of its shape");
    }
}
