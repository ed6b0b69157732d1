using MLNet.Vae.Modules;
using MLNet.Vae.Tests.Estimators;
using MLNet.Vae.Tests.Kit;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Tests.Data;

public class ConstantFeatureTests
{
    private readonly MLContext _mlContext = new(seed: 1);
    private readonly ContextLog _log;

    public ConstantFeatureTests() => _log = new ContextLog(_mlContext);

    [Theory]
    [InlineData(0, VaeNormalization.Standardize)]
    [InlineData(-3.5f, VaeNormalization.Standardize)]
    [InlineData(1e9f, VaeNormalization.Standardize)]
    [InlineData(1e9f, VaeNormalization.MinMax)]
    [InlineData(7, VaeNormalization.None)]
    public void Is_named_in_a_warning_and_trained_around(float value, VaeNormalization normalization)
    {
        var rows = FactorRows.Create(100);
        rows.ForEach(row => row[3] = value);
        var data = FactorRows.View(_mlContext, rows);
        var options = TinyVae.Options with { Normalization = normalization, ReconstructionColumnName = "Again", ScoreColumnName = "Score" };
        using var transformer = _mlContext.Transforms.VaeEmbed(options).Fit(data);
        var isCentred = value != 0 && normalization != VaeNormalization.None;
        var expected =
            "Column 'Features': 1 of 6 features have one value in all rows and teach "
            + $"nothing{(isCentred ? "; another value later is only centred, not scaled" : "")}: 3.";
        Assert.Equal(expected, _log.Warnings[0]);
        Assert.Equal(expected, transformer.History().Warnings[0]);

        var scored = transformer.Transform(data);
        Assert.All(scored.GetColumn<float[]>("Embedding").SelectMany(row => row), number => Assert.True(float.IsFinite(number)));
        Assert.All(scored.GetColumn<float>("Score"), number => Assert.True(float.IsFinite(number)));
        Assert.All(transformer.History().Epochs, epoch => Assert.True(double.IsFinite(epoch.Elbo)));
    }

    [Fact]
    public void Goes_by_the_name_of_its_slot()
    {
        var rows = SampleData.Rows(60);
        rows.ForEach(row => row.Features = Without(row.Features, 1, 5));
        using var transformer = _mlContext
            .Transforms.VaeEmbed(TinyVae.Options)
            .Fit(SampleData.View(_mlContext, rows, SampleData.SlotNames));
        Assert.Equal(
            "Column 'Features': 2 of 6 features have one value in all rows and teach nothing; another value later is only centred, not "
            + "scaled: 'width', 'price'.",
            _log.Warnings[0]
        );
    }

    [Fact]
    public void The_first_five_are_named()
    {
        const int Features = 10;
        var random = new Random(1);
        var rows = Enumerable
            .Range(0, 60)
            .Select(_ => Enumerable.Range(0, Features).Select(j => j == 4 ? random.NextSingle() : j).ToArray());
        using var transformer = _mlContext.Transforms.VaeEmbed(TinyVae.Options).Fit(SampleData.Features(_mlContext, rows, Features));
        Assert.Equal(
            "Column 'Features': 9 of 10 features have one value in all rows and teach nothing; another value later is only centred, not "
            + "scaled: 0, 1, 2, 3, 5, ….",
            _log.Warnings[0]
        );
    }

    private static VBuffer<float> Without(VBuffer<float> features, params int[] slots)
        => new(features.Length, [.. features.DenseValues().Select((value, slot) => slots.Contains(slot) ? 2.5f : value)]);
}
