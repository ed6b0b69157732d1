using MLNet.Vae.Data;
using MLNet.Vae.Graphs;
using MLNet.Vae.Modules;
using MLNet.Vae.Objectives;
using MLNet.Vae.Tests.Kit;
using MLNet.Vae.Tests.Onnx;
using MLNet.Vae.Training;
using MLNet.Vae.Training.Steps;
using static TorchSharp.torch;

namespace MLNet.Vae.Tests.Missing;

/// <summary>
/// Of rows some values of which are missing the exported graphs compute what the trained modules compute: −ln p of what is there, and KL.
/// </summary>
public sealed class MissingValueParityTests
{
    private const int Features = 12, Latent = 3, Rows = 64;

    private static readonly Dictionary<string, VaeLikelihood> Likelihoods = new()
    {
        ["fixed"] = VaeLikelihood.GaussianWithSigma(0.3),
        ["shared"] = VaeLikelihood.Gaussian,
        ["per feature"] = VaeLikelihood.GaussianPerFeature,
        ["per row"] = VaeLikelihood.GaussianPerRow,
        ["unit interval"] = VaeLikelihood.GaussianUnitInterval,
        ["bernoulli"] = VaeLikelihood.Bernoulli,
        ["categorical"] = VaeLikelihood.Categorical,
        ["poisson"] = VaeLikelihood.Poisson,
        ["negative binomial"] = VaeLikelihood.NegativeBinomial,
        ["student-t"] = VaeLikelihood.StudentT(),
        ["mixed"] = VaeLikelihood.Mixed(
            ("Colour", 3, VaeLikelihood.Categorical),
            ("Shared", 1, VaeLikelihood.Gaussian),
            ("Bought", 1, VaeLikelihood.NegativeBinomial),
            ("Predicted", 2, VaeLikelihood.GaussianPerRow),
            ("Flags", 1, VaeLikelihood.Bernoulli),
            ("Visits", 1, VaeLikelihood.Poisson),
            ("Heavy", 1, VaeLikelihood.StudentT()),
            ("Shape", 2, VaeLikelihood.Categorical)),
    };

    public static TheoryData<string, bool> Family
    {
        get
        {
            var family = new TheoryData<string, bool>();
            foreach (var likelihood in Likelihoods.Keys)
            {
                family.Add(likelihood, false);
                family.Add(likelihood, true);
            }
            return family;
        }
    }

    [Theory]
    [MemberData(nameof(Family))]
    public void Torch_and_ONNX_Runtime_agree(string likelihood, bool linear)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var random = new Generator(3);
        using var parameters = new ParameterVector(CPU);
        var options = Options(likelihood, linear);
        var layout = Layout(options);
        var module = new VaeModule(layout, options, parameters, random);
        parameters.Values.mul_(2);
        var rows = Table(options, random);
        using var mask = new InputMask(layout.Mask!, CPU);

        var batch = Batch(mask, rows);
        var code = module.Encode(batch.Input, condition: null, ones(rows.Length, Latent));
        var output = module.Decode(code.Mean, condition: null);
        var kl = GaussianKl.PerDimension(code.Mean, code.LogSigma!).sum(1).ToArray();
        var densities = module.Likelihood.ObservedLogDensity(batch.Target, output, batch.Observed!).ToArray();
        var network = module.Export(FeatureScaling.Identity(Features));

        using var scorer = new OnnxRunner(VaeModel.Create(network, Info(options)).ToOnnx(VaeGraph.Scorer));
        var found = scorer.Run(rows, Features);
        Parity.AssertNear(code.Mean, found["mean"], "mean");
        Parity.AssertNear(code.LogSigma!, found["log_sigma"], "log σ");
        for (var i = 0; i < rows.Length; i++)
        {
            var contributions = found["contributions"][i];
            var size = Math.Max(1, contributions.Sum(value => Math.Abs((double)value)));
            // Of a row without a value nothing is said: its probability is 1.
            var expected = Array.TrueForAll(rows[i], float.IsNaN) ? 0 : kl[i] - (double)densities[i];
            Assert.Equal(expected, found["score"][i][0], Near.Tolerance * size);
            Assert.Equal(found["score"][i][0], contributions.Sum(value => (double)value), Near.Tolerance * size);
            Assert.All(
                contributions.Zip(rows[i]).Where(pair => float.IsNaN(pair.Second)), pair => Assert.Equal(0f, pair.First));
            Assert.All(contributions, value => Assert.True(float.IsFinite(value)));
            Assert.All(found["reconstruction"][i], value => Assert.True(float.IsFinite(value)));
        }
    }

    /// <summary>Where all is there, nothing is missing of the density either.</summary>
    [Theory]
    [MemberData(nameof(Family))]
    public void The_density_of_whole_rows_is_that_without_a_mask(string likelihood, bool linear)
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(3);
        using var parameters = new ParameterVector(CPU);
        var options = Options(likelihood, linear);
        var module = new VaeModule(Layout(options), options, parameters, random);
        var rows = Table(options, random, share: 0)[1..];
        var x = tensor(rows.SelectMany(row => row).ToArray(), [rows.Length, Features]);
        var output = module.Decode(randn([rows.Length, Latent], generator: random), condition: null);

        var whole = module.Likelihood.LogDensity(x, output).ToArray();
        var observed = module.Likelihood.ObservedLogDensity(x, output, ones_like(x).to(ScalarType.Bool)).ToArray();

        for (var i = 0; i < rows.Length; i++)
            Assert.Equal(whole[i], observed[i], 1e-4 * Math.Max(1, Math.Abs(whole[i])));
    }

    /// <summary>What is missing has no gradient, and nothing else is lost to it.</summary>
    [Theory]
    [MemberData(nameof(Family))]
    public void The_gradient_is_that_of_what_is_there(string likelihood, bool linear)
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(3);
        using var parameters = new ParameterVector(CPU);
        var options = Options(likelihood, linear);
        var layout = Layout(options);
        var module = new VaeModule(layout, options, parameters, random);
        Assert.Null(module.Dense(isComplete: false));
        var rows = Table(options, random);
        using var mask = new InputMask(layout.Mask!, CPU);
        using var step = new AutogradStep(module, new TrainingObjective(options.Objective, Features), parameters);
        var noise = randn([rows.Length, Latent], generator: random);

        var loss = step.Compute(Batch(mask, rows), noise);

        Assert.True(double.IsFinite(loss.Reconstruction + loss.Kl));
        Assert.All(parameters.Gradients.ToArray(), value => Assert.True(float.IsFinite(value)));

        // Rows that differ in nothing that is there: of a row without a value the decoder learns nothing.
        float[][] nothing = [.. Enumerable.Repeat(rows[0], 4)];
        var none = step.Compute(Batch(mask, nothing), noise[..4]);
        Assert.Equal(0, none.Reconstruction);
    }

    [Fact]
    public void A_condition_stands_behind_the_mask()
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var random = new Generator(3);
        using var parameters = new ParameterVector(CPU);
        var options = Options("mixed", linear: false) with { Condition = new() { ColumnName = "Condition" } };
        var layout = new RowLayout(Features, Condition: 2) { Mask = options.MaskOf(Features) };
        var module = new VaeModule(layout, options, parameters, random);
        var rows = Table(options, random);
        using var mask = new InputMask(layout.Mask!, CPU);
        var condition = rand([rows.Length, 2], generator: random);

        var batch = Batch(mask, rows);
        var code = module.Encode(batch.Input, condition, ones(rows.Length, Latent));

        var info = Info(options) with { ConditionCount = 2, ConditionKind = VaeInputKind.Vector };
        var model = VaeModel.Create(module.Export(FeatureScaling.Identity(Features + 2)), info);
        using var encoder = new OnnxRunner(model.ToOnnx(VaeGraph.Encoder));
        var found = encoder.Run(new Dictionary<string, float[][]>
        {
            ["features"] = rows,
            ["condition"] = [.. condition.ToArray().Chunk(2)],
        });
        Parity.AssertNear(code.Mean, found["mean"], "mean");
        Parity.AssertNear(code.LogSigma!, found["log_sigma"], "log σ");
    }

    private static TrainingBatch Batch(InputMask mask, float[][] rows)
    {
        var x = tensor(rows.SelectMany(row => row).ToArray(), [rows.Length, Features]);
        return mask.Of(new TrainingBatch(x), x);
    }

    /// <summary>The first without any value, the second whole.</summary>
    private static float[][] Table(VaeOptions options, Generator random, double share = 0.3)
    {
        float[][] rows =
        [
            .. rand([Rows, Features], generator: random).ToArray().Chunk(Features).Select(row => PossibleRows.Of(options.Likelihood, row)),
        ];
        var mask = options.MaskOf(Features)!;
        for (var i = 0; i < rows.Length; i++)
        {
            foreach (var (start, count) in mask.Categories)
            {
                rows[i].AsSpan(start, count).Clear();
                rows[i][start + i % count] = 1;
            }
        }
        var table = MissingCells.Hidden(rows, mask, share);
        Array.Fill(table[0], float.NaN);
        table[1] = rows[1];
        return [.. table];
    }

    private static RowLayout Layout(VaeOptions options) => new(Features) { Mask = options.MaskOf(Features) };

    private static VaeOptions Options(string likelihood, bool linear) => new()
    {
        Architecture = linear ? VaeArchitecture.Linear : VaeArchitecture.Mlp(16, 8),
        Latent = VaeLatent.Gaussian(Latent),
        Likelihood = Likelihoods[likelihood],
        MissingValues = VaeMissingValues.Observed,
    };

    private static VaeModelInfo Info(VaeOptions options) => new()
    {
        FeatureCount = Features,
        LatentDimension = Latent,
        MissingValues = options.MissingValues,
        Architecture = options.Architecture.Describe(),
        Likelihood = options.Likelihood.Describe(),
        Normalization = "none",
        ScoreKind = VaeScoreKind.NegativeElbo,
        Columns = options.Columns,
    };
}
