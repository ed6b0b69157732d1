using MLNet.Vae.Modules;
using static TorchSharp.torch;

namespace MLNet.Vae.Tests.Latents;

/// <summary>The penalties against their formulas, and their gradients against central differences.</summary>
public sealed class SparsityPenaltyTests
{
    private static readonly double[,] Code = { { 0.2, 0.9, 0.01 }, { 0.4, 0.7, 0.03 } };

    public static TheoryData<VaeSparsity> Penalties => [VaeSparsity.L1(2), VaeSparsity.L2(3), VaeSparsity.KlToTarget(0.1, 4)];

    [Theory]
    [MemberData(nameof(Penalties))]
    public void Have_the_value_of_their_formula(VaeSparsity sparsity)
    {
        using var scope = NewDisposeScope();
        Assert.Equal(Expected(sparsity, Code), sparsity.Penalty(Tensor(Code)).item<float>(), 1e-5);
    }

    [Theory]
    [MemberData(nameof(Penalties))]
    public void Have_the_gradient_of_their_formula(VaeSparsity sparsity)
    {
        const double step = 1e-5;
        using var scope = NewDisposeScope();
        var code = Tensor(Code).requires_grad_(true);
        sparsity.Penalty(code).backward();
        var found = code.grad!.data<float>().ToArray();
        for (var i = 0; i < Code.Length; i++)
        {
            var (above, below) = ((double[,])Code.Clone(), (double[,])Code.Clone());
            above[i / 3, i % 3] += step;
            below[i / 3, i % 3] -= step;
            var expected = (Expected(sparsity, above) - Expected(sparsity, below)) / (2 * step);
            Assert.Equal(expected, found[i], 1e-4 * Math.Max(1, Math.Abs(expected)));
        }
    }

    [Fact]
    public void Stay_finite_where_a_unit_is_never_or_always_on()
    {
        using var scope = NewDisposeScope();
        var code = Tensor(new double[,] { { 0, 1 }, { 0, 1 } }).requires_grad_(true);
        var penalty = VaeSparsity.KlToTarget(0.1, 1).Penalty(code);
        penalty.backward();
        Assert.True(float.IsFinite(penalty.item<float>()));
        Assert.All(code.grad!.data<float>().ToArray(), value => Assert.True(float.IsFinite(value)));
    }

    private static double Expected(VaeSparsity sparsity, double[,] code)
    {
        var rows = code.GetLength(0);
        var values = code.Cast<double>();
        return sparsity.Weight * (sparsity switch
        {
            L1Sparsity => values.Sum(Math.Abs) / rows,
            L2Sparsity => values.Sum(z => z * z) / rows,
            KlSparsity kl => Enumerable.Range(0, code.GetLength(1)).Sum(j =>
            {
                var rate = Enumerable.Range(0, rows).Average(i => code[i, j]);
                return kl.Rho * Math.Log(kl.Rho / rate) + (1 - kl.Rho) * Math.Log((1 - kl.Rho) / (1 - rate));
            }),
            _ => throw new ArgumentOutOfRangeException(nameof(sparsity)),
        });
    }

    private static Tensor Tensor(double[,] values)
        => tensor(values.Cast<double>().Select(v => (float)v).ToArray(), [values.GetLength(0), values.GetLength(1)]);
}
