using MLNet.Vae.CodePriors;
using MLNet.Vae.Tests.Estimators;
using MLNet.Vae.Tests.Generation;
using MLNet.Vae.Training;
using static TorchSharp.torch;

namespace MLNet.Vae.Tests.CodePriors;

/// <summary>What is fitted is what goes together.</summary>
public sealed class CodePriorFitTests
{
    private const int Entries = GeneratorModels.CodebookSize, Codes = GeneratorModels.Codes;
    private const double Stays = 0.9;

    /// <summary>
    /// Of a chain whose first code is uniform and each other the one after the last with probability 0.9, else any of the others: entropy
    /// ln 5 + 2 (−0.9 ln 0.9 − 0.1 ln 0.025).
    /// </summary>
    [Fact]
    public void A_chain_is_learned_to_its_entropy()
    {
        using var rows = Chain(2_000, 1);
        using var heldOut = Chain(500, 2);
        var entropy = Math.Log(Entries) + ((Codes - 1) * -((Stays * Math.Log(Stays)) + ((1 - Stays) * Math.Log((1 - Stays) / 4))));

        var (network, info) = Fit(new() { Units = 16, Epochs = 40 }).Run(GeneratorModels.Quantized, rows, heldOut);

        Assert.InRange(info.HeldOutNats!.Value, 0.93 * entropy, 1.06 * entropy);
        Assert.InRange(info.BestEpoch, 1, info.Epochs);
        using var generator = VaeGenerator.From(GeneratorModels.Quantized.With(
            network, GeneratorModels.Quantized.Info with { CodePrior = info }));
        var steps = generator.Sample(2_000, seed: 3).Latents.SelectMany(z => Numbers(z).Zip(Numbers(z).Skip(1))).ToArray();
        var stays = steps.Count(step => (step.First + 1) % Entries == step.Second) / (double)steps.Length;
        Assert.InRange(stays, Stays - 0.04, Stays + 0.04);
    }

    [Fact]
    public void Without_a_pass_it_is_how_often_entries_are_used()
    {
        using var rows = Chain(2_000, 1);
        using var none = new CodeRows(zeros([0, Codes], ScalarType.Int64), null);
        var (_, info) = Fit(new() { Epochs = 0 }).Run(GeneratorModels.Quantized, rows, none);
        Assert.Equal((null, 0, 0), (info.HeldOutNats, info.Epochs, info.BestEpoch));
        Assert.Equal(Codes * Math.Log(Entries), info.Nats, 0.01);
    }

    [Fact]
    public void The_same_seed_gives_the_same_prior()
    {
        using var rows = Chain(200, 1);
        using var heldOut = Chain(100, 2);
        var options = new VaeCodePrior { Units = 8, Epochs = 3 };
        var one = Fit(options).Run(GeneratorModels.Quantized, rows, heldOut);
        var again = Fit(options).Run(GeneratorModels.Quantized, rows, heldOut);
        var other = Fit(options, seed: 2).Run(GeneratorModels.Quantized, rows, heldOut);
        Assert.Equal(one.Info, again.Info);
        Assert.Equal(one.Network.Output.Weight, again.Network.Output.Weight);
        Assert.NotEqual(one.Network.Output.Weight, other.Network.Output.Weight);
    }

    [Fact]
    public void Cancelled_it_throws_or_gives_the_best_so_far()
    {
        using var rows = Chain(200, 1);
        using var heldOut = Chain(100, 2);
        var training = TinyVae.Training with { CancellationToken = new(canceled: true) };
        Assert.Throws<OperationCanceledException>(() => Fit(new(), training: training).Run(GeneratorModels.Quantized, rows, heldOut));
        training = training with { OnCancellation = VaeCancellationBehavior.ReturnBest };
        Assert.Equal(0, Fit(new(), training: training).Run(GeneratorModels.Quantized, rows, heldOut).Info.Epochs);
    }

    private static CodePriorFit Fit(VaeCodePrior options, int seed = 1, VaeTrainingOptions? training = null)
        => new(options, training ?? TinyVae.Training, seed, TrainingLog.Silent());

    private static CodeRows Chain(int count, int seed)
    {
        var random = new Random(seed);
        var codes = new long[count * Codes];
        for (var i = 0; i < codes.Length; i++)
        {
            codes[i] = i % Codes == 0 ? random.Next(Entries)
                : random.NextDouble() < Stays ? (codes[i - 1] + 1) % Entries
                : (codes[i - 1] + 2 + random.Next(Entries - 1)) % Entries;
        }
        return new(tensor(codes, [count, Codes]), null);
    }

    private static int[] Numbers(float[] z)
        => [.. z.Chunk(2).Select(part => Array.FindIndex(GeneratorModels.Codebook, entry => entry.SequenceEqual(part)))];
}
