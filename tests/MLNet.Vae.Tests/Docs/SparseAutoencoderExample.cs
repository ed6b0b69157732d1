using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Tests.Estimators;
using MLNet.Vae.Tests.Kit;

namespace MLNet.Vae.Tests.Docs;

/// <summary>The lines shown in the documentation.</summary>
public sealed class SparseAutoencoderExample
{
    [Fact]
    public void Runs_as_it_stands()
    {
        var mlContext = new MLContext(seed: 1);
        var data = FactorRows.View(mlContext, 500);

        var options = new VaeOptions
        {
            Architecture = VaeArchitecture.Mlp(32),
            Latent = VaeLatent.Deterministic(20) with { Activation = Activation.Sigmoid, Sparsity = VaeSparsity.KlToTarget(rho: 0.1, weight: 50) },
            Training = new() { Epochs = 100, LearningRate = 0.005, Seed = 1 },
        };
        using var sparse = mlContext.Transforms.VaeEmbed(options).Fit(data);
        var codes = sparse.Transform(data);
        var penalty = sparse.Model.Info.Training!.Best.Penalty;
        mlContext.Model.Save(sparse, data.Schema, "sparse.zip");

        try
        {
            ViewAssert.SameRows(codes, mlContext.Model.Load("sparse.zip", out _).Transform(data), _ => true);
        }
        finally
        {
            File.Delete("sparse.zip");
        }
        Assert.Equal(0.1, codes.GetColumn<float[]>("Embedding").Average(code => code.Average()), 0.01);
        Assert.True(penalty > 0);
    }
}
