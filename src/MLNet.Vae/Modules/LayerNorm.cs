using MLNet.Vae.Architectures;
using static TorchSharp.torch;

namespace MLNet.Vae.Modules;

/// <summary>Layer normalisation over the units of a row (Ba, Kiros and Hinton 2016): <c>[rows, units]</c> → <c>[rows, units]</c>.</summary>
internal sealed class LayerNorm(int units, ParameterVector parameters)
{
    private const float Epsilon = 1e-5f;

    private readonly Trainable _gain = parameters.Add(ones(units));
    private readonly Trainable _bias = parameters.Add(zeros(units));

    public Tensor Forward(Tensor x) => nn.functional.layer_norm(x, [units], _gain.Value, _bias.Value, Epsilon);

    public NormLayer Export() => new(_gain.ToArray(), _bias.ToArray(), Epsilon);
}
