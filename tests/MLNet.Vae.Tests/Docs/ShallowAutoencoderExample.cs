using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Tests.Architectures;
using MLNet.Vae.Tests.Kit;

namespace MLNet.Vae.Tests.Docs;

/// <summary>The lines shown in the documentation.</summary>
public sealed class ShallowAutoencoderExample
{
    private readonly MLContext mlContext = new(seed: 1);
    private readonly IDataView pictures;

    public ShallowAutoencoderExample()
    {
        var images = GeneratedPictures.Create(200, seed: 2);
        pictures = SampleData.Features(mlContext, images, images[0].Length);
    }

    [Fact]
    public void Runs_as_it_stands()
    {
        var options = VaeOptions.ShallowAutoencoder(10) with { ReconstructionColumnName = "Made" };
        options = options with { Training = options.Training with { Epochs = 40, Seed = 1 } };
        using var shallow = mlContext.Transforms.VaeEmbed(options).Fit(pictures);
        var made = shallow.Transform(pictures).GetColumn<float[]>("Made").ToArray();

        Assert.All(made, row => Assert.All(row, value => Assert.InRange(value, 0, 1)));
    }

    [Fact]
    public void Squared_error_and_lambda_run_as_they_stand()
    {
        var options = VaeOptions.SquaredErrorVae(2, lambda: 4);
        options = options with { Training = options.Training with { Epochs = 3, Seed = 1 } };
        using var vae = mlContext.Transforms.VaeEmbed(options).Fit(pictures);

        Assert.Equal(Math.Sqrt(0.5), vae.Model.Info.DecoderSigma!.Value, 1e-9);
        Assert.Equal("none", vae.Model.Info.Normalization);
    }
}
