using MLNet.Vae.Modules;
using static TorchSharp.torch;

namespace MLNet.Vae.Tests.Modules;

/// <summary>A gated recurrent unit beside torch's own, with the same weights: values and gradients.</summary>
public sealed class GatedRecurrentUnitTests
{
    private const double Tolerance = 1e-5;

    [Theory]
    [InlineData(1, 1, 1, 1)]
    [InlineData(7, 4, 3, 5)]
    [InlineData(60, 2, 8, 33)]
    public void Is_torchs_own(int steps, int rows, int inputs, int units)
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(1);
        using var parameters = new ParameterVector(CPU);
        var unit = new GatedRecurrentUnit(inputs, units, parameters, random);
        parameters.Build();
        var torchs = nn.GRU(inputs, units);
        var named = torchs.named_parameters().ToDictionary(parameter => parameter.name, parameter => parameter.parameter);
        var pairs = new (Trainable Own, string Torchs)[]
        {
            (unit.Input.Weight, "weight_ih_l0"), (unit.Memory.Weight, "weight_hh_l0"),
            (unit.Input.Bias, "bias_ih_l0"), (unit.Memory.Bias, "bias_hh_l0"),
        };
        using (no_grad())
        {
            foreach (var (own, name) in pairs)
                named[name].copy_(own.Value);
        }
        var x = randn([steps, rows, inputs], generator: random);
        var weights = randn([steps, rows, units], generator: random);

        var found = stack(unit.Forward(x));
        var (expected, last) = torchs.call(x);

        AssertNear(expected, found);
        AssertNear(last[0], found[steps - 1]);
        (found * weights).sum().backward();
        (expected * weights).sum().backward();
        foreach (var (own, name) in pairs)
            AssertNear(named[name].grad!, own.Gradient);
    }

    private static void AssertNear(Tensor expected, Tensor found)
    {
        Assert.Equal(expected.shape, found.shape);
        var (right, values) = (expected.ToArray(), found.ToArray());
        var size = Math.Max(1, right.Max(MathF.Abs));
        for (var i = 0; i < right.Length; i++)
            Assert.Equal(right[i], values[i], Tolerance * size);
    }
}
