using Microsoft.ML;

namespace MLNet.Vae.Tests.Objectives;

/// <summary>Objectives, sparsity and corruption that are refused, and in which words.</summary>
public sealed class ObjectiveFaultTests
{
    private const string KlCost = "exclude each other: each says what the KL term costs";
    private const string NoKlTerm = "exclude each other: the importance-weighted bound has no KL term to weigh";

    private readonly MLContext _mlContext = new(seed: 1);

    public static TheoryData<VaeObjective, string[]> Objectives { get; } =
        new()
        {
            {
                new()
                {
                    Beta = -1,
                    NormalizedBeta = -1,
                    KlTarget = 0,
                    WarmUpEpochs = -1,
                    FreeBits = -1,
                    Capacity = new(0, 0, 0),
                    Samples = 0,
                },
                [
                    "Beta must be from 0 to 1000000, but is -1",
                    "NormalizedBeta must be from 0 to 1000000, but is -1",
                    "KlTarget must be above 0 and finite, but is 0",
                    "WarmUpEpochs must be from 0 to 1000000, but is -1",
                    "FreeBits must be at least 0 and finite, but is -1",
                    "Samples must be from 1 to 10000, but is 0",
                    "Capacity.Maximum must be above 0 and finite, but is 0",
                    "Capacity.Epochs must be from 1 to 1000000, but is 0",
                    "Capacity.Gamma must be above 0 and at most 1000000, but is 0",
                    $"Beta and NormalizedBeta {KlCost}",
                    $"Beta and KlTarget {KlCost}",
                    $"Beta and Capacity {KlCost}",
                    $"NormalizedBeta and KlTarget {KlCost}",
                    $"NormalizedBeta and Capacity {KlCost}",
                    $"KlTarget and WarmUpEpochs {KlCost}",
                    $"KlTarget and FreeBits {KlCost}",
                    $"KlTarget and Capacity {KlCost}",
                    $"WarmUpEpochs and Capacity {KlCost}",
                    $"FreeBits and Capacity {KlCost}",
                ]
            },
            {
                new() { KlTarget = double.PositiveInfinity },
                ["KlTarget must be above 0 and finite, but is Infinity"]
            },
            {
                new() { FreeBits = double.NaN },
                ["FreeBits must be at least 0 and finite, but is NaN"]
            },
            {
                new() { Samples = 10_001 },
                ["Samples must be from 1 to 10000, but is 10001"]
            },
            {
                new() { WarmUpEpochs = 1_000_001 },
                ["WarmUpEpochs must be from 0 to 1000000, but is 1000001"]
            },
            {
                new() { Capacity = new(double.PositiveInfinity, 1) },
                ["Capacity.Maximum must be above 0 and finite, but is Infinity"]
            },
            {
                new()
                {
                    ImportanceWeighted = true,
                    Samples = 5,
                    Beta = 2,
                    WarmUpEpochs = 3,
                    FreeBits = 0.1,
                },
                [
                    $"Beta and ImportanceWeighted {NoKlTerm}",
                    $"WarmUpEpochs and ImportanceWeighted {NoKlTerm}",
                    $"FreeBits and ImportanceWeighted {NoKlTerm}",
                ]
            },
            {
                new() { ImportanceWeighted = true, NormalizedBeta = 1 },
                [$"NormalizedBeta and ImportanceWeighted {NoKlTerm}"]
            },
            {
                new() { ImportanceWeighted = true, KlTarget = 1 },
                [$"KlTarget and ImportanceWeighted {NoKlTerm}"]
            },
            {
                new() { ImportanceWeighted = true, Capacity = new(1, 1) },
                [$"Capacity and ImportanceWeighted {NoKlTerm}"]
            },
        };

    public static TheoryData<VaeOptions, string[]> Others { get; } =
        new()
        {
            {
                new()
                {
                    Latent = VaeLatent.Deterministic(2),
                    LogSigmaColumnName = "Spread",
                    Objective = new()
                    {
                        Beta = 2,
                        WarmUpEpochs = 1,
                        FreeBits = 1,
                        Samples = 2,
                        ImportanceWeighted = true,
                    },
                },
                [
                    $"Beta and ImportanceWeighted {NoKlTerm}",
                    $"WarmUpEpochs and ImportanceWeighted {NoKlTerm}",
                    $"FreeBits and ImportanceWeighted {NoKlTerm}",
                    "Beta is set, but a Deterministic latent has no KL term to weigh",
                    "WarmUpEpochs is set, but a Deterministic latent has no KL term to weigh",
                    "FreeBits is set, but a Deterministic latent has no KL term to weigh",
                    "Samples must be 1, but is 2: a Deterministic latent is not sampled",
                    "ImportanceWeighted is set, but a Deterministic latent is not sampled",
                    "LogSigmaColumnName is set, but a Deterministic latent has no log σ",
                ]
            },
            {
                new()
                {
                    Latent = VaeLatent.Deterministic(2),
                    Objective = new() { KlTarget = 1 },
                },
                ["KlTarget is set, but a Deterministic latent has no KL term to weigh"]
            },
            {
                new()
                {
                    Latent = VaeLatent.Deterministic(2),
                    Objective = new() { Capacity = new(1, 1) },
                },
                ["Capacity is set, but a Deterministic latent has no KL term to weigh"]
            },
            {
                new() { Latent = VaeLatent.Deterministic(0) with { Activation = (Activation)9, Sparsity = VaeSparsity.L1(0) } },
                [
                    "latentDimension must be from 1 to 4096, but is 0",
                    "Activation must be one of Relu, Gelu, Tanh, Sigmoid, but is 9",
                    "Sparsity.Weight must be above 0 and finite, but is 0",
                ]
            },
            {
                new()
                {
                    Latent = VaeLatent.Deterministic(2) with
                    {
                        Activation = Activation.Relu,
                        Sparsity = VaeSparsity.KlToTarget(1, double.NaN),
                    },
                },
                [
                    "Sparsity.Weight must be above 0 and finite, but is NaN",
                    "Sparsity.Rho must be above 0 and below 1, but is 1",
                    "Sparsity KlToTarget compares mean activations, which must lie between 0 and 1; set Activation to Sigmoid",
                ]
            },
            {
                new() { Corruption = VaeCorruption.GaussianNoise(0) },
                ["Corruption.Sigma must be above 0 and finite, but is 0"]
            },
            {
                new() { Corruption = VaeCorruption.GaussianNoise(double.PositiveInfinity) },
                ["Corruption.Sigma must be above 0 and finite, but is Infinity"]
            },
            {
                new() { Corruption = VaeCorruption.SaltAndPepper(1) },
                ["Corruption.Share must be above 0 and below 1, but is 1"]
            },
            {
                new() { Corruption = VaeCorruption.Masking(double.NaN) },
                ["Corruption.Share must be above 0 and below 1, but is NaN"]
            },
            {
                new()
                {
                    Objective = new() { WarmUpEpochs = 10 },
                    Training = new() { Epochs = 10 },
                },
                ["VaeTrainingOptions.Epochs must be above the 10 epochs of the objective's schedule, but is 10"]
            },
            {
                new()
                {
                    Objective = new() { Capacity = new(1, 10) },
                    Training = new() { Epochs = 5 },
                },
                ["VaeTrainingOptions.Epochs must be above the 10 epochs of the objective's schedule, but is 5"]
            },
        };

    [Theory]
    [MemberData(nameof(Objectives))]
    public void Objective_is_refused(VaeObjective objective, string[] faults) => AssertRefused(new() { Objective = objective }, faults);

    [Theory]
    [MemberData(nameof(Others))]
    public void Model_is_refused(VaeOptions options, string[] faults) => AssertRefused(options, faults);

    [Fact]
    public void What_goes_together_is_accepted()
    {
        VaeOptions[] options =
        [
            new()
            {
                Objective = new()
                {
                    Beta = 4,
                    WarmUpEpochs = 10,
                    FreeBits = 0.1,
                    Samples = 5,
                },
            },
            new()
            {
                Objective = new()
                {
                    NormalizedBeta = 1,
                    WarmUpEpochs = 1_000_000,
                    FreeBits = 0.1,
                },
            },
            new()
            {
                Objective = new() { KlTarget = 5, Samples = 10_000 },
                Corruption = VaeCorruption.Masking(0.9),
            },
            new()
            {
                Objective = new() { Capacity = new(25, 10) },
                Training = new() { Epochs = 11 },
            },
            new()
            {
                Objective = new() { ImportanceWeighted = true, Samples = 5 },
                Corruption = VaeCorruption.GaussianNoise(10),
            },
            new()
            {
                Latent = VaeLatent.Deterministic(4_096) with
                {
                    Activation = Activation.Sigmoid,
                    Sparsity = VaeSparsity.KlToTarget(0.05, 1),
                },
            },
            new()
            {
                Latent = VaeLatent.Deterministic(2) with { Sparsity = VaeSparsity.L2(1) },
                LogSigma = false,
                LogSigmaColumnName = "Spread",
            },
        ];
        Assert.All(options, o => Assert.NotNull(_mlContext.Transforms.VaeEmbed(o)));
    }

    private void AssertRefused(VaeOptions options, string[] faults) =>
        Assert.Equal(
            $"{faults.Length} {(faults.Length == 1 ? "option is" : "options are")} wrong: {string.Join("; ", faults)}.",
            Assert.Throws<ArgumentException>(() => _mlContext.Transforms.VaeEmbed(options)).Message
        );
}
