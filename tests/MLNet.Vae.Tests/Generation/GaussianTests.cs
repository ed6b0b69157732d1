using MLNet.Vae.Architectures;
using MLNet.Vae.Graphs;
using MLNet.Vae.Modules;
using MLNet.Vae.Tests.Cursors;
using MLNet.Vae.Tests.Onnx;

namespace MLNet.Vae.Tests.Generation;

/// <summary>A linear Gaussian model: what it generates has closed forms.</summary>
public sealed class GaussianTests : IDisposable
{
    private const int Count = 20_000;

    private readonly VaeGenerator _generator = VaeGenerator.From(new LinearModel().Model());
    private readonly TrainedVae _network = new LinearModel().Network();

    public void Dispose() => _generator.Dispose();

    [Fact]
    public void Codes_of_the_prior_are_standard_normal()
        => new Moments(_generator.Sample(Count, seed: 1).Latents).AreOfGaussian(_ => 0, (i, j) => i == j ? 1 : 0);

    [Fact]
    public void Rows_are_what_the_decoder_makes_of_the_codes()
    {
        var samples = _generator.Sample(100, seed: 2);
        using var decoder = new OnnxRunner(_generator.Model.ToOnnx(VaeGraph.Decoder));

        var expected = decoder.Run([.. samples.Latents], LinearModel.Latents)["reconstruction"];

        Assert.Equal(expected, samples.Rows);
        Assert.Equal(expected, _generator.Decode(samples.Latents).Rows);
        Assert.Equal(100, samples.Count);
    }

    [Theory]
    [InlineData(VaeDraw.Mean)]
    [InlineData(VaeDraw.Random)]
    public void Rows_have_the_covariance_of_the_model(VaeDraw draw)
    {
        var samples = _generator.Sample(Count, seed: 3, draw: draw);

        var noise = draw == VaeDraw.Mean ? 0 : 0.36;
        new Moments(samples.Rows).AreOfGaussian(
            j => (Bias(j) * Scale(j)) + LinearModel.Scaling.Offset[j],
            (i, j) =>
                Scale(i)
                * Scale(j)
                * (Enumerable.Range(0, LinearModel.Latents).Sum(l => Loading(i, l) * Loading(j, l)) + (i == j ? noise : 0))
        );
    }

    [Fact]
    public void A_draw_adds_noise_to_the_mean_of_the_same_code()
    {
        var (mean, drawn) = (_generator.Sample(Count, 4), _generator.Sample(Count, 4, draw: VaeDraw.Random));

        Assert.Equal(mean.Latents, drawn.Latents);
        Assert.Equal(drawn.Rows, _generator.Decode(mean.Latents, draw: VaeDraw.Random, seed: 4).Rows);
        float[][] noise = [.. mean.Rows.Zip(drawn.Rows, (m, x) => m.Select((v, j) => (x[j] - v) / (float)Scale(j)).ToArray())];
        new Moments(noise).AreOfGaussian(_ => 0, (i, j) => i == j ? 0.36 : 0);
        // Nor does it follow the code.
        for (var l = 0; l < LinearModel.Latents; l++)
        {
            for (var j = 0; j < LinearModel.Features; j++)
            {
                Moments.Near(
                    0,
                    Enumerable.Range(0, Count).Average(i => mean.Latents[i][l] * noise[i][j]),
                    0.6 / Math.Sqrt(Count),
                    $"code {l}, noise {j}"
                );
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2.5)]
    public void Samples_near_a_row_have_the_scaled_posterior(double scale)
    {
        var row = LinearModel.Rows(1)[0];
        using var encoder = new OnnxRunner(_generator.Model.ToOnnx(VaeGraph.Encoder));
        var posterior = encoder.Run([row], LinearModel.Features);

        var near = _generator.SampleNear(row, scale, Count, seed: 5);

        new Moments(near.Latents).AreOfGaussian(
            i => posterior["mean"][0][i], (i, j) => i == j ? Math.Pow(scale * Math.Exp(posterior["log_sigma"][0][i]), 2) : 0);
        Assert.Equal(_generator.Decode(near.Latents).Rows, near.Rows);
    }

    [Fact]
    public void Encoding_and_reconstructing_are_those_of_the_graphs()
    {
        var rows = LinearModel.Rows(300);
        using var scorer = new OnnxRunner(_generator.Model.ToOnnx(VaeGraph.Scorer));
        var expected = scorer.Run(rows, LinearModel.Features);

        var found = _generator.Reconstruct(rows);

        Assert.Equal(expected["mean"], _generator.Encode(rows));
        Assert.Equal(expected["mean"], found.Latents);
        Assert.Equal(expected["reconstruction"], found.Rows);
    }

    [Fact]
    public void No_rows_give_none()
    {
        Assert.Empty(_generator.Encode(Array.Empty<float[]>()));
        Assert.Equal(0, _generator.Decode([]).Count);
        Assert.Equal(0, _generator.Reconstruct(Array.Empty<float[]>()).Count);
    }

    private double Bias(int feature) => ((DenseLayer)_network.Decoder[0]).Bias[feature];

    private double Loading(int feature, int latent) => ((DenseLayer)_network.Decoder[0]).Weight[(feature * LinearModel.Latents) + latent];

    private static double Scale(int feature) => LinearModel.Scaling.Scale[feature];
}
