using MLNet.Vae.Tests.Estimators;
using MLNet.Vae.Tests.Kit;
using Microsoft.ML;

namespace MLNet.Vae.Tests.Docs;

/// <summary>The lines shown in the documentation.</summary>
public sealed class SemiSupervisedExample
{
    [Fact]
    public void Few_labels_tell_classes_apart()
    {
        var mlContext = new MLContext(seed: 1);
        var data = SemiSupervisedRows.View(mlContext, SemiSupervisedRows.Create(1_200, labelledPerClass: 8));
        var unseen = SemiSupervisedRows.View(mlContext, SemiSupervisedRows.Create(300, 0, seed: 2));
        using var directory = new TemporaryDirectory();
        var path = directory.File("classifier.zip");

        var trainer = mlContext.MulticlassClassification.Trainers.VaeSemiSupervised(new VaeSemiSupervisedOptions
        {
            Latent = VaeLatent.SemiSupervised(dimension: 2),
            Likelihood = VaeLikelihood.Bernoulli,
            Training = new() { Epochs = 30, BatchSize = 64, LearningRate = 0.005, Seed = 1, ValidationFraction = 0 },
        });
        using var classifier = trainer.Fit(data);                        // rows whose Label is missing are trained on too
        mlContext.Model.Save(classifier, data.Schema, path);
        var predicted = mlContext.Model.Load(path, out _).Transform(unseen);
        var metrics = mlContext.MulticlassClassification.Evaluate(predicted, "Kind");

        Assert.True(metrics.MicroAccuracy > 0.9, $"{metrics.MicroAccuracy}");
    }
}
