using System.Runtime.Intrinsics.X86;
using MLNet.Vae.Training.Steps;
using static TorchSharp.torch;

namespace MLNet.Vae.Tests.Training.Steps;

public sealed class MatrixProductTests
{
    private const double Tolerance = 1e-5;

    [Theory]
    [InlineData(128, 512, 784)]
    [InlineData(120, 512, 256)]
    [InlineData(129, 513, 785)]
    [InlineData(64, 64, 1024)]
    public void A_product_of_its_own_is_that_of_libtorch(int rows, int columns, int depth)
    {
        Assert.SkipUnless(Avx512F.IsSupported, "the processor has no AVX-512");
        using var scope = NewDisposeScope();
        using var random = new Generator(1);
        using var own = new MatrixProduct(isOwn: true);
        foreach (var isTransposedA in (bool[])[false, true])
        {
            foreach (var isTransposedB in (bool[])[false, true])
            {
                var a = isTransposedA ? randn([depth, rows], generator: random).t() : randn([rows, depth], generator: random);
                var b = isTransposedB ? randn([columns, depth], generator: random).t() : randn([depth, columns], generator: random);
                var c = full([rows, columns], float.NaN);

                own.Set(c, a, b);

                var expected = a.mm(b);
                Assert.InRange((c - expected).abs().max().item<float>(), 0, Tolerance * expected.abs().max().item<float>());
            }
        }
    }

    /// <summary>One and a sum of ones are exact whatever the order: no value is left out, none counted twice.</summary>
    [Fact]
    public void Every_value_is_summed_once()
    {
        Assert.SkipUnless(Avx512F.IsSupported, "the processor has no AVX-512");
        const int Rows = 125, Columns = 500, Depth = 300;
        using var scope = NewDisposeScope();
        using var own = new MatrixProduct(isOwn: true);
        var c = zeros(Rows, Columns);

        own.Set(c, ones(Rows, Depth), ones(Depth, Columns));

        Assert.Equal([Depth, Depth], [c.min().item<float>(), c.max().item<float>()]);
    }

    [Theory]
    [InlineData("AuthenticAMD", null, true)]
    [InlineData("GenuineIntel", null, false)]
    [InlineData("GenuineIntel", "AVX512", false)]
    [InlineData("GenuineIntel", "AVX2", true)]
    public void Mkl_uses_avx512_on_processors_of_intel_alone(string vendor, string? enabled, bool isLeft)
        => Assert.Equal(isLeft, MatrixProduct.MklLeavesAvx512(vendor, enabled));
}
