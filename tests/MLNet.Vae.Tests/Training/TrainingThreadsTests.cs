using MLNet.Vae.Data;
using MLNet.Vae.Modules;
using MLNet.Vae.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Vae.Tests.Training;

public class TrainingThreadsTests
{
    private const double Unit = TrainingThreads.MultiplyAddsPerThread;

    [Theory]
    [InlineData(0, 64, 1)]
    [InlineData(2 * Unit - 1, 64, 1)]
    [InlineData(2 * Unit, 64, 2)]
    [InlineData(3 * Unit, 64, 3)]
    [InlineData(double.MaxValue, 64, 32)]
    [InlineData(double.MaxValue, 5, 2)]
    [InlineData(double.MaxValue, 3, 1)]
    [InlineData(double.MaxValue, 2, 1)]
    [InlineData(double.MaxValue, 1, 1)]
    public void One_thread_for_each_unit_of_work_up_to_half_of_the_cores(double multiplyAdds, int cores, int expected)
        => Assert.Equal(expected, TrainingThreads.Choose(multiplyAdds, cores, most: cores));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 3)]
    [InlineData(64, 32)]
    public void Never_more_than_torch_is_set_to(int most, int expected)
        => Assert.Equal(expected, TrainingThreads.Choose(double.MaxValue, cores: 64, most));

    [Theory]
    [InlineData(30, 64, 8, 1)]
    [InlineData(784, 512, 20, 2)]
    public void A_narrow_network_has_one_thread_and_a_wide_one_two_on_eight_cores(int features, int hidden, int latent, int expected)
    {
        var perRow = MultiplyAddsPerRow(VaeArchitecture.Mlp(hidden), features, latent);
        Assert.Equal(
            expected,
            TrainingThreads.Choose(TrainingThreads.OfStep(VaeTrainingOptions.DefaultBatchSize, perRow), cores: 8, most: 8)
        );
    }

    [Fact]
    public void A_row_meets_each_weight_of_a_dense_network_once()
    {
        // x to h, h to mean and log σ, z to h, h to x; the shared σ of the likelihood.
        const int d = 30, h = 64, l = 8;
        Assert.Equal((d + 1) * h + (h + 1) * 2 * l + (l + 1) * h + (h + 1) * d + 1, MultiplyAddsPerRow(VaeArchitecture.Mlp(h), d, l));
    }

    [Fact]
    public void A_row_meets_the_weights_of_a_convolution_at_every_place_of_the_kernel()
    {
        const int side = 8, latent = 2;
        var dense = VaeArchitecture.Convolutional(side, side);
        var shapes = dense.Convolutions(dense.Channels).ToList();
        var there = shapes.Sum(shape =>
            shape.Inputs * shape.Outputs * shape.Taps * shape.Result.Height * shape.Result.Width + shape.Outputs
        );
        var back = shapes.Sum(shape =>
            shape.Inputs * shape.Outputs * shape.Taps * shape.Result.Height * shape.Result.Width + shape.Inputs
        );
        var maps = shapes[^1].Result.ValueCount;
        var hidden = dense.HiddenSize;
        var (encoded, ways) =
            hidden == 0 ? (maps, (latent + 1) * maps) : (hidden, (maps + 1) * hidden + (latent + 1) * hidden + (hidden + 1) * maps);
        Assert.Equal(there + back + ways + (encoded + 1) * 2 * latent + 1, MultiplyAddsPerRow(dense, side * side, latent));
    }

    [Fact]
    public void A_step_goes_forward_once_and_back_twice() => Assert.Equal(3 * 128 * 1_000, TrainingThreads.OfStep(128, 1_000));

    [Fact]
    public void A_gpu_needs_one_thread()
    {
        using var threads = TrainingThreads.Use(new(), double.MaxValue, new Device(DeviceType.CUDA, 0));
        Assert.Equal(1, get_num_threads());
    }

    private static long MultiplyAddsPerRow(VaeArchitecture architecture, int features, int latent)
    {
        using var random = new Generator(1);
        using var parameters = new ParameterVector(CPU);
        _ = new VaeModule(
            new RowLayout(features),
            new VaeOptions { Architecture = architecture, Latent = VaeLatent.Gaussian(latent) },
            parameters,
            random
        );
        return parameters.MultiplyAddsPerRow;
    }
}
