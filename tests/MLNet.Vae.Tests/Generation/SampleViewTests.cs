using MLNet.Vae.Tests.Kit;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Tests.Generation;

/// <summary>Generated rows as data, and data as rows.</summary>
public class SampleViewTests
{
    private readonly MLContext _mlContext = new(seed: 1);

    [Fact]
    public void The_view_has_the_features_column_of_training()
    {
        using var generator = VaeGenerator.From(GeneratorModels.Gaussian);
        var samples = generator.Sample(7, 1);

        var view = samples.ToDataView(_mlContext);

        var column = Assert.Single(view.Schema);
        Assert.Equal("Features", column.Name);
        Assert.Equal(new VectorDataViewType(NumberDataViewType.Single, 4), column.Type);
        VBuffer<ReadOnlyMemory<char>> names = default;
        column.GetSlotNames(ref names);
        Assert.Equal(["length", "width", "height", "mass"], names.DenseValues().Select(name => name.ToString()));
        Assert.Equal(samples.Rows, view.GetColumn<float[]>("Features"));
    }

    [Theory]
    [InlineData(VaeInputKind.Key, true)]
    [InlineData(VaeInputKind.Key, false)]
    [InlineData(VaeInputKind.Vector, true)]
    [InlineData(VaeInputKind.Scalar, false)]
    [InlineData(VaeInputKind.Boolean, false)]
    public void The_model_s_own_transformer_reads_it_with_the_condition(VaeInputKind kind, bool named)
    {
        var model = GeneratorModels.Conditional(kind: kind, named: named);
        using var generator = VaeGenerator.From(model);
        using var transformer = new VaeTransformer(_mlContext, model, new());
        VaeConditionValue condition = kind switch
        {
            VaeInputKind.Key => named ? "green" : "2",
            VaeInputKind.Vector => new float[] { 0.5f, 2, -1 },
            VaeInputKind.Scalar => 3.5f,
            _ => true,
        };
        var samples = generator.Sample(20, 1, condition);
        var expected = generator.Encode(samples.Rows, condition);

        var view = samples.ToDataView(_mlContext);

        AssertNear(expected, [.. transformer.Transform(view).GetColumn<float[]>("Embedding")]);
        AssertNear(expected, generator.Encode(view));
        var again = generator.Reconstruct(view);
        AssertNear(expected, again.Latents);
        AssertNear(generator.Reconstruct(samples.Rows, condition).Rows, again.Rows);
        Assert.Equal(view.Schema.Select(c => (c.Name, c.Type)), again.ToDataView(_mlContext).Schema.Select(c => (c.Name, c.Type)));
    }

    [Fact]
    public void A_target_has_a_column_of_its_own()
    {
        using var generator = VaeGenerator.From(GeneratorModels.WithTarget);

        var view = generator.Sample(3, 1).ToDataView(_mlContext);

        var column = Assert.Single(view.Schema);
        Assert.Equal(("Reconstruction", new VectorDataViewType(NumberDataViewType.Single, 2)), (column.Name, column.Type));
        VBuffer<ReadOnlyMemory<char>> names = default;
        column.GetSlotNames(ref names);
        Assert.Equal(["near", "far"], names.DenseValues().Select(name => name.ToString()));
    }

    [Fact]
    public void A_row_of_data_that_is_not_finite_is_refused_or_gives_NaN()
    {
        var rows = GeneratorModels.Rows(3);
        rows[1][2] = float.NaN;
        var data = SampleData.Features(_mlContext, rows, GeneratorModels.Features);
        using var strict = VaeGenerator.From(GeneratorModels.Gaussian);
        using var lenient = VaeGenerator.From(GeneratorModels.Gaussian, new() { NonFiniteInput = NonFiniteHandling.ReturnNaN });

        Assert.Contains(
            "row 1 (counted from 0",
            Assert.Throws<InvalidOperationException>(() => strict.Encode(data)).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "row 1 (counted from 0",
            Assert.Throws<InvalidOperationException>(() => strict.Reconstruct(data)).Message,
            StringComparison.Ordinal
        );

        var found = lenient.Reconstruct(data);
        Assert.Equal(lenient.Encode(data), found.Latents);
        Assert.Equal([false, true, false], found.Latents.Select(z => z.All(float.IsNaN)));
        Assert.Equal([false, true, false], found.Rows.Select(x => x.All(float.IsNaN)));
    }

    private static void AssertNear(IReadOnlyList<float[]> expected, IReadOnlyList<float[]> found)
    {
        Assert.Equal(expected.Count, found.Count);
        for (var i = 0; i < expected.Count; i++)
            FloatAssert.Near(expected[i], found[i], $"row {i}");
    }
}
