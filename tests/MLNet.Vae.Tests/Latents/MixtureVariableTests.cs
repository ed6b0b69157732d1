using MLNet.Vae.Latents;

namespace MLNet.Vae.Tests.Latents;

public sealed class MixtureVariableTests
{
    [Theory]
    [InlineData(0.99, 0.005, 0.005)]
    [InlineData(1.0, 0.0, 0.0)]
    public void A_component_that_has_it_all_is_warned_of(params double[] weights)
        => Assert.Equal(
            $"One of 3 components has {100 * weights.Max():F0} % of the prior, so that the others tell no groups apart. Raise "
            + "PretrainingFraction or Restarts, or train for longer.",
            MixtureVariable.Warning(Of(weights)));

    [Theory]
    [InlineData(0.9, 0.05, 0.05)]
    [InlineData(0.5, 0.5, 0.0)]
    [InlineData(1.0)]
    public void Groups_are_not(params double[] weights) => Assert.Null(MixtureVariable.Warning(Of(weights)));

    private static GaussianMixture Of(double[] weights)
        => new([.. weights.Select(w => (float)Math.Log(w))], new float[weights.Length], new float[weights.Length]);
}
