using MLNet.Vae.Tests.Estimators;
using MLNet.Vae.Tests.Kit;
using MLNet.Vae.Tests.Likelihoods;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Tests.Missing;

/// <summary>What is refused where values may be missing, and in which words.</summary>
public sealed class MissingValueErrorTests
{
    private static readonly VaeOptions Options = TinyVae.Options with { MissingValues = VaeMissingValues.Observed };

    private static readonly VaeOptions Mixed = Options with { Likelihood = MixedTable.Likelihood };

    private readonly MLContext _mlContext = new(seed: 1);

    public static TheoryData<VaeOptions, string> Faults { get; } = new()
    {
        {
            Options with { Architecture = VaeArchitecture.Convolutional(2, 3) },
            "MissingValues Observed needs VaeArchitecture.Mlp or Linear, for others read pictures, series or tokens, which have no place "
            + "for a mask; choose one of the two, or replace missing values first (mlContext.Transforms.ReplaceMissingValues)"
        },
        {
            Options with { TargetColumnName = "Target" },
            "MissingValues Observed knows no target but the features; leave the target column null, or replace missing values first "
            + "(mlContext.Transforms.ReplaceMissingValues)"
        },
        {
            Options with { ScoreKind = VaeScoreKind.NeighborDistance },
            "ScoreKind NeighborDistance compares whole rows; with MissingValues Observed choose NegativeElbo, or leave it null"
        },
        {
            Options with
            {
                Architecture = VaeArchitecture.Linear,
                Training = TinyVae.Training with { Initialization = VaeInitialization.ProbabilisticPca },
            },
            "VaeTrainingOptions.Initialization ProbabilisticPca knows no MissingValues Observed; choose Random"
        },
        { Options with { MissingValues = (VaeMissingValues)2 }, "MissingValues must be one of Refuse, Observed, but is 2" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void What_does_not_go_with_missing_values(VaeOptions options, string expected) =>
        Assert.Equal(
            $"1 option is wrong: {expected}.", Refusal.Expect(() => _mlContext.Transforms.VaeEmbed(options), "such options").Message);

    [Fact]
    public void A_series_has_none() =>
        Assert.Equal(
            "1 option is wrong: MissingValues must be Refuse, as windows are judged whole; replace missing readings first "
            + "(mlContext.Transforms.ReplaceMissingValues).",
            Refusal.Expect(
                () => _mlContext.AnomalyDetection.Trainers.VaeSeries(
                    new VaeSeriesOptions
                    {
                        Window = new() { Columns = ["Value"], Steps = 4 },
                        MissingValues = VaeMissingValues.Observed,
                        ScoreKind = VaeScoreKind.NegativeElbo,
                    }),
                "missing readings").Message);

    [Fact]
    public void A_linear_model_with_missing_values_starts_at_random()
    {
        var rows = MissingCells.Hidden(FactorRows.Create(50), 0.3);
        var options = Options with { Architecture = VaeArchitecture.Linear };
        using var transformer = _mlContext.Transforms.VaeEmbed(options).Fit(FactorRows.View(_mlContext, rows));
        Assert.DoesNotContain(transformer.History().Epochs, epoch => epoch.Epoch == 0);
    }

    [Theory]
    [InlineData(float.PositiveInfinity, "Infinity")]
    [InlineData(float.NegativeInfinity, "-Infinity")]
    public void Infinity_is_refused_still(float value, string found)
    {
        var rows = MissingCells.Hidden(FactorRows.Create(50), 0.3);
        using var transformer = _mlContext.Transforms.VaeEmbed(Options).Fit(FactorRows.View(_mlContext, rows));
        rows[4] = [float.NaN, 1, value, 1, 1, 1];
        var place = $"Column \"Features\", row 4 (counted from 0), slot 2: expected a finite number, found {found}. ";

        Assert.StartsWith(
            place,
            Refusal.Expect(() => _mlContext.Transforms.VaeEmbed(Options).Fit(FactorRows.View(_mlContext, rows)), "infinity").Message,
            StringComparison.Ordinal);
        Assert.StartsWith(
            place,
            Refusal.Expect(() => Embeddings(transformer, FactorRows.View(_mlContext, rows)), "infinity").Message,
            StringComparison.Ordinal);
        using var lenient = transformer.WithScoring(new() { NonFiniteInput = NonFiniteHandling.ReturnNaN });
        var embeddings = Embeddings(lenient, FactorRows.View(_mlContext, rows));
        Assert.All(embeddings[4], value => Assert.True(float.IsNaN(value)));
        Assert.All(embeddings[5], value => Assert.True(float.IsFinite(value)));
    }

    [Fact]
    public void A_slot_without_a_value_in_any_row()
    {
        var rows = FactorRows.Create(20);
        rows.ForEach(row => row[2] = float.NaN);
        Assert.Equal(
            "Column \"Features\", slot 2: expected a value in some row, found NaN in all 20. Leave the slot out, or give rows that "
                + "have it.",
            Refusal.Expect(() => _mlContext.Transforms.VaeEmbed(Options).Fit(FactorRows.View(_mlContext, rows)), "an empty slot").Message);
    }

    [Fact]
    public void A_category_that_is_missing_in_part()
    {
        var rows = MixedTable.Rows(50);
        using var transformer = _mlContext.Transforms.VaeEmbed(Mixed).Fit(MixedTable.View(_mlContext, rows));
        rows[4][5] = float.NaN;
        const string Place = "Column \"Features\", row 4 (counted from 0), slot 5: the category of slots 3 to 6 is missing where all of "
            + "them are NaN, found NaN in some of them alone. Give NaN in all of its slots, or ";

        Assert.Equal(
            Place + "the category.",
            Refusal.Expect(() => _mlContext.Transforms.VaeEmbed(Mixed).Fit(MixedTable.View(_mlContext, rows)), "half a category").Message);
        Assert.Equal(
            Place + "set VaeScoringOptions.NonFiniteInput = NonFiniteHandling.ReturnNaN.",
            Refusal.Expect(() => Embeddings(transformer, MixedTable.View(_mlContext, rows)), "half a category").Message);
        using var lenient = transformer.WithScoring(new() { NonFiniteInput = NonFiniteHandling.ReturnNaN });
        Assert.All(Embeddings(lenient, MixedTable.View(_mlContext, rows))[4], value => Assert.True(float.IsNaN(value)));
        using var generator = VaeGenerator.From(transformer);
        Assert.StartsWith(
            "Row 4 (counted from 0), value 5 is NaN: the category of values 3 to 6 is missing where all of them are NaN. Give NaN in all "
            + "of them.",
            Refusal.Expect(() => generator.Reconstruct(rows), "half a category").Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_category_that_is_missing_is_not_one_that_training_has_not_seen()
    {
        var rows = MixedTable.Rows(100);
        rows[4].AsSpan(3, 4).Fill(float.NaN);
        var options = Mixed with { ScoreColumnName = "Score", ContributionsColumnName = "Contributions" };
        using var transformer = _mlContext.Transforms.VaeEmbed(options).Fit(MixedTable.View(_mlContext, rows));
        var unseen = rows.ConvertAll(row => (float[])[.. row]);
        unseen[4].AsSpan(3, 4).Clear();

        var missing = transformer.Transform(MixedTable.View(_mlContext, rows)).GetColumn<float[]>("Contributions").ElementAt(4);
        var strange = transformer.Transform(MixedTable.View(_mlContext, unseen)).GetColumn<float[]>("Contributions").ElementAt(4);

        Assert.Equal([0, 0, 0, 0], missing[3..]);
        Assert.True(strange[3..].Sum() > 10);
    }

    [Fact]
    public void What_is_there_must_be_possible_still()
    {
        var rows = MissingCells.Hidden(MixedTable.Rows(50), Mixed.MaskOf(MixedTable.Width)!, 0.3);
        rows[4][0] = float.NaN;
        rows[4][2] = 1.5f;
        Assert.StartsWith(
            "Column \"Features\", row 4 (counted from 0), slot 2 (part 'Sold'): a Bernoulli likelihood expects values from 0 to 1, found "
            + "1.5.",
            Refusal.Expect(() => _mlContext.Transforms.VaeEmbed(Mixed).Fit(MixedTable.View(_mlContext, rows)), "1.5").Message,
            StringComparison.Ordinal);
    }

    private static List<float[]> Embeddings(VaeTransformer transformer, IDataView data)
        => [.. transformer.Transform(data).GetColumn<float[]>("Embedding")];
}
