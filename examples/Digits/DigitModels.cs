using Examples;
using Microsoft.ML;
using MLNet.Vae;
using Spectre.Console;

namespace Digits;

/// <summary>The models, each trained on the same pictures.</summary>
internal sealed class DigitModels(MLContext mlContext, DigitSet digits, int epochs, int latent, bool convolutional, int seed)
{
    /// <summary>Share of pixels that become black or white.</summary>
    public const double Noise = 0.4;

    /// <summary>The labels as a key.</summary>
    private const string Condition = "Digit";

    // A denoising model is not asked to make anything from nothing: it may have room.
    private const int DenoisingLatent = 32;

    private readonly IDataView _data = digits.View(mlContext, digits.Train);

    public VaeTransformer Variational(StatusContext status) =>
        Fit(Options(status) with { Latent = VaeLatent.Gaussian(latent), ScoreColumnName = "Score" });

    public VaeTransformer TwoDimensional(StatusContext status) => Fit(Options(status) with { Latent = VaeLatent.Gaussian(2) });

    public VaeTransformer Autoencoder(StatusContext status) => Fit(Options(status) with { Latent = VaeLatent.Deterministic(latent) });

    public VaeTransformer Denoising(StatusContext status)
        => Fit(Options(status) with { Latent = VaeLatent.Deterministic(DenoisingLatent), Corruption = VaeCorruption.SaltAndPepper(Noise) });

    /// <summary>Told what the picture shows, so that its code is left with how.</summary>
    public VaeTransformer Conditional(StatusContext status)
    {
        var keys = mlContext.Transforms.Conversion.MapValueToKey(Condition, nameof(Digit.Label));
        var estimator = mlContext.Transforms.VaeEmbed(
            Options(status) with
            {
                Latent = VaeLatent.Gaussian(latent),
                Condition = new() { ColumnName = Condition },
            }
        );
        return VaeTransformer.From(mlContext, keys.Append(estimator).Fit(_data));
    }

    private VaeTransformer Fit(VaeOptions options) => mlContext.Transforms.VaeEmbed(options).Fit(_data);

    private VaeOptions Options(StatusContext status) => new()
    {
        Architecture = convolutional
            ? VaeArchitecture.Convolutional(digits.Shape.Height, digits.Shape.Width)
            : VaeArchitecture.Mlp(300, 100),

        // Brightness is taken for the probability of a white pixel.
        Likelihood = VaeLikelihood.Bernoulli,
        Training = new() { Epochs = epochs, BatchSize = 64, Seed = seed, Progress = new TrainingProgress(status) },
    };
}
