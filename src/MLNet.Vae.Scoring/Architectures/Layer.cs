namespace MLNet.Vae.Architectures;

/// <summary>One step of a trained network, as plain numbers: what training hands over and the ONNX graphs are written from.</summary>
internal abstract record Layer;

/// <summary>y = x·Wᵀ + b.</summary>
/// <param name="Weight">W, row-major, <c>[outputs, inputs]</c>.</param>
/// <param name="Bias">b, <c>[outputs]</c>.</param>
internal sealed record DenseLayer(float[] Weight, float[] Bias) : Layer
{
    public int Outputs => Bias.Length;

    public int Inputs => Weight.Length / Bias.Length;
}

internal sealed record ActivationLayer(Activation Activation) : Layer;

/// <summary>Layer normalisation over the last axis (Ba, Kiros and Hinton 2016): (x − mean) / √(variance + ε) · gain + bias.</summary>
internal sealed record NormLayer(float[] Gain, float[] Bias, float Epsilon) : Layer;

/// <summary>Puts the normalised condition beside its input: <c>[N, width]</c> → <c>[N, width + condition]</c>.</summary>
internal sealed record ConditionLayer : Layer;
