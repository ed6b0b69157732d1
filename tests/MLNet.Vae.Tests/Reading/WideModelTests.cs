using MLNet.Vae.Architectures;
using MLNet.Vae.Graphs;
using MLNet.Vae.Latents;
using MLNet.Vae.Likelihoods;

namespace MLNet.Vae.Tests.Reading;

/// <summary>
/// What a model may take has limits that its own sizes give: models that are much wider inside than their rows keep to them.
/// </summary>
public class WideModelTests
{
    [Fact]
    public void A_layer_far_wider_than_the_rows() => Loads(
        Network([Dense(3_000, 1), new ActivationLayer(Activation.Relu)], Gaussian(1, 3_000), [Dense(3_000, 1), Dense(1, 3_000)], 1),
        Info(1, 1));

    [Fact]
    public void Many_filters_at_every_pixel()
    {
        const int Side = 8, Filters = 200;
        var picture = new ImageShape(Side, Side, 1, PixelLayout.Planar);
        var shape = new ConvolutionShape(1, Filters, new(Side, 3, 1), new(Side, 3, 1));
        var hidden = shape.Result.ValueCount;
        Loads(
            Network(
                [
                    new ToMapsLayer(picture),
                    new ConvolutionLayer(shape, new float[Filters * 9], new float[Filters]),
                    new ToRowsLayer(shape.Result, 1),
                ],
                Gaussian(1, hidden),
                [
                    Dense(hidden, 1),
                    new ToMapsLayer(shape.Result),
                    new TransposedConvolutionLayer(shape, new float[Filters * 9], new float[1]),
                    new ToRowsLayer(picture, 1),
                ],
                Side * Side),
            Info(Side * Side, 1) with { ImageShape = picture });
    }

    [Fact]
    public void Many_codes_of_a_large_codebook()
    {
        const int Codes = 64, Entries = 2_000;
        Loads(
            Network([], new QuantizedPosterior(Dense(Codes, 2), new float[Entries], 1), [Dense(2, Codes)], 2),
            Info(2, Codes) with { LatentKind = VaeLatentKind.VectorQuantized, CodeCount = Codes, CodebookSize = Entries });
    }

    [Fact]
    public void Many_components()
    {
        const int Components = 1_000, Latents = 4;
        var prior = new GaussianMixture(new float[Components], new float[Components * Latents], new float[Components * Latents]);
        Loads(
            Network([], new MixturePosterior(Dense(Latents, 2), Dense(Latents, 2), (-5, 2), prior), [Dense(2, Latents)], 2),
            Info(2, Latents) with
            {
                LatentKind = VaeLatentKind.GaussianMixture,
                ComponentCount = Components,
                Components = prior.Describe(),
            });
    }

    [Fact]
    public void A_likelihood_of_many_parts()
    {
        const int Parts = 100;
        var distribution = new MixedOutput([.. Enumerable.Range(0, Parts).Select(_ => new OutputPart(1, new PoissonOutput()))]);
        Loads(
            Network([], Gaussian(2, Parts), [Dense(Parts, 2)], Parts) with { Distribution = distribution },
            Info(Parts, 2));
    }

    private static void Loads(TrainedVae network, VaeModelInfo info)
    {
        var model = VaeModel.Create(network, info);
        var scorer = model.ToOnnx(VaeGraph.Scorer);
        Assert.Equal(scorer, VaeModel.Load(new MemoryStream(scorer)).ToOnnx(VaeGraph.Scorer));
    }

    private static VaeModelInfo Info(int features, int latents) => new()
    {
        FeatureCount = features,
        LatentDimension = latents,
        Architecture = "wide",
        Likelihood = "any",
        Normalization = "none",
        ScoreKind = VaeScoreKind.NegativeElbo,
        Columns = new() { Features = "Features", Embedding = "Embedding" },
    };

    private static TrainedVae Network(Layer[] encoder, LatentNetwork latent, Layer[] decoder, int features) => new()
    {
        Scaling = FeatureScaling.Identity(features),
        Encoder = encoder,
        Latent = latent,
        Decoder = decoder,
        Distribution = new GaussianOutput(-1),
    };

    private static GaussianPosterior Gaussian(int latents, int hidden) => new(Dense(latents, hidden), Dense(latents, hidden), (-5, 2));

    private static DenseLayer Dense(int outputs, int inputs) => new(new float[outputs * inputs], new float[outputs]);
}
