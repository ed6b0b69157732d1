using Microsoft.ML;
using MLNet.Vae.Modules;
using MLNet.Vae.Tests.Estimators;

namespace MLNet.Vae.Tests.Options;

/// <summary>A change of a default changes what everybody's code does: it is made here too, or not at all.</summary>
public class DefaultsTests
{
    [Theory]
    [InlineData(typeof(VaeOptions))]
    [InlineData(typeof(VaeAnomalyOptions))]
    [InlineData(typeof(VaeClusterOptions))]
    [InlineData(typeof(VaeFleetOptions))]
    [InlineData(typeof(VaeHostingOptions))]
    [InlineData(typeof(VaeSemiSupervisedOptions))]
    [InlineData(typeof(VaeSeriesOptions))]
    [InlineData(typeof(VaeTableOptions))]
    public void Of_options_are_the_approved_ones(Type options)
    {
        var approved = Path.Combine(TestData.RepositoryRoot, "tests", "MLNet.Vae.Tests", "Options", $"{options.Name}.approved.txt");
        var received = Path.Combine(AppContext.BaseDirectory, $"{options.Name}.received.txt");
        var text = OptionText.Of(Activator.CreateInstance(options)!);
        File.WriteAllText(received, text);
        Assert.True(
            text == File.ReadAllText(approved),
            $"The defaults of {options.Name} are not the approved ones. If the change is meant, approve it:\n  cp \"{received}\" "
            + $"\"{approved}\""
        );
    }

    [Fact]
    public void Of_the_choices_on_each_axis()
    {
        Assert.Equal(new MlpArchitecture(), VaeArchitecture.Mlp());
        Assert.Equal([3, 2], VaeArchitecture.Mlp(3, 2).HiddenSizes.ToArray());
        Assert.Equal(VaeArchitecture.Mlp() with { HiddenSizes = [3, 2] }, VaeArchitecture.Mlp(3, 2));
        Assert.IsType<LinearArchitecture>(VaeArchitecture.Linear);
        Assert.Equal(new GaussianLatent(), VaeLatent.Gaussian(8));
        Assert.Equal(
            new VectorQuantizedLatent
            {
                CodebookSize = 512,
                CodeDimension = 8,
                Codes = 1,
                Commitment = 0.25,
                Decay = 0.99,
                DeadCodeThreshold = 0.1,
            },
            new VectorQuantizedLatent()
        );
        Assert.Equal(new VectorQuantizedLatent(), VaeLatent.VectorQuantized(512, 8));
        Assert.Equal(new GaussianLikelihood(), VaeLikelihood.Gaussian);
        Assert.Equal(new GaussianLikelihood { Sigma = 2 }, VaeLikelihood.GaussianWithSigma(2));
        Assert.Equal(new GaussianLikelihood { Sigma = Math.Sqrt(0.5) }, VaeLikelihood.SquaredError);
        Assert.Equal(new GaussianUnitIntervalLikelihood(), VaeLikelihood.GaussianUnitInterval);
        Assert.Equal(new BernoulliLikelihood(), VaeLikelihood.Bernoulli);
        Assert.Equal(new CategoricalLikelihood(), VaeLikelihood.Categorical);
        Assert.Equal(new GaussianPerFeatureLikelihood(), VaeLikelihood.GaussianPerFeature);
        Assert.Equal(new GaussianPerRowLikelihood(), VaeLikelihood.GaussianPerRow);
        Assert.Equal(new PoissonLikelihood(), VaeLikelihood.Poisson);
        Assert.Equal(new NegativeBinomialLikelihood { DispersionPerFeature = true }, VaeLikelihood.NegativeBinomial);
        Assert.Equal(new StudentTLikelihood(), VaeLikelihood.StudentT());
        Assert.Equal(new StudentTLikelihood { DegreesOfFreedom = 3 }, VaeLikelihood.StudentT(3));
        var mixed = VaeLikelihood.Mixed(("Size", 2, VaeLikelihood.Gaussian), ("Colour", 3, VaeLikelihood.Categorical));
        Assert.Equal(VaeLikelihood.Mixed(("Size", 2, VaeLikelihood.Gaussian), ("Colour", 3, VaeLikelihood.Categorical)), mixed);
        Assert.Equal([new("Size", 0, 2, VaeLikelihood.Gaussian), new("Colour", 2, 3, VaeLikelihood.Categorical)], mixed.Parts.ToArray());
    }

    [Fact]
    public void Of_the_catalog_are_those_of_the_options()
    {
        var mlContext = new MLContext(seed: 1);
        var data = FactorRows.View(mlContext, 30);
        using var embedding = mlContext.Transforms.VaeEmbed(epochs: 1, seed: 1).Fit(data);
        using var embeddingByOptions = mlContext
            .Transforms.VaeEmbed(
                new VaeOptions
                {
                    Training = new() { Epochs = 1, Seed = 1 },
                }
            )
            .Fit(data);
        WeightsAssert.Same(embedding.Model, embeddingByOptions.Model);
        Assert.Equal(embedding.Model.Info.Columns, embeddingByOptions.Model.Info.Columns);

        using var anomaly = mlContext.AnomalyDetection.Trainers.Vae(epochs: 1, seed: 1).Fit(data);
        using var anomalyByOptions = mlContext.AnomalyDetection.Trainers
            .Vae(new VaeAnomalyOptions { Training = new() { Epochs = 1, Seed = 1 } })
            .Fit(data);
        WeightsAssert.Same(anomaly.Model, anomalyByOptions.Model);
        Assert.Equal(anomaly.Model.Info.Columns, anomalyByOptions.Model.Info.Columns);
        Assert.Equal(anomaly.Threshold, anomalyByOptions.Threshold);
    }

    [Theory]
    [InlineData(1, 1_000, 1_000)]
    [InlineData(100, 1_000, 1_000)]
    [InlineData(12_800, 80, 10)]
    [InlineData(1_280_000, 20, 10)]
    public void Of_epochs_and_patience_depend_on_the_number_of_rows(long rows, int epochs, int patience)
        => Assert.Equal(new Vae.Training.TrainingPlan(epochs, patience), Vae.Training.TrainingPlan.For(new(), rows));

    [Theory]
    [InlineData("Gaussian", "standardize")]
    [InlineData("Bernoulli", "none")]
    public void Of_the_normalization_depend_on_the_likelihood(string likelihood, string normalization)
    {
        var mlContext = new MLContext(seed: 1);
        var options = TinyVae.Options with { Likelihood = likelihood == "Gaussian" ? VaeLikelihood.Gaussian : VaeLikelihood.Bernoulli };
        var rows = FactorRows.Create(30).Select(row => row.Select(value => value > 0 ? 1f : 0f).ToArray());
        using var transformer = mlContext.Transforms.VaeEmbed(options).Fit(FactorRows.View(mlContext, rows));
        Assert.Equal(normalization, transformer.Model.Info.Normalization);
    }
}
