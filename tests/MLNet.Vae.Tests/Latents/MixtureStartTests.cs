using MLNet.Vae.Latents;

namespace MLNet.Vae.Tests.Latents;

public sealed class MixtureStartTests
{
    [Fact]
    public void Components_are_the_clusters_of_the_codes_but_narrower()
    {
        float[] means = [-5, -5.5f, -4.5f, 7, 7.2f];
        var logSigma = MathF.Log(0.1f);

        var found = MixtureStart.From(means, [.. means.Select(_ => logSigma)], length: 1, components: 2);

        Assert.Equal([Math.Log(4.0 / 7), Math.Log(3.0 / 7)], found.LogWeights.Select(w => (double)w), (a, b) => Math.Abs(a - b) <= 1e-6);
        Assert.Equal([-5, 7.1f], found.Means, (a, b) => Math.Abs(a - b) <= 1e-6);
        double[] variances = [0.5 / 3 + 0.01, 0.01 + 0.01];
        Assert.Equal(
            variances.Select(v => Math.Log(0.3 * v) / 2),
            found.LogSigmas.Select(s => (double)s),
            (a, b) => Math.Abs(a - b) <= 1e-5
        );
    }

    [Fact]
    public void More_components_than_rows_lie_over_all_rows()
    {
        var found = MixtureStart.From([1, 3], [0, 0], length: 1, components: 3);

        Assert.Equal([1, 3, 2], found.Means);
        Assert.Equal(Math.Log(0.3 * (1 + 1)) / 2, found.LogSigmas[2], 1e-6);
        Assert.All(found.LogWeights, weight => Assert.True(float.IsFinite(weight)));
    }
}
