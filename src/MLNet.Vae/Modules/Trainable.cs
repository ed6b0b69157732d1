using static TorchSharp.torch;

namespace MLNet.Vae.Modules;

/// <summary>A tensor that training changes. It is part of a <see cref="ParameterVector"/>.</summary>
internal sealed class Trainable
{
    private Tensor? _value;

    /// <summary>The present values.</summary>
    public Tensor Value
    {
        get => _value ?? throw new InvalidOperationException($"{nameof(ParameterVector)}.{nameof(ParameterVector.Build)} comes first.");
        set => _value = value;
    }

    /// <summary>The present values in row-major order, wherever they live.</summary>
    public float[] ToArray() => Value.ToArray();
}
