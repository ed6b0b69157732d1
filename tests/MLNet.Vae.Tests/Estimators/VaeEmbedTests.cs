using MLNet.Vae.Modules;
using MLNet.Vae.Tests.Kit;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Tests.Estimators;

public class VaeEmbedTests
{
    private readonly MLContext _mlContext = new(seed: 1);

    [Fact]
    public void Works_as_it_stands()
    {
        // Twenty epochs of one batch: the least that no options ask for.
        using var transformer = _mlContext.Transforms.VaeEmbed().Fit(FactorRows.View(_mlContext, 50));
        var view = transformer.Transform(FactorRows.View(_mlContext, 10));
        Assert.Equal(["Features", "Embedding", "EmbeddingLogSigma"], view.Schema.Select(column => column.Name));
        Assert.Equal(new VectorDataViewType(NumberDataViewType.Single, 8), view.Schema["Embedding"].Type);
        Assert.All(view.GetColumn<float[]>("Embedding").SelectMany(row => row), value => Assert.True(float.IsFinite(value)));
    }

    [Fact]
    public void Every_argument_arrives()
    {
        var data = SampleData.Features(_mlContext, FactorRows.Create(50), FactorRows.Features, "Wide");
        using var transformer = _mlContext.Transforms.VaeEmbed("Narrow", "Wide", latentDimension: 3, epochs: 2, seed: 5).Fit(data);
        Assert.Equal(["Wide", "Narrow", "NarrowLogSigma"], transformer.GetOutputSchema(data.Schema).Select(column => column.Name));
        Assert.Equal((3, 2, 5), (transformer.Model.Info.LatentDimension, transformer.History().Epochs.Count, transformer.History().Seed));
    }

    [Fact]
    public void Columns_are_added_under_the_names_of_the_options_in_a_fixed_order()
    {
        var options = TinyVae.Options with
        {
            OutputColumnName = "Mean",
            LogSigmaColumnName = "Spread",
            ReconstructionColumnName = "Again",
            ScoreColumnName = "Oddity",
            ContributionsColumnName = "Blame",
        };
        var data = FactorRows.View(_mlContext, 50);
        using var transformer = _mlContext.Transforms.VaeEmbed(options).Fit(data);
        Assert.Equal(
            ["Features", "Mean", "Spread", "Again", "Blame", "Oddity"],
            transformer.GetOutputSchema(data.Schema).Select(column => column.Name));
    }

    [Fact]
    public void Log_sigma_can_be_left_out()
    {
        var data = FactorRows.View(_mlContext, 50);
        using var transformer = _mlContext.Transforms.VaeEmbed(TinyVae.Options with { LogSigma = false }).Fit(data);
        Assert.Equal(["Features", "Embedding"], transformer.GetOutputSchema(data.Schema).Select(column => column.Name));
    }

    [Fact]
    public void The_model_says_what_it_was_made_of()
    {
        var options = TinyVae.Options with
        {
            Architecture = VaeArchitecture.Mlp(8, 4) with { Activation = Activation.Gelu, LayerNorm = true, Dropout = 0.1 },
            Likelihood = VaeLikelihood.GaussianWithSigma(0.5),
            Normalization = VaeNormalization.MinMax,
            ScoreColumnName = "Score",
            ScoreKind = VaeScoreKind.NegativeElbo,
        };
        var rows = SampleData.View(_mlContext, SampleData.Rows(50), SampleData.SlotNames);
        using var transformer = _mlContext.Transforms.VaeEmbed(options).Fit(rows);
        var info = transformer.Model.Info;
        Assert.Equal(
            ("mlp 8-4 gelu layer-norm dropout 0.1", "gaussian", "min-max"),
            (info.Architecture, info.Likelihood, info.Normalization)
        );
        Assert.Equal((6, TinyVae.Latents, 0.5), (info.FeatureCount, info.LatentDimension, info.DecoderSigma));
        Assert.Equal(SampleData.SlotNames, info.FeatureNames);
        Assert.Equal(VaeScoreKind.NegativeElbo, info.ScoreKind);
        Assert.Equal((null, null), (info.Threshold, info.Contamination));
        Assert.Equal(
            new VaeColumns { Features = "Features", Embedding = "Embedding", LogSigma = "EmbeddingLogSigma", Score = "Score" },
            info.Columns);
    }

    [Fact]
    public void Dense_and_sparse_rows_of_the_same_values_give_the_same_weights()
    {
        var rows = SampleData.Rows(60);
        using var mixed = _mlContext.Transforms.VaeEmbed(TinyVae.Options).Fit(SampleData.View(_mlContext, rows));
        using var dense = _mlContext.Transforms.VaeEmbed(TinyVae.Options)
            .Fit(FactorRows.View(_mlContext, rows.Select(row => row.Features.DenseValues().ToArray())));
        WeightsAssert.Same(mixed.Model, dense.Model);
    }

    [Theory]
    [InlineData("linear")]
    [InlineData("bernoulli")]
    [InlineData("layer norm and dropout")]
    public void Embeds_rows_whatever_the_model_is_composed_of(string kind)
    {
        var options = kind switch
        {
            "linear" => TinyVae.Options with { Architecture = VaeArchitecture.Linear },
            "bernoulli" => TinyVae.Options with { Likelihood = VaeLikelihood.Bernoulli, Normalization = VaeNormalization.MinMax },
            _ => TinyVae.Options with
            {
                Architecture = VaeArchitecture.Mlp(8) with { LayerNorm = true, Dropout = 0.2, Activation = Activation.Tanh },
            },
        };
        var estimator = _mlContext.Transforms.VaeEmbed(options with { ReconstructionColumnName = "Reconstruction" });
        var data = FactorRows.View(_mlContext, 100);
        Workout.Run(estimator, data, []);
        using var transformer = estimator.Fit(data);
        Assert.True(transformer.Transform(data).GetColumn<float[]>("Embedding").Select(row => row[0]).Distinct().Count() > 1);
    }

    [Fact]
    public void Null_options_are_refused()
    {
        Assert.Throws<ArgumentNullException>(() => _mlContext.Transforms.VaeEmbed((VaeOptions)null!));
        Assert.Throws<ArgumentNullException>(() => _mlContext.AnomalyDetection.Trainers.Vae((VaeAnomalyOptions)null!));
    }
}
