using Microsoft.ML;

namespace MLNet.Vae.Tests.Estimators;

public class ParallelFitTests
{
    [Fact]
    public async Task Fits_side_by_side_give_the_weights_of_fits_one_after_the_other()
    {
        const int Fits = 4;
        VaeTransformer[] alone = [.. Enumerable.Range(0, Fits).Select(Fit)];
        var together = await Task.WhenAll(Enumerable.Range(0, Fits).Select(i => Task.Run(() => Fit(i))));
        for (var i = 0; i < Fits; i++)
        {
            using (alone[i])
            using (together[i])
                WeightsAssert.Same(alone[i].Model, together[i].Model);
        }
    }

    /// <summary>Models of several kinds: with gradients written out, by automatic differentiation, with state of their own.</summary>
    private static VaeTransformer Fit(int number)
    {
        var mlContext = new MLContext(seed: number);
        VaeLatent[] latents =
        [
            VaeLatent.Gaussian(2),
            VaeLatent.GaussianMixture(2, components: 2),
            VaeLatent.VectorQuantized(8, 2),
            VaeLatent.Gaussian(3),
        ];
        var options = TinyVae.Options with { Latent = latents[number], Training = TinyVae.Training with { Epochs = 6, Seed = number } };
        return mlContext.Transforms.VaeEmbed(options).Fit(FactorRows.View(mlContext, 400));
    }
}
