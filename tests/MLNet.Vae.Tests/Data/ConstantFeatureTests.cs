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
        var isJudged = normalization != VaeNormalization.None;
        var expected =
            "Column 'Features': 1 of 6 features have one value in all rows and teach "
            + $"nothing{(isJudged ? "; any other value later is an anomaly, whatever its unit" : "")}: 3.";
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
            "Column 'Features': 2 of 6 features have one value in all rows and teach nothing; any other value later is an anomaly, "
            + "whatever its unit: 'width', 'price'.",
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
            "Column 'Features': 9 of 10 features have one value in all rows and teach nothing; any other value later is an anomaly, "
            + "whatever its unit: 0, 1, 2, 3, 5, ….",
            _log.Warnings[0]
        );
    }

    /// <summary>Whatever the constant and its unit, any change is an anomaly of that feature, and of no other.</summary>
    [Theory]
    [InlineData(1e-6f, 1e-3f)]
    [InlineData(5, 7.5f)]
    [InlineData(5, 5.001f)]
    [InlineData(-3e8f, -3.001e8f)]
    [InlineData(0, 1)]
    [InlineData(0, -1e-12f)]
    [InlineData(1e-6f, 1e30f)]
    public void Any_other_value_later_is_flagged(float value, float later)
    {
        var rows = FactorRows.Create(300);
        rows.ForEach(row => row[3] = value);
        var changed = rows.ConvertAll(row => (float[])[.. row[..3], later, .. row[4..]]);
        var options = TinyVae.AnomalyOptions with
        {
            ContributionsColumnName = "Contributions",
            ScoreKind = VaeScoreKind.NegativeElbo,
        };
        using var detector = _mlContext.AnomalyDetection.Trainers.Vae(options).Fit(FactorRows.View(_mlContext, rows));

        var before = detector.Transform(FactorRows.View(_mlContext, rows));
        var after = detector.Transform(FactorRows.View(_mlContext, changed));

        Assert.All(after.GetColumn<bool>("PredictedLabel"), Assert.True);
        Assert.Contains(false, before.GetColumn<bool>("PredictedLabel"));
        Assert.All(after.GetColumn<float>("Score"), score => Assert.True(float.IsFinite(score)));
        foreach (var (old, found) in before.GetColumn<float[]>("Contributions").Zip(after.GetColumn<float[]>("Contributions")))
        {
            Assert.True(found[3] > old[3] + 1_000, $"{old[3]}, then {found[3]}");
            found[3] = old[3];
            FloatAssert.Near(old, found, "contributions");
        }
    }

    [Theory]
    [InlineData(1e-6f, 1e-3f)]
    [InlineData(5, 5.001f)]
    [InlineData(0, -1e-12f)]
    public void Any_other_value_later_is_far_from_every_row(float value, float later)
    {
        var rows = FactorRows.Create(300);
        rows.ForEach(row => row[3] = value);
        var changed = rows.ConvertAll(row => (float[])[.. row[..3], later, .. row[4..]]);
        var options = TinyVae.AnomalyOptions with { ContributionsColumnName = "Contributions" };
        using var detector = _mlContext.AnomalyDetection.Trainers.Vae(options).Fit(FactorRows.View(_mlContext, rows));

        var after = detector.Transform(FactorRows.View(_mlContext, changed));

        Assert.All(after.GetColumn<bool>("PredictedLabel"), Assert.True);
        Assert.All(
            after.GetColumn<float>("Score").Zip(after.GetColumn<float[]>("Contributions")),
            row => Assert.True(row.Second[3] > 0.9f * row.First && float.IsFinite(row.First), $"{row.Second[3]} of {row.First}"));
    }

    [Fact]
    public void No_code_depends_on_it()
    {
        var rows = FactorRows.Create(100);
        rows.ForEach(row => row[3] = 2_024);
        using var transformer = _mlContext.Transforms.VaeEmbed(TinyVae.Options).Fit(FactorRows.View(_mlContext, rows));
        var expected = Codes(rows);
        rows.ForEach(row => row[3] = 2_025);
        Assert.Equal(expected, Codes(rows));

        float[][] Codes(List<float[]> of) =>
            [.. transformer.Transform(FactorRows.View(_mlContext, of)).GetColumn<float[]>("Embedding")];
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1e-6f)]
    [InlineData(5.5f)]
    [InlineData(1.7e9f)]
    public void Samples_and_reconstructions_give_the_constant(float value)
    {
        var rows = FactorRows.Create(100);
        rows.ForEach(row => row[3] = value);
        var options = TinyVae.Options with { ReconstructionColumnName = "Again" };
        using var transformer = _mlContext.Transforms.VaeEmbed(options).Fit(FactorRows.View(_mlContext, rows));
        using var generator = VaeGenerator.From(transformer.Model);

        Assert.All(generator.Sample(50, seed: 1, draw: VaeDraw.Random).Rows, row => Assert.Equal(value, row[3]));
        Assert.All(generator.Sample(50, seed: 1).Rows, row => Assert.Equal(value, row[3]));
        var again = transformer.Transform(FactorRows.View(_mlContext, rows)).GetColumn<float[]>("Again");
        Assert.All(again, row => Assert.Equal(value, row[3]));
    }

    private static VBuffer<float> Without(VBuffer<float> features, params int[] slots)
        => new(features.Length, [.. features.DenseValues().Select((value, slot) => slots.Contains(slot) ? 2.5f : value)]);
}
