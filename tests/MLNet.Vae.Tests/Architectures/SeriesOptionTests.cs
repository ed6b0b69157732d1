using Microsoft.ML;
using MLNet.Vae.Modules;

namespace MLNet.Vae.Tests.Architectures;

/// <summary>Defaults of the architectures of series, and what they refuse in which words.</summary>
public sealed class SeriesOptionTests
{
    private static readonly Convolution1DArchitecture Convolutional = VaeArchitecture.Convolutional1D(60, 8);

    public static TheoryData<VaeArchitecture, string> Refused { get; } = new()
    {
        { Convolutional with { Filters = [] }, "Filters is empty; give at least one layer, or choose VaeArchitecture.Mlp" },
        { Convolutional with { Filters = default }, "Filters is empty; give at least one layer, or choose VaeArchitecture.Mlp" },
        { VaeArchitecture.Convolutional1D(60, 8, [.. Enumerable.Repeat(1, 17)]), "Filters.Length must be from 1 to 16, but is 17" },
        { Convolutional with { KernelSize = 0 }, "KernelSize must be from 1 to 31, but is 0" },
        { Convolutional with { Stride = 5 }, "Stride must be from 1 to KernelSize, 4, so that no step is passed over, but is 5" },
        { Convolutional with { Stride = 1 }, "KernelSize must be odd where Stride is 1, so that series keep their size, but is 4" },
        { Convolutional with { ResidualBlocks = 9 }, "ResidualBlocks must be from 0 to 8, but is 9" },
        {
            VaeArchitecture.Convolutional1D(7, 1, 1, 1, 1, 1),
            "Filters has 4 levels, but of 7 steps strides of 2 leave a single one before level 4; give at most 3 levels, or Stride 1"
        },
        { VaeArchitecture.Convolutional1D(65_536, 1_024), "Steps·Channels must be at most 16777216, but is 67108864" },
        {
            VaeArchitecture.Convolutional1D(65_536, 1, 1_024),
            "the values of the 1024 maps of level 1 must be at most 16777216, but is 33554432"
        },
        { VaeArchitecture.Recurrent(0), "Steps must be from 1 to 4096, but is 0" },
        { VaeArchitecture.Recurrent(4_097), "Steps must be from 1 to 4096, but is 4097" },
        { VaeArchitecture.Recurrent(60, 1_025), "Channels must be from 1 to 1024, but is 1025" },
        { VaeArchitecture.Recurrent(60, 8, hiddenSize: 4_097), "HiddenSize must be from 1 to 4096, but is 4097" },
        { VaeArchitecture.Recurrent(60, 8, layers: 9), "Layers must be from 1 to 8, but is 9" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_does_not_fit_is_refused(VaeArchitecture architecture, string fault)
        => Assert.Equal($"1 option is wrong: {fault}.", Message(new() { Architecture = architecture }));

    [Fact]
    public void All_faults_are_named_at_once()
    {
        Assert.Equal(
            "7 options are wrong: Steps must be from 1 to 65536, but is 0; Channels must be from 1 to 1024, but is 1025; "
            + "Filters must be from 1 to 4096, but is 4097; KernelSize must be from 1 to 31, but is 32; "
            + "ResidualBlocks must be from 0 to 8, but is -1; HiddenSize must be from 0 to 65536, but is -1; "
            + "Activation must be one of Relu, Gelu, Tanh, Sigmoid, but is 9.",
            Message(new()
            {
                Architecture = VaeArchitecture.Convolutional1D(0, 1_025, 4_097) with
                {
                    KernelSize = 32,
                    ResidualBlocks = -1,
                    HiddenSize = -1,
                    Activation = (Activation)9,
                },
            }));
        Assert.Equal(
            "4 options are wrong: Steps must be from 1 to 4096, but is -1; Channels must be from 1 to 1024, but is 0; "
            + "HiddenSize must be from 1 to 4096, but is 0; Layers must be from 1 to 8, but is 0.",
            Message(new() { Architecture = VaeArchitecture.Recurrent(-1, 0, 0, 0) }));
    }

    [Fact]
    public void Parts_of_one_parameter_and_of_two_do_not_mix_in_series()
    {
        VaeArchitecture[] architectures = [VaeArchitecture.Convolutional1D(8, 2), VaeArchitecture.Recurrent(8, 2)];
        var even = VaeLikelihood.Mixed(("On", 8, VaeLikelihood.Bernoulli), ("Level", 8, VaeLikelihood.Gaussian));
        var uneven = VaeLikelihood.Mixed(("On", 8, VaeLikelihood.Bernoulli), ("Level", 8, VaeLikelihood.GaussianPerRow));
        Assert.All(architectures, architecture =>
        {
            Assert.Empty(architecture.FaultsWith(VaeLikelihood.GaussianPerRow));
            Assert.Empty(architecture.FaultsWith(even));
            Assert.Equal(
                "1 option is wrong: an architecture for series gives all values of a series the same number of parameters, which a mixed "
                + "likelihood with a part GaussianPerRow does not; choose another for that part, or VaeArchitecture.Mlp.",
                Message(new() { Architecture = architecture, Likelihood = uneven }));
        });
    }

    [Fact]
    public void A_map_of_codes_has_no_places_in_series()
        => Assert.Contains(
            "choose VaeArchitecture.Convolutional with HiddenSize 0",
            Message(new() { Architecture = Convolutional, Latent = VaeLatent.VectorQuantizedMap(8, 2) }),
            StringComparison.Ordinal);

    [Fact]
    public void Defaults()
    {
        var convolutional = VaeArchitecture.Convolutional1D(60);
        Assert.Equal((60, 1), (convolutional.Steps, convolutional.Channels));
        Assert.Equal([32, 64], convolutional.Filters.ToArray());
        Assert.Equal((4, 2, 2), (convolutional.KernelSize, convolutional.Stride, convolutional.ResidualBlocks));
        Assert.Equal((0, Activation.Relu), (convolutional.HiddenSize, convolutional.Activation));
        Assert.Equal("convolutional-1d 60x1 32-64 kernel 4 stride 2 residual 2 relu", convolutional.Describe());
        Assert.Equal(
            "convolutional-1d 60x8 4 kernel 3 stride 1 residual 0 hidden 10 gelu",
            (VaeArchitecture.Convolutional1D(60, 8, 4) with
            {
                KernelSize = 3,
                Stride = 1,
                ResidualBlocks = 0,
                HiddenSize = 10,
                Activation = Activation.Gelu,
            }).Describe());
        var recurrent = VaeArchitecture.Recurrent(60);
        Assert.Equal((60, 1, 64, 1), (recurrent.Steps, recurrent.Channels, recurrent.HiddenSize, recurrent.Layers));
        Assert.Equal("recurrent 60x1 gru 64 layers 1", recurrent.Describe());
        Assert.Null(convolutional.Image);
        Assert.Null(((VaeArchitecture)recurrent).Image);
    }

    [Fact]
    public void Equal_values_are_equal()
    {
        var one = VaeArchitecture.Convolutional1D(60, 8, 3, 4);
        var same = VaeArchitecture.Convolutional1D(60, 8) with { Filters = [3, 4] };
        Assert.Equal(one, same);
        Assert.Equal(one.GetHashCode(), same.GetHashCode());
        Assert.Equal(VaeArchitecture.Recurrent(60, 8, 3), VaeArchitecture.Recurrent(60, 8) with { HiddenSize = 3 });
        Convolution1DArchitecture[] others =
        [
            one with { Steps = 61 },
            one with { Channels = 3 },
            one with { Filters = [4, 3] },
            one with { KernelSize = 6 },
            one with { Stride = 1 },
            one with { ResidualBlocks = 1 },
            one with { HiddenSize = 1 },
            one with { Activation = Activation.Tanh },
        ];
        Assert.All(others, other => Assert.NotEqual(one, other));
    }

    private static string Message(VaeOptions options)
        => Assert.Throws<ArgumentException>(() => new MLContext(seed: 1).Transforms.VaeEmbed(options)).Message;
}
