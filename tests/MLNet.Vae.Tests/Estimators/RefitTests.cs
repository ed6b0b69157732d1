using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Modules;
using MLNet.Vae.Tests.Kit;

namespace MLNet.Vae.Tests.Estimators;

public class RefitTests
{
    private readonly MLContext _mlContext = new(seed: 1);

    [Fact]
    public void A_second_fit_leaves_the_first_model_as_it_was()
    {
        var data = FactorRows.View(_mlContext, 100);
        var estimator = _mlContext.Transforms.VaeEmbed(TinyVae.Options);
        using var first = estimator.Fit(data);
        var bytes = first.Model.ToOnnx(VaeGraph.Scorer);
        var embedding = first.Transform(data).GetColumn<float[]>("Embedding").ToArray();

        using (var second = estimator.Fit(FactorRows.View(_mlContext, 100, seed: 2)))
        {
            WeightsAssert.Differ(first.Model, second.Model);
        }

        Assert.Equal(bytes, first.Model.ToOnnx(VaeGraph.Scorer));
        Assert.Equal(embedding, first.Transform(data).GetColumn<float[]>("Embedding"));
    }

    [Fact]
    public void A_second_fit_of_the_same_rows_gives_the_same_weights()
    {
        var data = FactorRows.View(_mlContext, 100);
        var estimator = _mlContext.Transforms.VaeEmbed(TinyVae.Options with { Training = TinyVae.Training with { Seed = null } });
        using var first = estimator.Fit(data);
        using var second = estimator.Fit(data);
        WeightsAssert.Same(first.Model, second.Model);
    }

    [Fact]
    public void Each_fold_of_a_cross_validation_has_a_model_of_its_own()
    {
        var data = FactorRows.View(_mlContext, 150);
        var estimator = _mlContext.Transforms.VaeEmbed(TinyVae.Options);
        var folds = _mlContext.Data.CrossValidationSplit(data, numberOfFolds: 3)
            .Select(fold => (Transformer: estimator.Fit(fold.TrainSet), fold.TrainSet, fold.TestSet)).ToArray();

        Assert.Equal(3, folds.Length);
        for (var i = 0; i < folds.Length; i++)
        {
            WeightsAssert.Differ(folds[i].Transformer.Model, folds[(i + 1) % folds.Length].Transformer.Model);
            using var alone = estimator.Fit(folds[i].TrainSet);
            WeightsAssert.Same(alone.Model, folds[i].Transformer.Model);
            ViewAssert.SameRows(alone.Transform(folds[i].TestSet), folds[i].Transformer.Transform(folds[i].TestSet), _ => true);
        }

        foreach (var (transformer, _, _) in folds)
        {
            transformer.Dispose();
        }
    }

    [Fact]
    public async Task Two_fits_at_once_give_the_weights_of_one_after_the_other()
    {
        VaeTransformer Fit(int seed)
        {
            var training = TinyVae.Training with { Seed = seed, Epochs = 10 };
            return _mlContext.Transforms.VaeEmbed(TinyVae.Options with { Training = training }).Fit(FactorRows.View(_mlContext, 200, seed));
        }

        using var first = Fit(1);
        using var second = Fit(2);
        var atOnce = await Task.WhenAll(Task.Run(() => Fit(1)), Task.Run(() => Fit(2)));
        WeightsAssert.Same(first.Model, atOnce[0].Model);
        WeightsAssert.Same(second.Model, atOnce[1].Model);
        foreach (var transformer in atOnce)
        {
            transformer.Dispose();
        }
    }

    [Fact]
    public async Task One_estimator_fits_on_two_threads_at_once()
    {
        var estimator = _mlContext.AnomalyDetection.Trainers.Vae(TinyVae.AnomalyOptions);
        var data = FactorRows.View(_mlContext, 200);
        using var alone = estimator.Fit(data);
        var atOnce = await Task.WhenAll(Task.Run(() => estimator.Fit(data)), Task.Run(() => estimator.Fit(data)));
        foreach (var transformer in atOnce)
        {
            WeightsAssert.Same(alone.Model, transformer.Model);
            Assert.Equal(alone.Threshold, transformer.Threshold);
            transformer.Dispose();
        }
    }
}
