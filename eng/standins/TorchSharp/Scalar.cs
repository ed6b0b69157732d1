namespace TorchSharp;

/// <summary>A number on its way to an operator. There is nothing to free; the real one holds a native object, and is of no use afterwards either.</summary>
public sealed class Scalar : IDisposable
{
    private Arg? _value;
    private Scalar(Arg value) => _value = value;
    internal Arg Value => _value ?? throw new InvalidOperationException("The scalar has been disposed.");
    public static implicit operator Scalar(int value) => new(value);
    public static implicit operator Scalar(long value) => new(value);
    public static implicit operator Scalar(float value) => new(value);
    public static implicit operator Scalar(double value) => new(value);
    public void Dispose() => _value = null;
}
