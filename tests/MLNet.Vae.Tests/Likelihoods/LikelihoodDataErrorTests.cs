using MLNet.Vae.Tests.Estimators;
using MLNet.Vae.Tests.Kit;
using Microsoft.ML;

namespace MLNet.Vae.Tests.Likelihoods;

/// <summary>Rows that do not fit the likelihood, and in which words.</summary>
public class LikelihoodDataErrorTests
{
    private const int BadRow = 4;

    private readonly MLContext _mlContext = new(seed: 1);

    [Theory]
    [InlineData(
        new[] { 0f, 0, 0, 0 },
        "slots 3 to 6 (part 'Colour'): a categorical likelihood expects values that sum to 1, as one-hot ones do, found a sum of 0. "
            + "A missing or unknown category is all zeros: give it a category of its own, or filter such rows out.")]
    [InlineData(
        new[] { 1f, 0, 0.5f, 0 },
        "slots 3 to 6 (part 'Colour'): a categorical likelihood expects values that sum to 1, as one-hot ones do, found a sum of 1.5. "
            + "Check the widths of the parts, or encode the category with mlContext.Transforms.Categorical.OneHotEncoding.")]
    [InlineData(
        new[] { 1.25f, -0.25f, 0, 0 },
        "slot 4 (part 'Colour'): a categorical likelihood expects values of at least 0, found -0.25. "
            + "Check the widths of the parts, encode the category with mlContext.Transforms.Categorical.OneHotEncoding, or choose "
            + "VaeLikelihood.Gaussian."
    )]
    public void A_group_that_is_no_category(float[] colour, string expected)
    {
        var rows = MixedTable.Rows(20);
        colour.CopyTo(rows[BadRow], 3);
        ExpectFault($"Column \"Features\", row 4 (counted from 0), {expected}", MixedTable.Likelihood, MixedTable.View(_mlContext, rows));
    }

    [Fact]
    public void A_row_that_is_no_category()
    {
        float[][] rows = [.. Enumerable.Range(0, 20).Select(i => new[] { i % 3 == 0 ? 1f : 0, i % 3 == 1 ? 1 : 0, i % 3 == 2 ? 1 : 0 })];
        rows[BadRow] = [0, 2, 0];
        ExpectFault(
            "Column \"Features\", row 4 (counted from 0), slots 0 to 2: a categorical likelihood expects values that sum to 1, as one-hot "
            + "ones do, found a sum of 2. "
                + "Encode the category with mlContext.Transforms.Categorical.OneHotEncoding.",
            VaeLikelihood.Categorical,
            SampleData.Features(_mlContext, rows, 3));
        rows[BadRow] = [0, 2, -1];
        ExpectFault(
            "Column \"Features\", row 4 (counted from 0), slot 2: a categorical likelihood expects values of at least 0, found -1. "
                + "Encode the category with mlContext.Transforms.Categorical.OneHotEncoding, or choose VaeLikelihood.Gaussian.",
            VaeLikelihood.Categorical,
            SampleData.Features(_mlContext, rows, 3));
    }

    [Fact]
    public void A_part_that_is_no_probability()
    {
        var rows = MixedTable.Rows(20);
        rows[BadRow][2] = 2;
        ExpectFault(
            "Column \"Features\", row 4 (counted from 0), slot 2 (part 'Sold'): a Bernoulli likelihood expects values from 0 to 1, found "
            + "2. "
                + "Check the widths of the parts, scale the column first, or choose VaeLikelihood.Gaussian.",
            MixedTable.Likelihood,
            MixedTable.View(_mlContext, rows));
    }

    [Fact]
    public void Probabilities_are_labels_too_as_far_as_they_are_rounded()
    {
        var rows = MixedTable.Rows(20);
        rows[BadRow] = [170, 0, 0.5f, 0.333f, 0.333f, 0.333f, 0];
        using var transformer = _mlContext
            .Transforms.VaeEmbed(TinyVae.Options with { Likelihood = MixedTable.Likelihood })
            .Fit(MixedTable.View(_mlContext, rows));
        Assert.True(double.IsFinite(transformer.History().Best.Elbo));
    }

    [Fact]
    public void Parts_that_leave_a_slot()
        => ExpectFault(
            "Column \"Features\" has 7 slots, but the parts of the likelihood (Size 2, Colour 4) cover 6: slot 6 belongs to no part. "
                + "Give one part for each column that was concatenated, of its width and in its place.",
            VaeLikelihood.Mixed(("Size", 2, VaeLikelihood.Gaussian), ("Colour", 4, VaeLikelihood.Categorical)),
            MixedTable.View(_mlContext, MixedTable.Rows(20)));

    [Fact]
    public void Parts_that_leave_several_slots_which_have_names()
        => ExpectFault(
            "Column \"Features\" has 6 slots, but the parts of the likelihood (length 1, width 1) cover 2: slot 2 (\"height\") to slot 5 "
            + "(\"price\") belong to no part. "
                + "Give one part for each column that was concatenated, of its width and in its place.",
            VaeLikelihood.Mixed(("length", 1, VaeLikelihood.Gaussian), ("width", 1, VaeLikelihood.Gaussian)),
            SampleData.View(_mlContext, SampleData.Rows(20), SampleData.SlotNames));

    [Fact]
    public void Parts_that_reach_too_far()
        => ExpectFault(
            "Column \"Features\" has 7 slots, but the parts of the likelihood (Size 4, Colour 4, Sold 1) cover 9: part 'Colour' reaches "
            + "past the last slot. "
                + "Give one part for each column that was concatenated, of its width and in its place.",
            VaeLikelihood.Mixed(
                ("Size", 4, VaeLikelihood.Gaussian),
                ("Colour", 4, VaeLikelihood.Categorical),
                ("Sold", 1, VaeLikelihood.Bernoulli)
            ),
            MixedTable.View(_mlContext, MixedTable.Rows(20))
        );

    [Fact]
    public void Parts_of_any_size_that_reach_too_far() =>
        Refusal.Expect(
            () =>
                _mlContext
                    .Transforms.VaeEmbed(
                        TinyVae.Options with
                        {
                            Likelihood = VaeLikelihood.Mixed(
                                ("a", int.MaxValue, VaeLikelihood.Gaussian),
                                ("b", int.MaxValue, VaeLikelihood.Gaussian),
                                ("c", 9, VaeLikelihood.Gaussian)
                            ),
                        }
                    )
                    .Fit(MixedTable.View(_mlContext, MixedTable.Rows(20))),
            "more slots than there can be"
        );

    private void ExpectFault(string expected, VaeLikelihood likelihood, IDataView data)
    {
        var exception = Refusal.Expect(
            () => _mlContext.Transforms.VaeEmbed(TinyVae.Options with { Likelihood = likelihood }).Fit(data),
            "such rows"
        );
        Assert.IsType<InvalidOperationException>(exception);
        Assert.Equal(expected, exception.Message);

        var detector = _mlContext.AnomalyDetection.Trainers.Vae(TinyVae.AnomalyOptions with { Likelihood = likelihood });
        Assert.Equal(expected, Refusal.Expect(() => detector.Fit(data), "such rows").Message);
    }
}
