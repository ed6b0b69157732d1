using MLNet.Vae.Architectures;
using MLNet.Vae.Modules;
using MLNet.Vae.Training;
using static TorchSharp.torch;

namespace MLNet.Vae.Tests.Training;

/// <summary>A softmax over very many links, of which few are multiplied out.</summary>
public sealed class SampledSoftmaxTests
{
    private const int Links = 50, Latents = 3, Rows = 4;

    private static readonly double[] Shares = [.. Enumerable.Range(1, Links).Select(link => link / (Links * (Links + 1) / 2.0))];

    [Fact]
    public void The_denominator_is_right_on_average()
    {
        const int Draws = 4_000;
        using var scope = NewDisposeScope();
        using var parameters = new ParameterVector(CPU);
        using var random = new Generator(1);
        var decoder = Decoder(parameters, random);
        var (z, links) = Batch(random);
        var softmax = new SampledSoftmax(Shares, negatives: 10);
        using var _ = no_grad();
        var exact = softmax.LogDensity(decoder, z, links, random: null);
        var denominators = zeros(Rows);
        for (var draw = 0; draw < Draws; draw++)
        {
            using var each = NewDisposeScope();
            denominators.Accumulate((exact - softmax.LogDensity(decoder, z, links, random)).exp());
        }
        Assert.All(denominators.ToArray(), sum => Assert.Equal(1, sum / Draws, 0.03));
    }

    [Fact]
    public void Where_there_are_no_more_links_than_negatives_all_are_counted()
    {
        using var scope = NewDisposeScope();
        using var parameters = new ParameterVector(CPU);
        using var random = new Generator(1);
        var decoder = Decoder(parameters, random);
        var (z, links) = Batch(random);
        var softmax = new SampledSoftmax(Shares, Links);
        var expected = decoder.Forward(z, null, null).log_softmax(1).gather(1, links.unsqueeze(1)).squeeze(1);
        Assert.Equal(expected.ToArray(), softmax.LogDensity(decoder, z, links, random).ToArray());
    }

    [Fact]
    public void A_bias_starts_as_how_often_a_link_occurs_and_one_that_does_not_as_half_of_the_rarest()
    {
        var bias = new float[3];
        new SampledSoftmax([0.25, 0.75, 0], negatives: 1).Start(bias);
        Assert.Equal([MathF.Log(0.25f), MathF.Log(0.75f), MathF.Log(0.125f)], bias, (a, b) => MathF.Abs(a - b) < 1e-6f);
    }

    [Fact]
    public void A_category_looked_up_is_its_one_hot_vector_multiplied_out()
    {
        using var scope = NewDisposeScope();
        using var parameters = new ParameterVector(CPU);
        using var random = new Generator(1);
        var dense = new Dense(5, 2, parameters, random);
        parameters.Build();
        var categories = tensor(new long[] { 3, 0, 3 });
        var factor = randn([3, 2], generator: random);

        (dense.Forward(nn.functional.one_hot(categories, 5).to_type(ScalarType.Float32)) * factor).sum().backward();
        var (expected, gradient) = (dense.Forward(nn.functional.one_hot(categories, 5).to_type(ScalarType.Float32)).ToArray(),
            parameters.Gradients.ToArray());
        parameters.Gradients.zero_();
        (dense.Forward(categories) * factor).sum().backward();

        Assert.Equal(expected, dense.Forward(categories).ToArray());
        Assert.Equal(gradient, parameters.Gradients.ToArray(), (a, b) => MathF.Abs(a - b) < 1e-6f);
    }

    private static Mlp Decoder(ParameterVector parameters, Generator random)
    {
        var decoder = new Mlp(Latents, 0, [], null, Links, parameters, random);
        parameters.Build();
        return decoder;
    }

    private static (Tensor Z, Tensor Links) Batch(Generator random)
        => (randn([Rows, Latents], generator: random), tensor(new long[] { 0, 7, 7, Links - 1 }));
}
