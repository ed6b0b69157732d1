using MLNet.Vae.Modules;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Vae.Likelihoods;

/// <summary>ν of Student's t: given, or learned as a parameter θ, ν = 1 + 1000·sigmoid(5·θ + a), which starts as 10.</summary>
internal sealed class DegreesOfFreedom(double? given, ParameterVector parameters)
{
    private const double Start = 10, Range = 1000;

    // As for ln σ: a parameter that has far to go counts for more than Adam's steps would let it.
    private const double ParameterScale = 5;

    private static readonly double Intercept = Math.Log((Start - 1) / (Range - (Start - 1)));

    private static readonly Scalar One = 1, PlusRange = Range, PlusScale = ParameterScale, PlusIntercept = Intercept;

    private readonly Trainable? _free = given is null ? parameters.Add(zeros(1)) : null;

    /// <summary>In double precision, <c>[1]</c>: differences of ln Γ are lost in single.</summary>
    public Tensor Value(Device device) => _free is null
        ? tensor([given!.Value], dtype: ScalarType.Float64, device: device)
        : (PlusRange * (PlusScale * _free.Value.to(ScalarType.Float64)).Plus(PlusIntercept).sigmoid()).Plus(One);

    public double ToDouble()
    {
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        return Value(CPU).ToDoubles()[0];
    }
}
