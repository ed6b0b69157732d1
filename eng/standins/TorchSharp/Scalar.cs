namespace TorchSharp;

public sealed class Scalar : IDisposable
{
    private readonly Arg _value;
    internal Scalar(Arg value) => _value = value;
    internal Arg Value => _value;
    public static implicit operator Scalar(byte value) => new(value);
    public static implicit operator Scalar(sbyte value) => new(value);
    public static implicit operator Scalar(short value) => new(value);
    public static implicit operator Scalar(int value) => new(value);
    public static implicit operator Scalar(long value) => new(value);
    public static implicit operator Scalar(float value) => new(value);
    public static implicit operator Scalar(double value) => new(value);
    public static implicit operator Scalar(bool value) => new(value);

    /// <summary>There is nothing to free; the real one holds a native object.</summary>
    public void Dispose()
    {
    }
}
