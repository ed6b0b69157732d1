using static TorchSharp.torch;

namespace MLNet.Vae.Modules;

/// <summary>A tensor that training changes. It is part of a <see cref="ParameterVector"/>.</summary>
internal sealed class Trainable
{
    private Tensor? _value, _gradient;

    /// <summary>The present values.</summary>
    public Tensor Value
    {
        get => _value ?? throw new InvalidOperationException($"{nameof(ParameterVector)}.{nameof(ParameterVector.Build)} comes first.");
        set => _value = value;
    }

    /// <summary>The part of <see cref="ParameterVector.Gradients"/> that belongs to it.</summary>
    public Tensor Gradient
    {
        get => _gradient ?? throw new InvalidOperationException($"{nameof(ParameterVector)}.{nameof(ParameterVector.Build)} comes first.");
        set => _gradient = value;
    }

    /// <summary>Other values, in row-major order, as many as there are.</summary>
    public void Set(float[] values)
    {
        using var _ = no_grad();
        using var source = tensor(values, Value.shape);
        Value.copy_(source);
    }

    /// <summary>The present values in row-major order, wherever they live.</summary>
    public float[] ToArray() => Value.ToArray();
}
