using MLNet.Vae.Modules;
using static TorchSharp.torch;

namespace MLNet.Vae.Tests.Latents;

/// <summary>How a code of sigmoid units starts.</summary>
public sealed class SigmoidCodeTests
{
    [Fact]
    public void Weights_start_wide_enough_for_units_to_differ()
    {
        using var random = new Generator(1);
        using var parameters = new ParameterVector(CPU);
        var dense = Dense.ForSigmoid(inputs: 90, outputs: 6, parameters, random);
        parameters.Build();

        var weights = dense.Weight.ToArray();
        // ±4 √(6/96) = ±1.
        Assert.InRange(weights.Max(), 0.95, 1);
        Assert.InRange(weights.Min(), -1, -0.95);
        Assert.Equal(1 / Math.Sqrt(3), Math.Sqrt(weights.Average(w => w * w)), 0.05);
        Assert.All(dense.Bias.ToArray(), bias => Assert.Equal(0, bias));
    }
}
