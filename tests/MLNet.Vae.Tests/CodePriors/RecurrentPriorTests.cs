using MLNet.Vae.CodePriors;
using MLNet.Vae.Interop;
using MLNet.Vae.Latents;
using MLNet.Vae.Modules;
using MLNet.Vae.Runtime;
using MLNet.Vae.Tests.Generation;
using static TorchSharp.torch;

namespace MLNet.Vae.Tests.CodePriors;

/// <summary>The prior over codes as it is fitted, and as it is exported.</summary>
public sealed class RecurrentPriorTests
{
    private const int Units = 6, Entries = 3;

    /// <summary>A probability for every sequence, and no code that sees itself or those behind it: they sum to 1.</summary>
    [Theory]
    [InlineData(4, 0)]
    [InlineData(4, 2)]
    [InlineData(6, 3)]
    [InlineData(1, 0)]
    public void Probabilities_of_all_sequences_sum_to_one(int codes, int width)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var parameters = new ParameterVector(CPU);
        using var prior = Create(new(codes, width), condition: 0, parameters);
        var count = (int)Math.Pow(Entries, codes);
        var sequences = Enumerable.Range(0, count)
            .SelectMany(number => Enumerable.Range(0, codes).Select(code => number / (long)Math.Pow(Entries, code) % Entries));

        var nats = prior.NegativeLogProbability(tensor(sequences.ToArray(), [count, codes]), null).ToArray();

        Assert.Equal(1, nats.Sum(value => Math.Exp(-value)), 1e-5);
        Assert.True(nats.Max() - nats.Min() > 0.1 || codes == 1);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Before_a_step_it_is_how_often_entries_are_used(int condition)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var parameters = new ParameterVector(CPU);
        using var prior = Create(new(4, 0), condition, parameters);
        prior.Start([5, 0, 2]);

        var given = condition == 0 ? null : rand(1, condition);
        var nats = prior.NegativeLogProbability(tensor(new long[] { 0, 1, 2, 0 }, [1, 4]), given).item<float>();

        Assert.Equal(-Math.Log(0.6 * 0.1 * 0.3 * 0.6), nats, 1e-5);
    }

    /// <summary>Code by code as the exported step gives it, the same as all at once in training.</summary>
    [Theory]
    [InlineData("code prior", 0)]
    [InlineData("map of codes", 2)]
    public void ONNX_Runtime_agrees(string model, int condition)
    {
        const int rows = 70;
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var parameters = new ParameterVector(CPU);
        var vae = Reading.FamilyModels.All[model];
        var (info, layout) = (vae.Info, CodePriorLayout.Of(vae.Info));
        Assert.Equal(condition, info.ConditionCount);
        using var random = new Generator(2);
        using var prior = new RecurrentPrior(layout, info.CodebookSize, Units, condition, parameters, random);
        parameters.Build();
        parameters.Values.mul_(3);
        vae = vae.With(prior.Export(), info with { CodePrior = GeneratorModels.PriorInfo with { Units = Units } });
        var codes = randint(0, info.CodebookSize, [rows, info.CodeCount], generator: random, dtype: ScalarType.Int64);
        var conditions = condition == 0 ? null : randn([rows, condition], generator: random);
        var expected = prior.NegativeLogProbability(codes, conditions).ToArray();

        using var context = new ScoringContext(ScoringHost.Silent, vae, new() { Threads = 1 }, typeof(VaeModel));
        var walk = new CodeWalk(layout, vae.CodePriorEntries(), Units, new ModelRuns(context, vae.Info).CodePrior);
        var (numbers, found) = (codes.data<long>().ToArray(), new double[rows]);
        walk.Run(rows, conditions?.ToArray().Chunk(condition).ToArray(), (row, code, logits) =>
        {
            var number = (int)numbers[(row * info.CodeCount) + code];
            found[row] -= logits[number] - Math.Log(logits.Sum(logit => Math.Exp(logit)));
            return number;
        });

        for (var row = 0; row < rows; row++)
            Assert.Equal(expected[row], found[row], 1e-4);
    }

    [Fact]
    public void A_code_of_a_map_reads_those_on_its_left_and_above()
    {
        var layout = new CodePriorLayout(Codes: 6, Width: 3);
        Assert.Equal([-1, -1, -1, -1], layout.Before(0));
        Assert.Equal([1, -1, -1, -1], layout.Before(2));
        Assert.Equal([-1, 0, -1, 1], layout.Before(3));
        Assert.Equal([3, 1, 0, 2], layout.Before(4));
        Assert.Equal([4, 2, 1, -1], layout.Before(5));
        Assert.Equal([0, 1, 0, 1, 0], layout.Place(4));
        Assert.Equal((4 * CodePriorLayout.EntryLength) + 5, layout.InputWidth);
        Assert.Equal([2], new CodePriorLayout(6, 0).Before(3));
        Assert.Equal([CodePriorLayout.Outside], new CodePriorLayout(6, 0).Before(0));
    }

    private static RecurrentPrior Create(CodePriorLayout layout, int condition, ParameterVector parameters)
    {
        using var random = new Generator(1);
        var prior = new RecurrentPrior(layout, Entries, Units, condition, parameters, random);
        parameters.Build();
        parameters.Values.mul_(3);
        return prior;
    }
}
