using Microsoft.ML;
using MLNet.Vae.Modules;

namespace MLNet.Vae.Tests.Architectures;

/// <summary>Defaults of the convolutional architecture, and what it refuses in which words.</summary>
public sealed class ConvolutionalOptionTests
{
    public static TheoryData<ConvolutionalArchitecture, string> Refused { get; } = new()
    {
        { VaeArchitecture.Convolutional(28, 28) with { Filters = [] }, "Filters is empty; give at least one layer, or choose "
            + "VaeArchitecture.Mlp" },
        { VaeArchitecture.Convolutional(28, 28) with { Filters = default }, "Filters is empty; give at least one layer, or choose "
            + "VaeArchitecture.Mlp" },
        { VaeArchitecture.Convolutional(28, 28, 1, [.. Enumerable.Repeat(1, 17)]), "Filters.Length must be from 1 to 16, but is 17" },
        { VaeArchitecture.Convolutional(28, 28) with { KernelSize = 0 }, "KernelSize must be from 1 to 31, but is 0" },
        { VaeArchitecture.Convolutional(28, 28) with { Stride = 0 }, "Stride must be from 1 to KernelSize, 4, so that no pixel is passed "
            + "over, but is 0" },
        { VaeArchitecture.Convolutional(28, 28) with { Stride = 5 }, "Stride must be from 1 to KernelSize, 4, so that no pixel is passed "
            + "over, but is 5" },
        {
            VaeArchitecture.Convolutional(28, 28) with { Stride = 1 },
            "KernelSize must be odd where Stride is 1, so that pictures keep their size, but is 4"
        },
        {
            VaeArchitecture.Convolutional(28, 28, 1, 1, 1, 1, 1, 1, 1, 1),
            "Filters has 7 layers, but of 28 x 28 pixels strides of 2 leave a single one before layer 6; give at most 5 layers, or Stride 1"
        },
        { VaeArchitecture.Convolutional(4_096, 4_096, 2), "Height·Width·Channels must be at most 16777216, but is 33554432" },
        {
            VaeArchitecture.Convolutional(2_048, 2_048, 1, 32),
            "the values of the 32 maps of layer 1 must be at most 16777216, but is 33554432"
        },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_does_not_fit_is_refused(ConvolutionalArchitecture architecture, string fault)
        => Assert.Equal($"1 option is wrong: {fault}.", Message(architecture));

    [Fact]
    public void All_faults_are_named_at_once()
        => Assert.Equal(
            "9 options are wrong: Height must be from 1 to 4096, but is 0; Width must be from 1 to 4096, but is 4097; Channels must be "
            + "from 1 to 1024, but is 1025; "
                + "Layout must be one of Planar, Interleaved, but is 5; Filters must be from 1 to 4096, but is 0; Filters must be from 1 "
                + "to 4096, but is 4097; "
                + "KernelSize must be from 1 to 31, but is 32; HiddenSize must be from 0 to 65536, but is -1; "
                + "Activation must be one of Relu, Gelu, Tanh, Sigmoid, but is 9.",
            Message(VaeArchitecture.Convolutional(0, 4_097, 1_025, 0, 4_097) with
            {
                Layout = (PixelLayout)5,
                KernelSize = 32,
                HiddenSize = -1,
                Activation = (Activation)9,
            }));

    [Fact]
    public void Parts_of_one_parameter_and_of_two_do_not_mix_in_pictures()
    {
        var options = new VaeOptions { Architecture = VaeArchitecture.Convolutional(4, 4) };
        Assert.Empty(options.Architecture.FaultsWith(VaeLikelihood.GaussianPerRow));
        Assert.Empty(
            options.Architecture.FaultsWith(VaeLikelihood.Mixed(("Ink", 8, VaeLikelihood.Bernoulli), ("Grey", 8, VaeLikelihood.Gaussian)))
        );
        options = options with
        {
            Likelihood = VaeLikelihood.Mixed(("Ink", 8, VaeLikelihood.Bernoulli), ("Grey", 8, VaeLikelihood.GaussianPerRow)),
        };
        Assert.Equal(
            "1 option is wrong: a convolutional architecture gives all values of a picture the same number of parameters, which a mixed "
            + "likelihood with a part "
                + "GaussianPerRow does not; choose another for that part, or VaeArchitecture.Mlp.",
            Assert.Throws<ArgumentException>(() => new MLContext(seed: 1).Transforms.VaeEmbed(options)).Message);
    }

    [Fact]
    public void As_many_strides_as_a_picture_has_room_for_are_allowed()
    {
        ConvolutionalArchitecture[] allowed =
        [
            VaeArchitecture.Convolutional(28, 28, 1, 1, 1, 1, 1, 1),
            VaeArchitecture.Convolutional(2, 1),
            VaeArchitecture.Convolutional(2, 1, 1, 1),
            VaeArchitecture.Convolutional(1, 1) with { KernelSize = 3, Stride = 1 },
            VaeArchitecture.Convolutional(4_096, 4_096, 1, 4),
        ];
        Assert.Equal([0, 1, 0, 0, 0], allowed.Select(architecture => architecture.Faults().Count()));
    }

    [Fact]
    public void Defaults()
    {
        var architecture = VaeArchitecture.Convolutional(28, 20);
        Assert.Equal(
            (28, 20, 1, PixelLayout.Planar),
            (architecture.Height, architecture.Width, architecture.Channels, architecture.Layout)
        );
        Assert.Equal([32, 64], architecture.Filters.ToArray());
        Assert.Equal(
            (4, 2, 0, Activation.Relu),
            (architecture.KernelSize, architecture.Stride, architecture.HiddenSize, architecture.Activation)
        );
        Assert.Equal("convolutional 28x20x1 32-64 kernel 4 stride 2 relu", architecture.Describe());
        Assert.Equal(
            "convolutional 8x8x3 4 kernel 3 stride 2 hidden 10 gelu",
            (VaeArchitecture.Convolutional(8, 8, 3, 4) with { KernelSize = 3, HiddenSize = 10, Activation = Activation.Gelu }).Describe());
    }

    [Fact]
    public void Equal_values_are_equal()
    {
        var one = VaeArchitecture.Convolutional(28, 20, 1, 3, 4);
        var same = VaeArchitecture.Convolutional(28, 20) with { Filters = [3, 4] };
        Assert.Equal(one, same);
        Assert.Equal(one.GetHashCode(), same.GetHashCode());
        ConvolutionalArchitecture[] others =
        [
            one with
            {
                Height = 20,
            },
            one with
            {
                Channels = 3,
            },
            one with
            {
                Layout = PixelLayout.Interleaved,
            },
            one with
            {
                Filters = [4, 3],
            },
            one with
            {
                KernelSize = 6,
            },
            one with
            {
                Stride = 1,
            },
            one with
            {
                HiddenSize = 1,
            },
            one with
            {
                Activation = Activation.Tanh,
            },
        ];
        Assert.All(others, other => Assert.NotEqual(one, other));
    }

    private static string Message(ConvolutionalArchitecture architecture) =>
        Assert
            .Throws<ArgumentException>(() => new MLContext(seed: 1).Transforms.VaeEmbed(new VaeOptions { Architecture = architecture }))
            .Message;
}
