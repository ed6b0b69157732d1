using Digits;
using Lectures;
using Lectures.Shown;
using Microsoft.ML;

namespace MLNet.Vae.Tests.Examples;

/// <summary>Each lecture's statement holds on the numbers behind its picture: on digits of 8 × 8 pixels, as a quick run has them.</summary>
public sealed class LectureTests(LectureTests.Data data) : IClassFixture<LectureTests.Data>
{
    private const int TrainingRows = 1_400;

    private Lecture Lecture => data.Lecture;

    [Fact]
    public void A_linear_autoencoder_has_the_error_and_the_subspace_of_PCA()
    {
        var found = LinearAutoencoder.Measure(Lecture);
        Assert.InRange(found.Error, 0.98 * found.PcaError, 1.05 * found.PcaError);
        Assert.InRange(found.Angles.Average(), 0, 15);
        Assert.Equal(3, found.Figures.Count);
    }

    [Fact]
    public void A_shallow_autoencoder_loses_with_each_unit_less_and_is_better_than_the_mean()
    {
        var found = ShallowAutoencoder.Measure(Lecture);
        Assert.Equal(found.Errors.Order(), found.Errors);
        Assert.InRange(found.Errors[^1], 0, 0.9 * found.MeanError);
        Assert.InRange(found.Errors[0], 0, 0.5 * found.MeanError);
    }

    [Fact]
    public void A_deep_autoencoder_beats_PCA_of_the_same_size()
    {
        var found = DeepAutoencoder.Measure(Lecture);
        Assert.InRange(found.Error, 0, 0.95 * found.PcaError);
        Assert.InRange(found.Right, found.PcaRight + 0.05, 1);
    }

    [Fact]
    public void L1_makes_zeros_of_ReLU_and_small_values_of_sigmoid_units_and_KL_holds_the_mean()
    {
        var found = SparseAutoencoder.Measure(Lecture);
        Assert.InRange(found.Relu.Zeros, found.Free.Zeros + 0.1, 1);
        Assert.Equal(0, found.Sigmoid.Zeros);
        Assert.InRange(found.Target.Mean, 0.03, 0.1);
        Assert.InRange(found.Free.Error, 0, Math.Min(found.Relu.Error, found.Sigmoid.Error));
    }

    [Fact]
    public void A_denoising_autoencoder_restores_even_a_tenth_of_the_pixels()
    {
        var found = DenoisingAutoencoder.Measure(Lecture);
        Assert.All(found.Restored, restored => Assert.InRange(restored.Error, 0, 0.8 * restored.NoisyError));
        Assert.All(found.Restored, restored => Assert.True(restored.BestEpoch > 3, $"{restored}"));
        // Of 64 pixels six are left; one label in ten is right by chance.
        Assert.InRange(found.Restored[2].Right, 0.17, 1);
    }

    [Fact]
    public void Samples_of_a_VAE_stay_near_what_was_learned_and_those_of_an_autoencoder_less()
    {
        var found = Holes.Measure(Lecture);
        Assert.True(found.VariationalNear > found.PlainNear, $"{found.VariationalNear} and {found.PlainNear}");
    }

    [Fact]
    public void A_larger_lambda_leaves_less_KL_and_more_error()
    {
        var found = Divergence.Measure(Lecture);
        Assert.Equal(found.Kl.OrderDescending(), found.Kl);
        Assert.Equal(found.Errors.Order(), found.Errors);
    }

    [Fact]
    public void Closed_forms_are_reached()
    {
        var found = GaussianExample.Measure(Lecture);
        Assert.Equal(found.ByHand, found.Bound, 0.12);
        Assert.Equal(found.PcaBound, found.Marginal, 0.01);
        Assert.InRange(found.LargestError, 0, 0.01);
    }

    [Fact]
    public void Codes_of_the_prior_lie_below_codes_of_the_posterior()
    {
        var found = MonteCarlo.Measure(Lecture);
        Assert.Equal(found.Plain.Select(e => e.Nats).Order(), found.Plain.Select(e => e.Nats));
        Assert.All(found.Plain.Zip(found.Importance), pair => Assert.True(pair.First.Nats < pair.Second.Nats + 0.1, $"{pair}"));
        Assert.InRange(found.Importance[^1].Nats - found.Importance[^2].Nats, -0.1, 0.5);
    }

    [Fact]
    public void The_multiplier_keeps_KL_at_its_bound()
    {
        var found = ConstrainedKl.Measure(Lecture);
        Assert.Equal(found.Target, found.Kl, 1.5);
        Assert.True(found.Multipliers.Distinct().Count() > found.Multipliers.Count / 2);
    }

    [Fact]
    public void Conditional_samples_are_of_the_class_asked_for()
    {
        var found = ConditionalVae.Measure(Lecture);
        Assert.InRange(found.Right, 0.6, 1);
        Assert.InRange(found.RightOfPrior, 0.6, 1);
        Assert.InRange(found.HalfError, 0, 0.9 * found.MeanHalfError);
    }

    [Fact]
    public void Components_of_a_mixture_hold_classes()
    {
        var found = MixtureVae.Measure(Lecture);
        Assert.InRange(found.Right, 3 * found.Largest, 1);
        Assert.True(found.Used >= 4, $"{found.Used} components");
    }

    [Fact]
    public void Both_levels_of_a_ladder_say_something()
    {
        var found = HierarchicalVae.Measure(Lecture);
        Assert.InRange(found.Warm[0], 1, 100);
        Assert.InRange(Math.Max(found.Warm[1], found.Cold[1]), 0.05, 100);
    }

    [Fact]
    public void Books_of_one_topic_are_nearer_by_their_vectors_than_by_their_links()
    {
        var found = LinkEmbedding.Measure(Lecture);
        Assert.InRange(found.Right, Math.Max(0.95, found.RightOfLinks), 1);
        Assert.InRange(found.RightOnPlane, 0.9, 1);
    }

    [Fact]
    public void Words_that_are_drawn_keep_to_the_rule_of_those_learned()
    {
        var found = Sequences.Measure(Lecture);
        Assert.InRange(found.Right, 0.7, 1);
        Assert.InRange(found.Chance, 0, 0.1);
        Assert.InRange(found.OnTheWay, 0.5, 1);
    }

    [Fact]
    public void Codes_of_the_prior_go_together_and_give_the_reconstruction_again()
    {
        var found = DiscreteCodes.Measure(Lecture);
        Assert.InRange(found.Perplexity, 20, 64);
        Assert.InRange(found.Near, 0, 0.97 * found.IndependentNear);
        Assert.InRange(found.IndependentNear, 0, 0.9 * found.UniformNear);
        Assert.InRange(found.Bits, 1, 0.8 * found.UniformBits);
        Assert.Equal(0, found.KeysDifference, 1e-5);
        Assert.Equal(0, found.BytesDifference, 1e-5);
    }

    [Fact]
    public void Bits_back_takes_what_the_bound_says_and_less_than_gzip_and_PNG()
    {
        var found = BitsBack.Measure(Lecture);
        Assert.True(found.Same);
        Assert.InRange(found.Bits - found.Start, 0.99 * found.Bound, 1.01 * found.Bound);
        Assert.InRange(found.Bits, 0, Math.Min(found.Gzip, found.Png));
        Assert.True(found.FewBits > found.Bits, $"{found.FewBits} and {found.Bits}");
        Assert.InRange(found.CodeBits, 0, found.Bits);
        Assert.True(found.CodeError > 0);
    }

    [Fact]
    public void A_classifier_that_reads_pictures_without_a_label_has_fewer_errors()
    {
        var found = FewLabels.Measure(Lecture);
        Assert.InRange(found.M2, 0, found.Pixels - 0.02);
        Assert.InRange(found.M2, 0, found.M1);
    }

    [Fact]
    public void The_way_through_the_latent_space_stays_nearer_to_pictures_than_a_fade()
    {
        var found = LatentPaths.Measure(Lecture);
        Assert.InRange(found.WayError, 0, found.FadeError);
        Assert.InRange(found.Augmented, found.Accuracy - 0.03, 1);
    }

    [Fact]
    public void Every_section_shows_the_code_that_made_it()
        => Assert.All(Sections.All, section => Assert.InRange(SourceCode.Of(section).Split('\n').Length, 5, 40));

    [Fact]
    public void The_index_of_the_lectures_names_every_section_and_every_test()
    {
        var index = File.ReadAllText(Path.Combine(TestData.RepositoryRoot, "docs", "lectures.md"));
        Assert.All(Sections.All, section => Assert.Contains($"`{section.Name}`", index));
        var statements = typeof(LectureTests).GetMethods()
            .Where(method => method.DeclaringType == typeof(LectureTests) && !method.Name.Contains("section"))
            .Select(method => method.Name);
        Assert.All(statements, name => Assert.Contains($"`{name}`", index));
    }

    /// <summary>UCI optical digits with their labels, once for all tests.</summary>
    public sealed class Data
    {
        private readonly Lazy<Lecture> _lecture = new(() =>
        {
            const int side = 8;
            var labels = File.ReadLines(TestData.Find("optdigits/optdigits.tes")).Where(line => !line.StartsWith('#'))
                .Select(line => line.Split(',')[^1].Trim());
            Digit[] digits = [.. TestData.OpticalDigits().Zip(labels, (row, label) => new Digit { Features = row, Label = label })];
            return new()
            {
                Context = new MLContext(seed: 1),
                Digits = new(new ImageShape(side, side, 1, PixelLayout.Planar), digits[..TrainingRows], digits[TrainingRows..]),
                Quick = true,
            };
        });

        internal Lecture Lecture => _lecture.Value;
    }
}
