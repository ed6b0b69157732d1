using System.Globalization;

namespace MLNet.Vae.Tests.Samples;

/// <summary>The samples of the page of models, and what they print.</summary>
public sealed class ModelSampleTests
{
    private const string Same = "loaded: the same";

    [Fact]
    public void A_linear_autoencoder_is_as_good_as_principal_components()
    {
        var run = SampleProgram.Run("models/linear.cs");
        Assert.Contains(Same, run.Lines);
        Assert.InRange(run.Number("squared error") / run.Number("of the noise of seven numbers"), 0.9, 1.1);
    }

    [Fact]
    public void A_deep_autoencoder_bends()
    {
        var run = SampleProgram.Run("models/autoencoder.cs");
        Assert.Contains(Same, run.Lines);
        Assert.InRange(run.Number("squared error"), 0, run.Number("of two principal components") / 4);
    }

    [Fact]
    public void A_sigmoid_output_stays_between_0_and_1()
    {
        var made = SampleProgram.Run("models/shallow.cs").Numbers("made from");
        Assert.All(made, value => Assert.InRange(value, 0, 1));
        Assert.True(made[1] > made[0] + 0.1);
    }

    [Fact]
    public void Squared_error_and_lambda_are_a_decoder_of_one_sigma()
    {
        var run = SampleProgram.Run("models/squared-error.cs");
        Assert.Contains("normalization none, σ of the decoder 0.707107", run.Lines);
    }

    [Fact]
    public void A_sparse_autoencoder_is_as_active_as_it_should()
    {
        var run = SampleProgram.Run("models/sparse.cs");
        Assert.Contains(Same, run.Lines);
        Assert.Equal(0.1, run.Number("mean activation"), 0.01);
        Assert.True(run.Number("penalty") > 0, run.Output);
    }

    [Fact]
    public void A_denoising_autoencoder_takes_noise_away()
    {
        var run = SampleProgram.Run("models/denoising.cs");
        Assert.Contains(Same, run.Lines);
        Assert.InRange(run.Number("over that of what is noisy:"), 0, 0.5);
    }

    [Fact]
    public void Features_of_all_rows_serve_a_learner_of_few() =>
        Assert.InRange(SampleProgram.Run("models/features.cs").Number("accuracy"), 0.85, 1);

    [Fact]
    public void Several_samples_a_row_raise_the_bound()
    {
        var run = SampleProgram.Run("models/samples.cs");
        Assert.Contains(Same, run.Lines);
        Assert.True(run.Number("bound") > run.Number("after the first epoch") + 1, run.Output);
    }

    [Fact]
    public void The_importance_weighted_bound_is_tighter()
    {
        var run = SampleProgram.Run("models/importance-weighted.cs");
        Assert.Contains(Same, run.Lines);
        Assert.True(run.Number("ln p(x) is at least") > run.Number("the ELBO says"), run.Output);
    }

    [Fact]
    public void The_divergence_meets_its_target()
    {
        var run = SampleProgram.Run("models/beta.cs");
        Assert.Contains(Same, run.Lines);
        Assert.Equal(3, run.Number("KL"), 0.05 * 3);
    }

    [Fact]
    public void A_condition_tells_what_is_normal()
    {
        var run = SampleProgram.Run("models/conditional.cs");
        Assert.InRange(run.Number("flagged of 200 as they are:"), 0, 20);
        Assert.InRange(run.Number("flagged of 200 under the other's name:"), 190, 200);
    }

    [Fact]
    public void A_prior_of_the_condition_tells_how_much_a_code_may_vary()
    {
        var run = SampleProgram.Run("models/learned-prior.cs");
        var found = run.Number("flagged of 100 swings of an idle machine:");
        Assert.InRange(found, 70, 100);
        Assert.InRange(run.Number("without a prior of the condition:"), 0, found / 4);
    }

    [Fact]
    public void Rows_of_one_kind_have_one_component()
    {
        var run = SampleProgram.Run("models/gaussian-mixture.cs");
        Assert.InRange(run.Number("are of:"), 571, 600);
        var shares = run.Numbers("shares");
        Assert.Equal(4, shares.Length);
        Assert.All(shares, share => Assert.InRange(share, 0.2, 0.3));
    }

    [Fact]
    public void A_symbol_tells_what_kind_a_row_is_of()
    {
        var run = SampleProgram.Run("models/vector-quantized.cs");
        Assert.InRange(run.Number("perplexity"), 6, 32);
        Assert.InRange(run.Number("of a row's codes"), Math.Log(6) - 0.01, Math.Log(32));
        Assert.InRange(run.Number("symbol are of:"), 589, 600);
        Assert.Contains("keys as in the column: 600, restored as from it: 600", run.Lines);
        Assert.Contains("counts 20 8", run.Lines);
    }

    [Fact]
    public void Both_levels_of_a_hierarchy_say_something_of_a_row()
    {
        var run = SampleProgram.Run("models/hierarchical.cs");
        var levels = run.Lines.Where(line => line.EndsWith(" nats per row", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, levels.Count);
        Assert.All(levels, line => Assert.InRange(double.Parse(line.Split(' ')[0], CultureInfo.InvariantCulture), 0.3, 20));
        Assert.Equal(600, run.Number("coarse codes of two numbers:"));
        Assert.Contains(Same, run.Lines);
    }

    [Fact]
    public void Few_labels_tell_classes_apart() =>
        Assert.InRange(SampleProgram.Run("models/semi-supervised.cs").Number("accuracy"), 0.9, 1);

    [Fact]
    public void Pictures_that_it_has_not_seen_come_back()
    {
        var run = SampleProgram.Run("models/convolutional.cs");
        Assert.InRange(run.Number("squared error"), 0, 0.75 * run.Number("of the mean picture"));
    }

    [Fact]
    public void Windows_that_convolutions_have_not_seen_come_back()
    {
        var run = SampleProgram.Run("models/convolutions-over-steps.cs");
        Assert.InRange(run.Number("squared error"), 0, 0.25 * run.Number("of the mean"));
    }

    [Fact]
    public void Windows_that_recurrences_have_not_seen_come_back()
    {
        var run = SampleProgram.Run("models/recurrent.cs");
        Assert.InRange(run.Number("squared error"), 0, 0.25 * run.Number("of the mean"));
    }

    [Fact]
    public void A_table_of_numbers_flags_and_categories_is_learned_column_by_column()
    {
        var run = SampleProgram.Run("models/likelihoods.cs");
        Assert.InRange(run.Number("Age:"), double.NegativeInfinity, 0.9 * Math.Log(Math.Tau * Math.E) / 2);
        Assert.InRange(run.Number("Smoker:"), 0, 0.9 * Math.Log(2));
        Assert.InRange(run.Number("Colour:"), 0, 0.9 * Math.Log(3));
        Assert.Contains(Same, run.Lines);
    }

    [Fact]
    public void Counts_are_expected_as_often_as_they_come_and_told_apart_from_a_Poisson_where_they_vary_more()
    {
        var run = SampleProgram.Run("models/counts.cs");
        var ratios = run.Numbers("expected over true counts:");
        Assert.Equal(12, ratios.Length);
        Assert.All(ratios, ratio => Assert.InRange(ratio, 0.8, 1.25));
        Assert.True(run.Number("negative binomial") > run.Number("\nPoisson") + 1, run.Output);
    }

    [Fact]
    public void Rows_with_wild_values_are_learned_and_told()
    {
        var run = SampleProgram.Run("models/student-t.cs");
        Assert.True(run.Number("least of the wild rows") > run.Number("greatest of the others"), run.Output);
    }

    [Fact]
    public void What_is_missing_is_filled_in()
    {
        var run = SampleProgram.Run("models/missing-values.cs");
        Assert.InRange(run.Number("missing:"), 500, 760);
        Assert.Equal(0, run.Number("imputed that are no number:"));
        Assert.Equal(0, run.Number("nats of what is missing:"));
    }

    [Fact]
    public void Probabilistic_principal_components_have_their_likelihood()
    {
        var run = SampleProgram.Run("models/probabilistic-pca.cs");
        Assert.Contains(Same, run.Lines);
        Assert.Equal(run.Number("ln p"), run.Number("by importance samples"), 0.01);
        Assert.InRange(run.Number("means of the embedding are off 0 by"), 0, 1e-4);
    }

    [Fact]
    public void Categories_with_like_contexts_are_near()
    {
        var run = SampleProgram.Run("models/category-embeddings.cs");
        Assert.Contains("near tea: cocoa coffee", run.Lines);
        Assert.Contains("near glue: nails screws", run.Lines);
        Assert.Contains(Same, run.Lines);
    }

    [Fact]
    public void Books_with_like_links_are_near()
    {
        var run = SampleProgram.Run("models/links.cs");
        Assert.InRange(run.Number("of the same topic:"), 0.9, 1);
        // The other nine rows of the same book have the same vector.
        Assert.Equal(9, run.Lines.Count(line => line.EndsWith(", book 0: 0.00", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_plane_has_two_dimensions()
    {
        var run = SampleProgram.Run("models/dimension.cs");
        Assert.Equal(2, run.Number("Suggested:"));
        Assert.Equal(2, run.Number("chosen and saved:"));
    }

    [Fact]
    public void The_likelihood_lies_above_the_bound_and_not_by_much()
    {
        var run = SampleProgram.Run("models/log-likelihood.cs");
        var nats = double.Parse(run.Lines[0].Split(' ')[0], CultureInfo.InvariantCulture);
        Assert.InRange(nats, run.Number("bound") - 1, run.Number("bound") + 2);
        Assert.Contains(Same, run.Output, StringComparison.Ordinal);
        // Of codes of the prior more are better.
        Assert.True(run.Number("\n1000 codes of the prior:") > run.Number("\n10 codes of the prior:"), run.Output);
    }
}
