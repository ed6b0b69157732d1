using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>What an operator takes and gives; mirrored in native/shim.cpp.</summary>
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
    Text,
}

internal struct NativeValue
{
    public Kind Kind;
    public int Length;
    public long Bits;
}

/// <summary>One argument of an operator, on its way from C# to the dispatcher; <c>default</c> is None.</summary>
internal readonly struct Arg
{
    private const int DeviceIndexBits = 32;
    public readonly Kind Kind;
    public readonly long Bits;
    public readonly object? Reference;
    private Arg(Kind kind, long bits, object? reference = null) => (Kind, Bits, Reference) = (kind, bits, reference);
    public static implicit operator Arg(Tensor? value) => value is null ? default : new(Kind.Tensor, value.Handle, value);
    public static implicit operator Arg(Scalar? value) => value is null ? default : value.Value;
    public static implicit operator Arg(Generator? value) => value is null ? default : new(Kind.Generator, value.Handle, value);

    public static implicit operator Arg(Device? value) =>
        value is null ? default : new(Kind.Device, ((long)value.type << DeviceIndexBits) | (uint)value.index);

    public static implicit operator Arg(ScalarType? value) => value is null ? default : new(Kind.Integer, (long)value);
    public static implicit operator Arg(long? value) => value is null ? default : new(Kind.Integer, value.Value);
    public static implicit operator Arg(long value) => new(Kind.Integer, value);
    public static implicit operator Arg(double value) => new(Kind.Real, BitConverter.DoubleToInt64Bits(value));
    public static implicit operator Arg(bool value) => new(Kind.Boolean, value ? 1 : 0);
    public static implicit operator Arg(long[] value) => new(Kind.Integers, value.Length, value);
    public static implicit operator Arg(Tensor[] value) => new(Kind.Tensors, value.Length, value);
    public static implicit operator Arg(string value) => new(Kind.Text, value.Length, value);

    /// <summary>Numbers behind the pointer that a list argument needs.</summary>
    public int ListLength => Kind is Kind.Integers or Kind.Tensors or Kind.Text ? (int)Bits : 0;

    /// <summary>Writes the native form; a list goes to <paramref name="buffer"/>.</summary>
    public unsafe void Write(ref NativeValue target, ref long* buffer)
    {
        target = new NativeValue { Kind = Kind, Length = ListLength, Bits = Kind is Kind.Integers or Kind.Tensors or Kind.Text ? (long)buffer : Bits };
        switch (Reference)
        {
            case long[] numbers:
                foreach (var number in numbers)
                    *buffer++ = number;
                break;
            case Tensor[] tensors:
                foreach (var tensor in tensors)
                    *buffer++ = tensor.Handle;
                break;
            case string text:
                for (var i = 0; i < text.Length; i++)
                    ((byte*)buffer)[i] = (byte)text[i];
                buffer += text.Length;
                break;
        }
    }
}
