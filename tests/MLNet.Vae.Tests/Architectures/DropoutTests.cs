using MLNet.Vae.Architectures;
using MLNet.Vae.Data;
using MLNet.Vae.Modules;
using MLNet.Vae.Objectives;
using MLNet.Vae.Tests.Data;
using MLNet.Vae.Training;
using static TorchSharp.torch;

namespace MLNet.Vae.Tests.Architectures;

/// <summary>Units are left out in training, and in training alone.</summary>
public sealed class DropoutTests
{
    private const double Share = 0.25;

    private static readonly VaeOptions Options = new()
    {
        Architecture = VaeArchitecture.Mlp(16) with { Dropout = Share },
        Latent = VaeLatent.Gaussian(2),
    };

    [Fact]
    public void A_share_of_the_units_is_zero_and_the_others_make_up_for_them()
    {
        const int Units = 400, Rows = 100;
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var random = new Generator(1);
        using var parameters = new ParameterVector(CPU);
        var style = new MlpArchitecture { Activation = Activation.Sigmoid, Dropout = Share };
        var mlp = new Mlp(3, condition: 0, [Units], style, outputs: null, parameters, random);
        parameters.Build();
        var x = randn([Rows, 3], generator: random);

        var (whole, dropped) = (mlp.Forward(x, null, dropout: null).ToArray(), mlp.Forward(x, null, random).ToArray());

        // A sigmoid is never 0 by itself. The share of 40,000 units is within 5 standard errors, of √(p(1 − p)/n).
        Assert.InRange(dropped.Count(value => value == 0) / (double)dropped.Length, Share - 0.011, Share + 0.011);
        for (var i = 0; i < whole.Length; i++)
            Assert.True(dropped[i] == 0 || Math.Abs(dropped[i] - whole[i] / (1 - Share)) < 1e-5, $"unit {i}: {dropped[i]} of {whole[i]}");
    }

    [Fact]
    public void A_step_of_training_leaves_units_out()
    {
        using var rows = Load();
        Assert.NotEqual(FirstLoss(rows, Share), FirstLoss(rows, 1e-12), 1e-3);
        Assert.Equal(FirstLoss(rows, 1e-12), FirstLoss(rows, 1e-13), 1e-6);
    }

    [Fact]
    public void What_is_judged_has_all_of_its_units()
    {
        using var rows = Load();
        using var learner = NewLearner(rows, Options);
        learner.Step(rows.HeldOut, learningRate: 0.001);

        var (first, second) = (Judged(), Judged());

        Assert.Equal(first.Reconstruction, second.Reconstruction);
        Assert.Equal(first.KlPerDimension, second.KlPerDimension);

        Evaluation Judged() => Evaluator.Of(learner.Module, rows, rows.HeldOut, corruption: null, seed: 1);
    }

    private static double FirstLoss(TrainingRows rows, double dropout)
    {
        using var learner = NewLearner(rows, Options with { Architecture = VaeArchitecture.Mlp(16) with { Dropout = dropout } });
        return learner.Step(rows.HeldOut, learningRate: 0.001)!.Value.Reconstruction / rows.HeldOut.size(0);
    }

    private static Learner NewLearner(TrainingRows rows, VaeOptions options)
        => new(options, 1, rows, new TrainingObjective(options.Objective, rows.Layout.Reconstructed));

    private static TrainingRows Load()
    {
        var random = new Random(1);
        float[][] rows = [.. Enumerable.Range(0, 100).Select(_ => new[] { random.NextSingle(), random.NextSingle(), random.NextSingle() })];
        return new TrainingRowsLoader(new ArraySource(rows), Options, seed: 1, CPU).Load();
    }
}
