using MLNet.Vae.Graphs;
using MLNet.Vae.Modules;
using MLNet.Vae.Tests.Training;

namespace MLNet.Vae.Tests.Latents;

/// <summary>Codes of which most values are near zero.</summary>
public sealed class SparseAutoencoderTests
{
    private const int Features = 12, Units = 30;

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.2)]
    public void Mean_activation_comes_to_the_target(double rho)
    {
        var rows = DictionaryRows(count: 1_000, noise: 0.05, seed: 1);
        var code = TrainedGraph.Codes(Train(rows, Activation.Sigmoid, VaeSparsity.KlToTarget(rho, weight: 2_000)), rows);

        Assert.Equal(rho, code.Average(row => row.Average(z => (double)z)), 0.1 * rho);
    }

    [Theory]
    [InlineData("L1", 1)]
    [InlineData("L2", 10)]
    public void Share_of_zeros_rises_with_the_weight(string kind, double weight)
    {
        var rows = DictionaryRows(count: 1_000, noise: 0.05, seed: 1);
        var shares = new double[] { 0, 1, 10 }
            .Select(times => ShareOfZeros(Train(rows, Activation.Relu, Sparsity(times * weight))))
            .ToArray();

        Assert.All(shares.Zip(shares.Skip(1)), pair => Assert.True(pair.Second > pair.First, string.Join(", ", shares)));

        VaeSparsity? Sparsity(double weight) => weight == 0 ? null : kind == "L1" ? VaeSparsity.L1(weight) : VaeSparsity.L2(weight);
        double ShareOfZeros(TrainedVae network) => TrainedGraph.Codes(network, rows).Average(row => row.Count(z => z == 0) / (double)Units);
    }

    [Fact]
    public void An_over_complete_code_does_not_learn_the_identity()
    {
        var rows = DictionaryRows(count: 1_000, noise: 0.05, seed: 1);
        var alike = DictionaryRows(count: 200, noise: 0.05, seed: 2);
        var random = new Random(3);
        var others = alike.Select(row =>
        {
            // As long as the row, in any direction.
            var direction = Enumerable.Range(0, Features).Select(_ => Trainer.Normal(random)).ToArray();
            var scale = Length(row) / Math.Sqrt(direction.Sum(d => d * d));
            return direction.Select(d => (float)(d * scale)).ToArray();
        }).ToArray();

        var plain = Train(rows, activation: null, sparsity: null);
        Assert.InRange(ShareLost(plain, others), 0, 0.05);

        var sparse = Train(rows, Activation.Relu, VaeSparsity.L1(10));
        Assert.InRange(ShareLost(sparse, alike), 0, 0.15);
        Assert.InRange(ShareLost(sparse, others), 0.3, 1);

        static double ShareLost(TrainedVae network, float[][] rows) =>
            TrainedGraph.Error(network, rows) / rows.Average(row => Math.Pow(Length(row), 2));
    }

    private static TrainedVae Train(float[][] rows, Activation? activation, VaeSparsity? sparsity) => Trainer.Train(rows, new()
    {
        Architecture = VaeArchitecture.Linear,
        Latent = VaeLatent.Deterministic(Units) with { Activation = activation, Sparsity = sparsity },
        Likelihood = VaeLikelihood.GaussianWithSigma(0.1),
        Normalization = VaeNormalization.None,
        Training = new()
        {
            Initialization = VaeInitialization.Random,
            Epochs = 40,
            BatchSize = 64,
            LearningRate = 0.01,
            ValidationFraction = 0,
        },
    }).Network;

    /// <summary>Each row a few of the atoms of a dictionary, and a little noise, so that the rows fill all their dimensions.</summary>
    private static float[][] DictionaryRows(int count, double noise, int seed)
    {
        const int atoms = 8, chosen = 2;
        var dictionary = new Random(0);
        var atom = Enumerable
            .Range(0, atoms)
            .Select(_ => Enumerable.Range(0, Features).Select(_ => Trainer.Normal(dictionary)).ToArray())
            .ToArray();
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            var row = Enumerable.Range(0, Features).Select(_ => noise * Trainer.Normal(random)).ToArray();
            for (var i = 0; i < chosen; i++)
            {
                var (which, much) = (random.Next(atoms), 0.5 + random.NextDouble());
                for (var j = 0; j < Features; j++)
                    row[j] += much * atom[which][j] / Math.Sqrt(Features);
            }
            return row.Select(value => (float)value).ToArray();
        })];
    }

    private static double Length(float[] row) => Math.Sqrt(row.Sum(value => (double)value * value));
}
