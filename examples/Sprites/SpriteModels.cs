using Examples;
using Microsoft.ML;
using MLNet.Vae;
using Spectre.Console;

namespace Sprites;

/// <summary>Models with codes of the same length, trained on the same pictures.</summary>
internal sealed class SpriteModels(MLContext mlContext, int latent, int epochs, int seed, bool convolutional, SpritePicture[] sprites)
{
    private readonly IDataView _data = mlContext.Data.LoadFromEnumerable(sprites);

    public VaeTransformer PrincipalComponents() => Fit(VaeOptions.ProbabilisticPca(latent));

    public VaeTransformer Autoencoder(StatusContext status) => Fit(Deep(status) with { Latent = VaeLatent.Deterministic(latent) });

    public VaeTransformer BetaVae(double beta, StatusContext status) =>
        Fit(
            Deep(status) with
            {
                Latent = VaeLatent.Gaussian(latent),
                Objective = new() { Beta = beta },
            }
        );

    private VaeOptions Deep(StatusContext status) =>
        new()
        {
            Architecture = convolutional
                ? VaeArchitecture.Convolutional(SpritePicture.Side, SpritePicture.Side, channels: 1, 16, 32, 32) with
                {
                    HiddenSize = 128,
                }
                : VaeArchitecture.Mlp(256, 128),

            // A pixel is the share of it that is covered.
            Likelihood = VaeLikelihood.Bernoulli,
            Training = new()
            {
                Epochs = epochs,
                Seed = seed,
                Progress = new TrainingProgress(status),
            },
        };

    private VaeTransformer Fit(VaeOptions options) => mlContext.Transforms.VaeEmbed(options with { ScoreColumnName = "Score" }).Fit(_data);
}
