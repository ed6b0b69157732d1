namespace TorchSharp;

/// <summary>A number for an operator. There is nothing to free, but as in the real library, a disposed scalar is of no use.</summary>
public sealed class Scalar : IDisposable
{
    private Arg? _value;

    private Scalar(Arg value)
    {
        // The real one is a native object, so a missing native library shows here too.
        torch.InitializeDeviceType(DeviceType.CPU);
        _value = value;
    }

    internal Arg Value => _value ?? throw new InvalidOperationException("The scalar has been disposed.");
    public static implicit operator Scalar(int value) => new(value);
    public static implicit operator Scalar(long value) => new(value);
    public static implicit operator Scalar(float value) => new(value);
    public static implicit operator Scalar(double value) => new(value);
    public void Dispose() => _value = null;
}
