using MLNet.Vae.Modules;
using MLNet.Vae.Tables;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Vae.Tests.Tables;

public sealed class MaskedDensityTests
{
    /// <summary>Three fields, of 3, 2 and 4 values; the second is a number.</summary>
    private static readonly RowCodes Codes = new(new()
    {
        Columns =
        [
            Column("a", VaeColumnKind.Categorical, 0, 3, new() { Name = "a", Categories = ["x", "y"] }),
            Column("b", VaeColumnKind.Histogram, 3, 4, new()
            {
                Name = "b",
                Histogram = new() { Lower = [0, 1], Upper = [0, 3], Mean = [0, 2], Share = [0.5, 0.5] },
            }),
            Column("c", VaeColumnKind.Categorical, 7, 4, new() { Name = "c", Categories = ["p", "q", "r"] }),
        ],
    });

    [Fact]
    public void Probabilities_of_all_rows_sum_to_one_given_any_z()
    {
        using var scope = NewDisposeScope();
        using var trained = new Density();
        var rows = AllRows();
        foreach (var seed in new[] { 1, 2 })
        {
            using var random = new Generator((ulong)seed);
            var z = randn(1, 2, generator: random).expand(rows.size(0), 2);
            var sum = trained.Of(rows, z).neg().exp().sum().item<float>();
            Assert.Equal(1, sum, 1e-5);
        }
    }

    [Fact]
    public void Without_z_it_makes_no_difference()
    {
        using var scope = NewDisposeScope();
        using var without = new Density(givenLatent: false);
        using var with = new Density();
        var rows = AllRows();
        using var random = new Generator(3);
        var (one, other) = (randn([rows.size(0), 2], generator: random), randn([rows.size(0), 2], generator: random));
        Assert.Equal(without.Of(rows, one).ToArray(), without.Of(rows, other).ToArray());
        Assert.NotEqual(with.Of(rows, one).ToArray(), with.Of(rows, other).ToArray());
        Assert.Equal(1, without.Of(rows, one).neg().exp().sum().item<float>(), 1e-5);
    }

    [Fact]
    public void Units_that_are_left_out_are_drawn_by_the_generator_that_is_given()
    {
        using var scope = NewDisposeScope();
        using var trained = new Density();
        var rows = AllRows();
        var z = zeros(rows.size(0), 2);
        Assert.Equal(Dropped(1), Dropped(1));
        Assert.NotEqual(Dropped(1), Dropped(2));
        Assert.NotEqual(Dropped(1), trained.Of(rows, z).ToArray());

        float[] Dropped(ulong seed)
        {
            using var random = new Generator(seed);
            using var _ = no_grad();
            return trained.Network.NegativeLogProbability(rows, z, random).ToArray();
        }
    }

    [Fact]
    public void Averaged_weights_forget_where_they_began_and_leave_the_last_ones_in_place()
    {
        using var scope = NewDisposeScope();
        using var parameters = new ParameterVector(CPU);
        parameters.Add(zeros(3));
        parameters.Build();
        using var average = new AveragedWeights(parameters);
        using var _ = no_grad();
        parameters.Values.fill_(1f.ToScalar());
        for (var step = 0; step < 1_000; step++)
            average.Add();
        parameters.Values.fill_(5f.ToScalar());
        Assert.All(average.Use(() => parameters.Values.ToArray()), value => Assert.Equal(1, value, 1e-4));
        Assert.All(parameters.Values.ToArray(), value => Assert.Equal(5, value));
    }

    [Fact]
    public void A_missing_field_is_not_counted_and_the_others_still_sum_to_one()
    {
        using var scope = NewDisposeScope();
        using var trained = new Density();
        var rows = AllRows();
        rows.select(1, 1).fill_(-1);
        var z = zeros(rows.size(0), 2);
        // Each of the other two stands twice.
        Assert.Equal(2, trained.Of(rows, z).neg().exp().sum().item<float>(), 1e-5);
    }

    [Fact]
    public void A_field_is_told_nothing_of_those_after_it()
    {
        using var scope = NewDisposeScope();
        using var trained = new Density();
        var z = zeros(1, 2);
        // ln p(a, b) = ln Σ_c p(a, b, c) is the same by way of the first two fields alone, with c missing.
        foreach (var (a, b) in new[] { (0L, 0L), (1L, 1L), (2L, 0L) })
        {
            var sum = Enumerable.Range(0, 4).Sum(c => Math.Exp(-trained.Of(Row(a, b, c), z).item<float>()));
            Assert.Equal(Math.Exp(-trained.Of(Row(a, b, -1), z).item<float>()), sum, 1e-5);
        }
    }

    [Fact]
    public void It_begins_as_how_often_each_value_occurs()
    {
        using var scope = NewDisposeScope();
        using var trained = new Density();
        double[] counts = [80, 10, 7, 30, 67, 1, 2, 3, 91];
        trained.Network.Start(counts);
        trained.Zero();
        trained.Network.Start(counts);
        var nats = trained.Of(Row(0, 1, 3), zeros(1, 2)).item<float>();
        Assert.Equal(-Math.Log(81.0 / 100) - Math.Log(68.0 / 99) - Math.Log(92.0 / 101), nats, 1e-4);
    }

    private static Tensor AllRows()
        => tensor([.. Enumerable.Range(0, 24).SelectMany(i => new long[] { i / 8, (i / 4) % 2, i % 4 })], [24, 3]);

    private static Tensor Row(long a, long b, long c) => tensor([a, b, c], [1, 3]);

    private static VaeTableColumn Column(string name, VaeColumnKind kind, int start, int count, VaeTableField field) => new()
    {
        Name = name,
        Type = "Text",
        Kind = kind,
        Reason = "",
        Rows = 1,
        Fields = [field with { Kind = kind, Start = start, Count = count }],
    };

    /// <summary>With weights that are far from 0, so that what is hidden would be seen.</summary>
    private sealed class Density : IDisposable
    {
        private readonly ParameterVector _parameters = new(CPU);

        public Density(bool givenLatent = true)
        {
            using var random = new Generator(5);
            Network = new(Codes, latents: 2, givenLatent, units: 24, _parameters, random);
            _parameters.Build();
            using var _ = no_grad();
            using Scalar wide = 3;
            _parameters.Values.mul_(wide);
        }

        public MaskedDensity Network { get; }

        public Tensor Of(Tensor codes, Tensor z)
        {
            using var _ = no_grad();
            return Network.NegativeLogProbability(codes, z);
        }

        public void Zero()
        {
            using var _ = no_grad();
            using Scalar zero = 0;
            _parameters.Values.fill_(zero);
        }

        public void Dispose()
        {
            Network.Dispose();
            _parameters.Dispose();
        }
    }
}
