using MLNet.Vae.Architectures;
using MLNet.Vae.Graphs;
using MLNet.Vae.Latents;
using MLNet.Vae.Modules;
using MLNet.Vae.Onnx;
using MLNet.Vae.Onnx.Schema;
using MLNet.Vae.Tests.Generation;
using MLNet.Vae.Tests.Kit;
using MLNet.Vae.Tests.Onnx;
using MLNet.Vae.Tests.Saving;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Tests.Cursors;

/// <summary>The log-likelihood of rows by importance sampling, against closed forms.</summary>
public class LogLikelihoodTests
{
    private const int Seed = 5;

    private readonly MLContext _mlContext = new(seed: 1);

    [Fact]
    public void Agrees_with_the_closed_form_of_a_linear_model_within_its_standard_error()
    {
        var rows = LinearModel.Rows(200);

        var found = Estimates(new LinearModel().Model(), rows, importanceSamples: 2_000);

        var deviations = rows.Zip(
                found,
                (row, estimate) => (estimate.LogLikelihood - LinearModel.LogLikelihood(row)) / estimate.StandardError
            )
            .ToArray();
        // Numbers of about unit variance: the largest of 200 seldom reaches 4.
        Assert.InRange(deviations.Max(Math.Abs), 0, 4.5);
        Assert.InRange(deviations.Average(d => d * d), 0.7, 1.3);
        Assert.InRange(deviations.Average(), -0.25, 0.25);
        Assert.InRange(found.Average(e => e.StandardError), 0, 0.03);
    }

    [Fact]
    public void Is_exact_where_the_posterior_is()
    {
        var rows = LinearModel.Rows(50);

        var found = Estimates(new LinearModel { Widening = 1 }.Model(), rows, importanceSamples: 2);

        Assert.All(rows.Zip(found), pair => Assert.Equal(LinearModel.LogLikelihood(pair.First), pair.Second.LogLikelihood, 1e-4));
        Assert.All(found, e => Assert.InRange(e.StandardError, 0, 1e-4));
    }

    [Fact]
    public void A_ladder_s_posterior_of_a_linear_model_is_exact()
    {
        var rows = LinearLadder.Rows(50);

        var found = Estimates(new LinearLadder().Model(), rows, importanceSamples: 3);

        Assert.All(rows.Zip(found), pair => Assert.Equal(LinearLadder.LogLikelihood(pair.First), pair.Second.LogLikelihood, 1e-4));
        Assert.All(found, e => Assert.InRange(e.StandardError, 0, 1e-4));
    }

    [Fact]
    public void Two_levels_agree_with_their_closed_form_within_the_standard_error()
    {
        var rows = LinearLadder.Rows(200);

        var found = Estimates(new LinearLadder { Widening = 1.4 }.Model(), rows, importanceSamples: 1_000);

        var deviations = rows.Zip(
                found,
                (row, estimate) => (estimate.LogLikelihood - LinearLadder.LogLikelihood(row)) / estimate.StandardError
            )
            .ToArray();
        Assert.InRange(deviations.Max(Math.Abs), 0, 4.5);
        Assert.InRange(deviations.Average(d => d * d), 0.7, 1.3);
        Assert.InRange(found.Average(e => e.StandardError), 1e-3, 0.03);
    }

    [Fact]
    public void One_sample_gives_the_evidence_lower_bound_on_average()
    {
        var model = new LinearModel { Widening = 1.5 };
        var row = LinearModel.Rows(1)[0];

        var bounds = Estimates(model.Model(), [.. Enumerable.Repeat(row, 4_000)], importanceSamples: 1);

        Assert.All(bounds, b => Assert.Equal(float.NaN, b.StandardError));
        var mean = bounds.Average(b => (double)b.LogLikelihood);
        var error = Math.Sqrt(bounds.Average(b => Math.Pow(b.LogLikelihood - mean, 2)) / bounds.Length);
        Assert.InRange(mean, model.Elbo(row) - 4 * error, model.Elbo(row) + 4 * error);
        Assert.InRange(error, 0, 0.05);
    }

    [Fact]
    public void Rises_with_the_number_of_samples_towards_the_closed_form()
    {
        var rows = LinearModel.Rows(300);
        var model = new LinearModel { Widening = 2.5 }.Model();

        var bounds = new[] { 1, 3, 20, 500 }.Select(s => Estimates(model, rows, s).Average(e => (double)e.LogLikelihood)).ToArray();

        Assert.Equal(bounds.Order(), bounds);
        Assert.Equal(rows.Average(LinearModel.LogLikelihood), bounds[^1], 0.05);
    }

    [Theory]
    [InlineData(2, 0.0057)]
    [InlineData(8, 14.2098)]
    [InlineData(16, 23.9294)]
    [InlineData(32, 35.2470)]
    public void Probabilistic_PCA_of_optical_digits_has_its_closed_form(int latent, double logLikelihood)
    {
        var rows = TestData.OpticalDigits();
        var trained = Training.Trainer.Train(rows, new()
        {
            Architecture = VaeArchitecture.Linear,
            Latent = VaeLatent.Gaussian(latent),
            Normalization = VaeNormalization.None,
            Training = new() { Initialization = VaeInitialization.ProbabilisticPca, Epochs = 0, ValidationFraction = 0 },
        }).Network;
        // A posterior a little too wide: with the exact one every weight is p(x), and nothing is estimated.
        var code = (GaussianPosterior)trained.Latent;
        var wider = code with { LogSigma = code.LogSigma with { Bias = [.. code.LogSigma.Bias.Select(s => s + 0.1f)] } };

        var found = Estimates(
            VaeModel.Create(trained with { Latent = wider }, new RandomNetwork { Features = rows[0].Length, Latents = latent }.Info),
            rows,
            importanceSamples: 20
        );

        var mean = found.Average(e => (double)e.LogLikelihood);
        var error = Math.Sqrt(found.Sum(e => Math.Pow(e.StandardError, 2))) / found.Length;
        // The logarithm of a mean lies below that of its expectation by half its variance.
        var bias = found.Average(e => Math.Pow(e.StandardError, 2)) / 2;
        Assert.InRange(error, 1e-5, 0.01);
        Assert.InRange(mean + bias - logLikelihood, -4 * error, 4 * error);
    }

    [Theory]
    [InlineData("gaussian", VaeProposal.Posterior)]
    [InlineData("mixture", VaeProposal.Posterior)]
    [InlineData("hierarchical", VaeProposal.Posterior)]
    [InlineData("gaussian", VaeProposal.Prior)]
    [InlineData("mixture", VaeProposal.Prior)]
    [InlineData("hierarchical", VaeProposal.Prior)]
    public void The_probabilities_of_all_binary_rows_sum_to_one(string latent, VaeProposal proposal)
    {
        var kind = new RandomNetwork { Features = 6, Latents = 2, Bernoulli = true, Hidden = [] };
        var rows = Enumerable.Range(0, 1 << kind.Features)
            .Select(bits => Enumerable.Range(0, kind.Features).Select(j => (float)((bits >> j) & 1)).ToArray()).ToArray();
        // A posterior that does not look at the row, wide enough for every prior here.
        var (mean, logSigma) = (
            new DenseLayer(new float[2 * kind.Features], [0.1f, -0.2f]),
            new DenseLayer(new float[2 * kind.Features], [0.4f, 0.3f])
        );
        var top = new DenseLayer(new float[kind.Features], [0.2f]);
        LatentNetwork code = latent switch
        {
            "gaussian" => new GaussianPosterior(mean, logSigma, (-10, 4)),
            "mixture" => new MixturePosterior(
                mean, logSigma, (-10, 4), new([(float)Math.Log(0.3), (float)Math.Log(0.7)], [-1, 0, 0.5f, -0.5f], [-0.5f, 0, 0.2f, -0.3f])),
            _ => new HierarchicalPosterior(
                [new([], mean, logSigma, new([], new([0.8f, -0.4f], [0.3f, 0]), new([0, 0], [-0.2f, 0.1f]))), new([], top, top, null)],
                (-10, 4)
            ),
        };

        var found = Estimates(
            VaeModel.Create(kind.Network() with { Latent = code }, Described(kind.Info)),
            rows,
            importanceSamples: 3_000,
            proposal
        );

        var sum = found.Sum(e => Math.Exp(e.LogLikelihood));
        var error = Math.Sqrt(found.Sum(e => Math.Pow(Math.Exp(e.LogLikelihood) * e.StandardError, 2)));
        Assert.InRange(error, 0, 0.01);
        Assert.InRange(sum, 1 - 4 * error, 1 + 4 * error);

        // What the prior in the graph is, the metadata say to those who draw from it.
        VaeModelInfo Described(VaeModelInfo info) => (info with { LatentDimension = code.Length }) switch
        {
            var same when latent == "gaussian" => same,
            var mixture when latent == "mixture" => mixture with
            {
                LatentKind = VaeLatentKind.GaussianMixture,
                ComponentCount = 2,
                Components =
                [
                    new() { Weight = 0.3, Mean = [-1, 0], LogSigma = [-0.5f, 0] },
                    new() { Weight = 0.7, Mean = [0.5f, -0.5f], LogSigma = [0.2f, -0.3f] },
                ],
            },
            var levels => levels with { LatentKind = VaeLatentKind.Hierarchical, LevelDimensions = [2, 1] },
        };
    }

    [Fact]
    public void Plain_Monte_Carlo_agrees_with_the_closed_form_within_its_standard_error()
    {
        var rows = LinearModel.Rows(60);
        var model = new LinearModel().Model();

        var found = Estimates(model, rows, importanceSamples: 20_000, VaeProposal.Prior);

        var deviations = rows.Zip(
                found,
                (row, estimate) => (estimate.LogLikelihood - LinearModel.LogLikelihood(row)) / estimate.StandardError
            )
            .ToArray();
        Assert.InRange(deviations.Average(d => d * d), 0.5, 1.6);
        Assert.InRange(deviations.Average(), -0.6, 0.4);
        // The same number of codes of the posterior says far more.
        var importance = Estimates(model, rows, importanceSamples: 20_000);
        Assert.InRange(found.Average(e => e.StandardError), 4 * importance.Average(e => e.StandardError), 0.3);
    }

    [Fact]
    public void Plain_Monte_Carlo_draws_the_prior_of_each_condition()
    {
        using var transformer = new VaeTransformer(_mlContext, GeneratorModels.Conditional(learnedPrior: true), new());
        using var generator = VaeGenerator.From(transformer);
        var rows = generator.Sample(6, seed: 1, condition: "blue");

        var found = Columns(transformer.LogLikelihood(rows.ToDataView(_mlContext), 20_000, Seed, VaeProposal.Prior));

        // The same with means of other samples, over normalised features, σ = e⁻¹.
        var means = generator.Sample(20_000, seed: 2, condition: "blue").Rows;
        float[] scale = [0.5f, 1, 2, 4];
        foreach (var (row, estimate) in rows.Rows.Zip(found))
        {
            var density = means.Average(mean => Math.Exp(mean.Select((m, j) => LogNormal((row[j] - m) / scale[j])).Sum()));
            Assert.Equal(Math.Log(density), estimate.LogLikelihood, 6 * estimate.StandardError);
            Assert.InRange(estimate.StandardError, 0, 0.1);
        }

        static double LogNormal(double error) => -Math.Pow(error * Math.E, 2) / 2 + 1 - Math.Log(Math.Sqrt(Math.Tau));
    }

    [Fact]
    public void A_model_without_the_graph_for_plain_Monte_Carlo_is_refused()
    {
        using var transformer = VaeTransformer.From(
            _mlContext, Path.Combine(TestData.RepositoryRoot, "tests", "MLNet.Vae.Tests", "Reference", "hierarchical.onnx"));
        var view = SampleData.View(_mlContext, SampleData.Rows(1));
        Assert.Equal(
            "This model was saved by an earlier version of this package, without the graph that plain Monte Carlo needs. Train or export "
            + "it anew, or draw from the posterior.",
            Refusal.Expect(() => transformer.LogLikelihood(view, 1, Seed, VaeProposal.Prior), "a model").Message);
        Assert.StartsWith(
            "The proposal must be one of Posterior, Prior. (Parameter 'proposal')",
            Refusal.Expect(() => transformer.LogLikelihood(view, 1, Seed, (VaeProposal)2), "a proposal").Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Every_pass_gives_the_same_bits_in_any_order_and_by_several_cursors()
    {
        using var transformer = new VaeTransformer(_mlContext, SampleModels.Embedder(), new());
        var source = new ProbeView(SampleData.View(_mlContext, SampleData.Rows(40)));
        var view = transformer.LogLikelihood(source, 150, Seed);
        var expected = Read(view.GetRowCursor(view.Schema));

        Assert.Equal(expected, Read(view.GetRowCursor(view.Schema)));
        Assert.Equal(expected, Read(view.GetRowCursor(view.Schema, new Random(3))));
        Assert.Equal(expected, view.GetRowCursorSet(view.Schema, 3).AsParallel().SelectMany(Read).ToDictionary());
        Assert.Equal(expected, Read(_mlContext.Data.Cache(view).GetRowCursor(view.Schema)));
        using var byOne = transformer.WithScoring(new() { BlockSize = 1, Threads = 1 });
        view = byOne.LogLikelihood(source, 150, Seed);
        Assert.Equal(expected, Read(view.GetRowCursor(view.Schema)));
        Assert.Equal(0, source.OpenCursors);
    }

    [Fact]
    public void Another_seed_and_another_row_have_other_samples()
    {
        using var transformer = new VaeTransformer(_mlContext, SampleModels.Embedder(), new());
        float[][] twice = [.. Enumerable.Repeat(SampleData.Dense(new Random(1), SampleModels.Features), 2)];
        var rows = SampleData.Features(_mlContext, twice, SampleModels.Features);
        float[] all =
        [
            .. new[] { 0, 1, -1, int.MinValue }.SelectMany(seed =>
                transformer.LogLikelihood(rows, 10, seed).GetColumn<float>("LogLikelihood")
            ),
        ];
        Assert.Equal(all.Distinct(), all);
    }

    [Fact]
    public void A_saved_model_gives_the_same_values()
    {
        var source = SampleData.View(_mlContext, SampleData.Rows(20));
        using var transformer = new VaeTransformer(_mlContext, SampleModels.Embedder(), new());
        var expected = transformer.LogLikelihood(source, 100, Seed);
        using var folder = new TemporaryFolder();
        transformer.ExportOnnx(folder.Path);

        foreach (var columns in new[] { SampleModels.EmbeddingColumns, SampleModels.AllColumns with { PredictedLabel = null } })
        {
            using var saved = transformer.WithColumns(columns);
            using var fromZip = VaeTransformer.From(_mlContext, SavedModel.RoundTrip(saved, source.Schema));
            ViewAssert.SameRows(expected, fromZip.LogLikelihood(source, 100, Seed), _ => true);
            Assert.Equal(
                saved.Model.ToRun(GraphInterface.Importance, TensorNames.LogWeight),
                fromZip.Model.ToRun(GraphInterface.Importance, TensorNames.LogWeight)
            );
        }
        using var fromOnnx = VaeTransformer.From(_mlContext, Path.Combine(folder.Path, "scorer.onnx"));
        ViewAssert.SameRows(expected, fromOnnx.LogLikelihood(source, 100, Seed), _ => true);
        ViewAssert.SameRows(
            transformer.LogLikelihood(source, 100, Seed, VaeProposal.Prior),
            fromOnnx.LogLikelihood(source, 100, Seed, VaeProposal.Prior),
            _ => true
        );
    }

    [Fact]
    public void The_scorer_does_not_run_what_only_the_log_likelihood_needs()
    {
        foreach (var graph in Enum.GetValues<VaeGraph>())
        {
            var file = ModelProto.Parser.ParseFrom(SampleModels.Embedder().ToOnnx(graph));
            Assert.DoesNotContain(file.Graph.Node, n => n.Name.StartsWith("importance/", StringComparison.Ordinal));
            Assert.DoesNotContain(file.Graph.Node, n => n.Name.StartsWith("density/", StringComparison.Ordinal));
            Assert.Equal(graph == VaeGraph.Scorer, file.MetadataProps.Any(e => e.Key == MetadataKeys.Rest));
        }
    }

    [Fact]
    public void Other_columns_pass_through_and_rows_cost_nothing_until_they_are_asked_for()
    {
        var rows = SampleData.Rows(10);
        var source = new ProbeView(SampleData.View(_mlContext, rows));
        using var transformer = new VaeTransformer(_mlContext, SampleModels.Embedder(), new());
        var view = transformer.LogLikelihood(source, VaeTransformer.MaximumImportanceSamples, Seed);

        Assert.Equal(
            [.. source.Schema.Select(c => c.Name), "LogLikelihood", "LogLikelihoodStandardError"],
            view.Schema.Select(c => c.Name)
        );
        Assert.Equal(NumberDataViewType.Single, view.Schema["LogLikelihood"].Type);
        Assert.Equal((0, 10L), (source.CursorsMade, view.GetRowCount()));
        Assert.Equal(rows.Select(r => r.Name), view.GetColumn<string>("Name"));
        Assert.Equal(["Name"], source.ColumnsAsked.Single());
        using var cursor = view.GetRowCursor(view.Schema);
        var number = cursor.GetGetter<int>(view.Schema["Number"]);
        while (cursor.MoveNext())
        {
            var value = -1;
            number(ref value);
            Assert.Equal(cursor.Position, value);
        }
    }

    [Fact]
    public void There_is_no_value_before_the_first_row_nor_after_the_last()
    {
        using var transformer = new VaeTransformer(_mlContext, SampleModels.Embedder(), new());
        var view = transformer.LogLikelihood(SampleData.View(_mlContext, SampleData.Rows(1)), 1, Seed);
        using var cursor = view.GetRowCursor([view.Schema["LogLikelihood"]]);
        var getter = cursor.GetGetter<float>(view.Schema["LogLikelihood"]);
        var value = 0f;
        Refusal.Expect(() => getter(ref value), "a value before the first row");
        Refusal.Expect(() => cursor.GetGetter<float>(view.Schema["LogLikelihoodStandardError"]), "a column that is not active");
        Refusal.Expect(() => cursor.GetGetter<double>(view.Schema["LogLikelihood"]), "another type");
        Assert.True(cursor.MoveNext());
        getter(ref value);
        Assert.False(cursor.MoveNext());
        Refusal.Expect(() => getter(ref value), "a value after the last row");
    }

    [Fact]
    public void A_row_that_is_not_finite_is_refused_or_has_NaN()
    {
        float[][] rows = [new float[SampleModels.Features], [0, 0, float.NaN, 0, 0, 0]];
        var source = SampleData.Features(_mlContext, rows, SampleModels.Features);
        using var strict = new VaeTransformer(_mlContext, SampleModels.Embedder(), new());
        Refusal.Expect(() => GC.KeepAlive(strict.LogLikelihood(source, 2, Seed).GetColumn<float>("LogLikelihood").ToArray()), "NaN");

        using var lenient = strict.WithScoring(new() { NonFiniteInput = NonFiniteHandling.ReturnNaN });
        var found = lenient.LogLikelihood(source, 2, Seed);
        Assert.Equal([true, false], found.GetColumn<float>("LogLikelihood").Select(float.IsFinite));
        Assert.Equal([true, false], found.GetColumn<float>("LogLikelihoodStandardError").Select(float.IsFinite));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1_000_001)]
    public void The_number_of_samples_has_a_range(int samples)
    {
        using var transformer = new VaeTransformer(_mlContext, SampleModels.Embedder(), new());
        var view = SampleData.View(_mlContext, SampleData.Rows(1));
        var error = Refusal.Expect(() => transformer.LogLikelihood(view, samples, Seed), "a number of samples");
        Assert.StartsWith(
            "The number of importance samples must be from 1 to 1000000. (Parameter 'importanceSamples')",
            error.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void An_encoder_alone_has_no_likelihood()
        => Refused(
            VaeModel.Load(new MemoryStream(SampleModels.Embedder().ToOnnx(VaeGraph.Encoder))),
            "This model was loaded from an encoder alone; a log-likelihood needs the decoder. Load scorer.onnx or the model.zip instead.");

    [Fact]
    public void A_plain_autoencoder_has_no_likelihood()
    {
        var kind = new RandomNetwork();
        var network = kind.Network();
        network = network with { Latent = new DeterministicPosterior(((GaussianPosterior)network.Latent).Mean, null) };
        Refused(
            VaeModel.Create(network, kind.Info with { LatentKind = VaeLatentKind.Deterministic }),
            "A model with a Deterministic latent variable gives no log-likelihood: it has no density p(x). "
                + "Train one with a Gaussian latent variable, or use the score.");
    }

    private void Refused(VaeModel model, string message)
    {
        using var transformer = new VaeTransformer(_mlContext, model, new());
        var view = SampleData.View(_mlContext, SampleData.Rows(1));
        Assert.Equal(message, Refusal.Expect(() => transformer.LogLikelihood(view, 1, Seed), "a model").Message);
    }

    private (float LogLikelihood, float StandardError)[] Estimates(
        VaeModel model, float[][] rows, int importanceSamples, VaeProposal proposal = VaeProposal.Posterior)
    {
        using var transformer = new VaeTransformer(_mlContext, model, new());
        var data = SampleData.Features(_mlContext, rows, rows[0].Length);
        return Columns(transformer.LogLikelihood(data, importanceSamples, Seed, proposal));
    }

    private static (float LogLikelihood, float StandardError)[] Columns(IDataView view) =>
        [.. view.GetColumn<float>("LogLikelihood").Zip(view.GetColumn<float>("LogLikelihoodStandardError"))];

    private static Dictionary<int, (float, float)> Read(DataViewRowCursor cursor)
    {
        using var _ = cursor;
        var number = cursor.GetGetter<int>(cursor.Schema["Number"]);
        var logLikelihood = cursor.GetGetter<float>(cursor.Schema["LogLikelihood"]);
        var standardError = cursor.GetGetter<float>(cursor.Schema["LogLikelihoodStandardError"]);
        var rows = new Dictionary<int, (float, float)>();
        while (cursor.MoveNext())
        {
            var (n, l, e) = (0, 0f, 0f);
            number(ref n);
            logLikelihood(ref l);
            standardError(ref e);
            rows.Add(n, (l, e));
        }

        return rows;
    }
}
