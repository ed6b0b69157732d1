using MLNet.Vae.Missing;
using MLNet.Vae.Reading;
using MLNet.Vae.Tests.Reading;

namespace MLNet.Vae.Tests.Missing;

/// <summary>What the encoder reads of a row some values of which are missing.</summary>
public sealed class MaskLayoutTests
{
    private static readonly MaskLayout Layout = new(7, [(1, 2), (5, 2)]);

    [Fact]
    public void Every_slot_but_those_of_categories_has_a_mask()
    {
        Assert.Equal([0, 3, 4], Layout.Slots);
        Assert.Equal(10, Layout.Width);
        Assert.Equal([(1, true), (2, false), (2, true), (2, false)], Layout.Runs());
        Assert.Equal([(3, false)], new MaskLayout(3, [(0, 3)]).Runs());
        Assert.Equal([(3, true)], new MaskLayout(3, []).Runs());
    }

    [Fact]
    public void A_category_is_missing_as_a_whole_or_not_at_all()
    {
        Assert.Null(Layout.FirstInPart([1, 0, 1, 2, 3, 1, 0]));
        Assert.Null(Layout.FirstInPart([float.NaN, float.NaN, float.NaN, 2, float.NaN, 1, 0]));
        Assert.Equal((5, 2, 6), Layout.FirstInPart([1, 0, 1, 2, 3, 1, float.NaN]));
    }

    [Fact]
    public void A_file_that_says_what_no_model_has_is_refused()
    {
        var info = FamilyModels.All["missing values"].Info;
        InfoCheck.Run(info);
        Assert.Equal([(2, 3)], MaskLayout.Of(info)!.Categories);
        VaeModelInfo[] others =
        [
            info with { MissingValues = (VaeMissingValues)2 },
            info with { ScoreKind = VaeScoreKind.NeighborDistance },
            info with { FeatureKind = VaeInputKind.OneHot },
            info with { TargetCount = 2 },
        ];
        Assert.All(others, other => Assert.StartsWith(
            "its metadata says missingValues ",
            Assert.Throws<CheckException>(() => InfoCheck.Run(other)).Message,
            StringComparison.Ordinal));
    }

    [Fact]
    public void The_layout_of_options_has_the_categories_of_the_likelihood()
    {
        var options = new VaeOptions
        {
            MissingValues = VaeMissingValues.Observed,
            Likelihood = VaeLikelihood.Mixed(
                ("Count", 1, VaeLikelihood.Poisson), ("Colour", 3, VaeLikelihood.Categorical), ("Size", 2, VaeLikelihood.Gaussian)),
        };
        Assert.Equal([(1, 3)], options.MaskOf(6)!.Categories);
        Assert.Null((options with { MissingValues = VaeMissingValues.Refuse }).MaskOf(6));
    }
}
