using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>What an operator takes; mirrored in native/shim.cpp.</summary>
internal enum Kind
{
    None,
    Tensor,
    Integer,
    Real,
    Boolean,
    Integers,
    Tensors,
    Generator,
    Device,
}

/// <summary>One argument of an operator, on its way from C# to the dispatcher; <c>default</c> is None.</summary>
internal readonly struct Arg
{
    private const int DeviceIndexBits = 32;
    public readonly Kind Kind;
    public readonly long Bits;

    /// <summary>The elements of a list: numbers or handles.</summary>
    public readonly long[]? List;

    /// <summary>Owns the handles, and must outlive the call.</summary>
    public readonly object? Owner;

    private Arg(Kind kind, long bits, object? owner = null) => (Kind, Bits, Owner) = (kind, bits, owner);
    private Arg(Kind kind, long[] list, object? owner = null) => (Kind, List, Owner) = (kind, list, owner);
    public static implicit operator Arg(Tensor? value) => value is null ? default : new(Kind.Tensor, value.Handle, value);
    public static implicit operator Arg(Tensor[] value) => new(Kind.Tensors, Array.ConvertAll(value, tensor => (long)tensor.Handle), value);
    public static implicit operator Arg(Generator? value) => value is null ? default : new(Kind.Generator, value.Handle, value);
    public static implicit operator Arg(Scalar? value) => value is null ? default : value.Value;
    public static implicit operator Arg(ScalarType? value) => value is null ? default : new(Kind.Integer, (long)value);
    public static implicit operator Arg(long value) => new(Kind.Integer, value);
    public static implicit operator Arg(long[] value) => new(Kind.Integers, value);
    public static implicit operator Arg(double value) => new(Kind.Real, BitConverter.DoubleToInt64Bits(value));
    public static implicit operator Arg(bool value) => new(Kind.Boolean, value ? 1 : 0);

    public static implicit operator Arg(Device? value) =>
        value is null ? default : new(Kind.Device, ((long)value.type << DeviceIndexBits) | (uint)value.index);
}
