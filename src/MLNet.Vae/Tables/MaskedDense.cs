using MLNet.Vae.Architectures;
using MLNet.Vae.Modules;
using static TorchSharp.torch;

namespace MLNet.Vae.Tables;

/// <summary>
/// A dense layer whose outputs see those inputs alone whose degree is not above theirs (Germain et al. 2015, eq. 8 and 9).
/// </summary>
internal sealed class MaskedDense : IDisposable
{
    private readonly Trainable _weight, _bias;
    private readonly Tensor _mask;

    /// <param name="inputs">Degree of each input.</param>
    /// <param name="outputs">Degree of each output.</param>
    /// <param name="parameters">Takes the weights.</param>
    /// <param name="random">Draws them.</param>
    public MaskedDense(int[] inputs, int[] outputs, ParameterVector parameters, Generator random)
    {
        var mask = new float[outputs.Length * inputs.Length];
        for (var output = 0; output < outputs.Length; output++)
        {
            for (var input = 0; input < inputs.Length; input++)
                mask[(output * inputs.Length) + input] = inputs[input] <= outputs[output] ? 1 : 0;
        }
        _mask = tensor(mask, [outputs.Length, inputs.Length]).DetachFromDisposeScope();
        _weight = parameters.Add(Dense.Initial(inputs.Length, random, outputs.Length, inputs.Length));
        _bias = parameters.Add(zeros(outputs.Length));
    }

    public Tensor Forward(Tensor x) => x.Linear(_weight.Value.mul(_mask), _bias.Value);

    public void SetBias(float[] bias) => _bias.Set(bias);

    public DenseLayer Export()
    {
        using var _ = no_grad();
        using var masked = _weight.Value.mul(_mask);
        return new(masked.ToArray(), _bias.ToArray());
    }

    public void Dispose() => _mask.Dispose();
}
