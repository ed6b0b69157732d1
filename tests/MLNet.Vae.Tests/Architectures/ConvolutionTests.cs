using MLNet.Vae.Architectures;
using MLNet.Vae.Modules;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Vae.Tests.Architectures;

public sealed class ConvolutionTests
{
    private const double Tolerance = 1e-4;

    private static readonly Scalar Zero = 0, Shift = 1_000;

    /// <summary>Height, width, kernel, stride.</summary>
    public static TheoryData<int, int, int, int> Sizes { get; } =
        new()
        {
            { 8, 8, 3, 2 },
            { 7, 10, 3, 2 },
            { 9, 5, 4, 2 },
            { 6, 7, 2, 2 },
            { 1, 12, 3, 2 },
            { 10, 1, 5, 2 },
            { 11, 13, 5, 3 },
            { 12, 10, 4, 4 },
            { 5, 6, 3, 1 },
            { 2, 3, 5, 2 },
            { 1, 1, 1, 1 },
        };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void A_convolution_is_what_its_definition_says(int height, int width, int kernel, int stride)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var random = new Generator(1);
        using var parameters = new ParameterVector(CPU);
        var shape = new ConvolutionShape(2, 3, new(height, kernel, stride), new(width, kernel, stride));
        var convolution = new Convolution(shape, parameters, random);
        parameters.Build();
        var x = randn([1, 2, height, width], generator: random);

        var found = convolution.Forward(x);

        Assert.Equal([1, 3, Ceiling(height, stride), Ceiling(width, stride)], found.shape);
        var (pixels, values, layer) = (x.ToArray(), found.ToArray(), convolution.Export());
        var i = 0;
        for (var o = 0; o < 3; o++)
        {
            for (var row = 0; row < shape.Vertical.Places; row++)
            {
                for (var column = 0; column < shape.Horizontal.Places; column++)
                    Assert.Equal(At(o, row, column), values[i++], Tolerance);
            }
        }

        double At(int o, int row, int column)
        {
            double sum = layer.Bias[o];
            for (var c = 0; c < 2; c++)
            {
                for (var v = 0; v < kernel; v++)
                {
                    for (var h = 0; h < kernel; h++)
                    {
                        var (y, z) = ((row * stride) + v - shape.Vertical.Padding, (column * stride) + h - shape.Horizontal.Padding);
                        if (y >= 0 && y < height && z >= 0 && z < width)
                            sum += layer.Weight[(((o * 2) + c) * kernel + v) * kernel + h] * pixels[((c * height) + y) * width + z];
                    }
                }
            }
            return sum;
        }
    }

    /// <summary>Memory that is reused is never quite zero.</summary>
    [Theory]
    [InlineData(1, 4, 3, 1)]
    [InlineData(3, 5, 4, 2)]
    [InlineData(2, 24, 3, 2)]
    [InlineData(4, 16, 3, 2)]
    [InlineData(5, 16, 3, 1)]
    [InlineData(12, 6, 3, 1)]
    [InlineData(24, 1, 3, 1)]
    [InlineData(20, 36, 3, 2)]
    [InlineData(16, 32, 4, 2)]
    [InlineData(40, 16, 4, 2)]
    [InlineData(48, 64, 3, 2)]
    [InlineData(80, 16, 5, 3)]
    [InlineData(112, 80, 2, 2)]
    public void Passes_forward_and_back_do_not_depend_on_what_memory_held(int inputs, int outputs, int kernel, int stride)
        => AssertExact(new(inputs, outputs, new(6, kernel, stride), new(5, kernel, stride)));

    /// <summary>Steps, maps, kernel, stride, dilation.</summary>
    [Theory]
    [InlineData(7, 1, 5, 4, 2, 1)]
    [InlineData(60, 3, 12, 4, 2, 1)]
    [InlineData(60, 8, 33, 4, 2, 1)]
    [InlineData(30, 5, 5, 3, 1, 1)]
    [InlineData(30, 12, 12, 3, 1, 2)]
    [InlineData(15, 33, 33, 3, 1, 4)]
    [InlineData(30, 32, 32, 3, 1, 8)]
    [InlineData(4, 12, 12, 3, 1, 8)]
    [InlineData(1, 12, 12, 3, 1, 2)]
    [InlineData(30, 12, 12, 1, 1, 1)]
    [InlineData(60, 33, 8, 5, 3, 1)]
    [InlineData(60, 48, 48, 4, 2, 1)]
    public void Passes_over_series_do_not_depend_on_it_either(
        int steps, int inputs, int outputs, int kernel, int stride, int dilation)
        => AssertExact(new(inputs, outputs, new(steps, kernel, stride, dilation)));

    /// <summary>A convolution, and its transpose where it is not dilated, beside double precision.</summary>
    private static void AssertExact(ConvolutionShape shape)
    {
        const int Rows = 8;
        using var random = new Generator(1);
        using var parameters = new ParameterVector(CPU);
        var (vertical, horizontal) = (shape.Vertical, shape.Horizontal);
        long[] stride = [vertical.Stride, horizontal.Stride], padding = [vertical.Padding, horizontal.Padding];
        long[] dilation = [vertical.Dilation, horizontal.Dilation];
        var convolution = new Convolution(shape, parameters, random);
        var transposed = new TransposedConvolution(shape, parameters, random);
        parameters.Build();
        for (var round = 0; round < 5; round++)
        {
            using var scope = NewDisposeScope();
            var x = randn([Rows, shape.Inputs, vertical.Length, horizontal.Length], generator: random);
            var y = randn([Rows, shape.Outputs, vertical.Places, horizontal.Places], generator: random);
            Soil();
            AssertBoth(convolution.Forward, x, (input, weight, bias) => nn.functional.conv2d(
                input, weight, bias, stride, padding, dilation), convolution.Export().Weight, convolution.Export().Bias);
            if (dilation.Max() > 1)
                continue;
            Soil();
            AssertBoth(transposed.Forward, y, (input, weight, bias) => nn.functional.conv_transpose2d(
                input, weight, bias, stride, padding, [vertical.OutputPadding, horizontal.OutputPadding]), transposed.Export().Weight,
                transposed.Export().Bias);
        }

        void AssertBoth(
            Func<Tensor, Tensor> found, Tensor input, Func<Tensor, Tensor, Tensor, Tensor> expected, float[] weight, float[] bias)
        {
            // Double precision has code of its own.
            using var exact = input.to(ScalarType.Float64);
            using var doubles = tensor(weight, [shape.Outputs, shape.Inputs, vertical.Kernel, horizontal.Kernel]).to(ScalarType.Float64);
            input.requires_grad = exact.requires_grad = true;
            var result = found(input);
            var right = expected(exact, doubles, tensor(bias).to(ScalarType.Float64));
            AssertNear(right, result);
            var gradient = randn(result.shape, generator: random);
            result.backward([gradient]);
            right.backward([gradient.to(ScalarType.Float64)]);
            AssertNear(exact.grad!, input.grad!);
        }

        static void AssertNear(Tensor expected, Tensor found)
        {
            var (right, values) = (expected.to(ScalarType.Float32).detach().ToArray(), found.detach().contiguous().ToArray());
            for (var i = 0; i < right.Length; i++)
                Assert.Equal(right[i], values[i], Tolerance);
        }

        static void Soil()
        {
            Scalar large = 1e30f;
            for (var size = 256; size <= 1 << 18; size *= 2)
                full(size, large).Dispose();
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void A_transposed_convolution_is_the_adjoint_of_the_convolution(int height, int width, int kernel, int stride)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var random = new Generator(2);
        using var parameters = new ParameterVector(CPU);
        var shape = new ConvolutionShape(2, 3, new(height, kernel, stride), new(width, kernel, stride));
        var convolution = new Convolution(shape, parameters, random);
        var transposed = new TransposedConvolution(shape, parameters, random);
        parameters.Build();
        var weights = 3L * 2 * kernel * kernel;
        parameters.Values.narrow(0, weights + 3, weights).copy_(parameters.Values.narrow(0, 0, weights));
        parameters.Values.narrow(0, weights, 3).fill_(Zero);
        parameters.Values.narrow(0, weights + 3 + weights, 2).fill_(Zero);
        var x = randn([4, 2, height, width], generator: random);
        var y = randn([4, 3, Ceiling(height, stride), Ceiling(width, stride)], generator: random);

        var back = transposed.Forward(y);

        Assert.Equal(x.shape, back.shape);
        var (there, here) = ((convolution.Forward(x) * y).sum().item<float>(), (x * back).sum().item<float>());
        Assert.Equal(there, here, Tolerance * (convolution.Forward(x).norm() * y.norm()).item<float>());
    }

    [Fact]
    public void An_image_moved_by_the_strides_moves_its_features_by_a_pixel()
    {
        const int side = 24, object_ = 6, layers = 2, stride = 2, moved = stride * stride;
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var random = new Generator(3);
        using var parameters = new ParameterVector(CPU);
        var convolutions = (VaeArchitecture.Convolutional(side, side, 1, 4, 5) with { KernelSize = 3 })
            .Convolutions(1)
            .Select(shape => new Convolution(shape, parameters, random))
            .ToList();
        parameters.Build();
        var picture = randn([object_, object_], generator: random);

        var here = Features(8);
        var there = Features(8 + moved);

        // The border, where the padding is seen, does not move along.
        var inner = (side / moved) - 2 - 1;
        Assert.True((here - there).norm().item<float>() > 0.1);
        var difference = here.narrow(2, 1, inner).narrow(3, 1, inner) - there.narrow(2, 2, inner).narrow(3, 2, inner);
        Assert.Equal(0, difference.norm().item<float>(), Tolerance);

        Tensor Features(int at)
        {
            var x = zeros([1, 1, side, side]);
            x.narrow(2, at, object_).narrow(3, at, object_).copy_(picture);
            Assert.Equal(layers, convolutions.Count);
            return convolutions.Aggregate(x, (maps, convolution) => convolution.Forward(maps).relu());
        }
    }

    [Fact]
    public void Any_size_is_covered_and_comes_back()
    {
        for (var kernel = 1; kernel <= 7; kernel++)
        {
            for (var stride = 1; stride <= kernel; stride++)
            {
                for (var length = 1; length <= 40 && (stride > 1 || kernel % 2 == 1); length++)
                {
                    var path = new KernelPath(length, kernel, stride);
                    Assert.Equal(Ceiling(length, stride), path.Places);
                    // Of PyTorch's documentation of Conv2d and ConvTranspose2d.
                    Assert.Equal(path.Places, ((length + (2 * path.Padding) - kernel) / stride) + 1);
                    Assert.Equal(length, ((path.Places - 1) * stride) - (2 * path.Padding) + kernel + path.OutputPadding);
                    Assert.InRange(path.OutputPadding, 0, stride - 1);
                    Assert.InRange(path.Padding, 0, kernel);
                    Assert.True(((path.Places - 1) * stride) + kernel - path.Padding >= length, $"the last pixel of {path} is never seen");
                }
            }
        }
    }

    [Fact]
    public void A_dilated_kernel_keeps_any_length()
    {
        for (var dilation = 1; dilation <= 128; dilation *= 2)
        {
            for (var length = 1; length <= 40; length++)
            {
                var path = new KernelPath(length, Kernel: 3, Stride: 1, dilation);
                Assert.Equal((length, dilation, 0), (path.Places, path.Padding, path.OutputPadding));
            }
        }
    }

    [Theory]
    [InlineData(PixelLayout.Planar)]
    [InlineData(PixelLayout.Interleaved)]
    public void Maps_hold_the_pixels_in_the_order_of_the_layout(PixelLayout layout)
    {
        const int height = 3, width = 4, channels = 2, parts = 2;
        using var scope = NewDisposeScope();
        var shape = new ImageShape(height, width, channels, layout);
        var rows = tensor([.. Enumerable.Range(0, 2 * shape.ValueCount).Select(i => (float)i)], [2, shape.ValueCount]);

        var maps = rows.ToMaps(shape);

        var values = maps.ToArray();
        var i = 0;
        for (var row = 0; row < 2; row++)
        {
            for (var c = 0; c < channels; c++)
            {
                for (var y = 0; y < height; y++)
                {
                    for (var x = 0; x < width; x++)
                    {
                        var slot = layout == PixelLayout.Planar ? (((c * height) + y) * width) + x : (((y * width) + x) * channels) + c;
                        Assert.Equal((row * shape.ValueCount) + slot, values[i++]);
                    }
                }
            }
        }
        Assert.Equal(rows.ToArray(), maps.ToRows(shape).ToArray());
        // Two values of each pixel and channel: all the first ones in the order of the features, then all the second ones.
        var twice = cat([maps, maps.Plus(Shift)], 1).ToRows(shape);
        Assert.Equal([2, parts * shape.ValueCount], twice.shape);
        Assert.Equal(cat([rows, rows.Plus(Shift)], 1).ToArray(), twice.ToArray());
    }

    private static int Ceiling(int length, int stride) => (int)Math.Ceiling((double)length / stride);
}
