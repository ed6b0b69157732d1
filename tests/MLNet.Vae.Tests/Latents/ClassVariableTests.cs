using MLNet.Vae.Data;
using MLNet.Vae.Graphs;
using MLNet.Vae.Modules;
using MLNet.Vae.Objectives;
using MLNet.Vae.Tests.Kit;
using MLNet.Vae.Tests.Onnx;
using MLNet.Vae.Training;
using static TorchSharp.torch;

namespace MLNet.Vae.Tests.Latents;

/// <summary>The bounds of Kingma et al. 2014, and the exported graphs.</summary>
public sealed class ClassVariableTests
{
    private const int Features = 5, Classes = 3, Dimension = 2, Rows = 6;
    private const double Alpha = 7;

    /// <summary>
    /// Of a labelled row −L(x, y) = E ln p(x | y, z) + ln p(y) − KL; of another Σ q(y | x) of it + H(q(y | x)) (eq. 6 and 7), and α times
    /// the mean of −ln q(y | x) of those labelled (eq. 9), each put together from its parts.
    /// </summary>
    [Fact]
    public void The_loss_is_that_of_the_paper()
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(1);
        using var parameters = new ParameterVector(CPU);
        var module = Create(parameters, random);
        var x = randn([Rows, Features], generator: random);
        var noise = randn([Rows, Dimension], generator: random);
        int?[] known = [2, null, 0, null, null, 1];
        var labels = tensor(known.SelectMany(label => OneHot(label)).ToArray(), [Rows, Classes]);

        var terms = module.Terms(new(x, x, labels), noise);
        var loss = new TrainingObjective(new(), Features).Loss(terms).item<float>();

        // Every row as if each class were its label: its own bound of each.
        var bounds = new double[Rows, Classes];
        for (var y = 0; y < Classes; y++)
        {
            var all = tensor(Enumerable.Range(0, Rows).SelectMany(_ => OneHot(y)).ToArray(), [Rows, Classes]);
            var of = module.Terms(new(x, x, all), noise);
            var reconstruction = of.Reconstruction.view(Classes, Rows).sum(0L).ToArray();
            var kl = of.Kl.sum(1L).ToArray();
            for (var row = 0; row < Rows; row++)
                bounds[row, y] = -(reconstruction[row] / Classes) - kl[row];
        }
        // −Penalty / α where all rows are of one class is the mean of ln q of that class, so one row at a time gives each.
        double LogQ(int row, int y)
        {
            var one = x.narrow(0, row, 1);
            return -module.Terms(new(one, one, tensor(OneHot(y), [1, Classes])), noise.narrow(0, row, 1)).Penalty!.item<float>() / Alpha;
        }
        var (expected, classification) = (0.0, 0.0);
        for (var row = 0; row < Rows; row++)
        {
            if (known[row] is { } label)
            {
                expected -= bounds[row, label];
                classification -= LogQ(row, label);
                continue;
            }
            double[] logs = [.. Enumerable.Range(0, Classes).Select(y => LogQ(row, y))];
            Assert.Equal(1, logs.Sum(Math.Exp), 1e-4);
            var r = row;
            expected -= logs.Select((log, y) => Math.Exp(log) * (bounds[r, y] - log)).Sum();
        }
        expected = (expected / Rows) + (Alpha * classification / known.Count(label => label is not null));
        Assert.Equal(expected, loss, 1e-3 * Math.Abs(expected));
    }

    [Fact]
    public void A_label_that_is_known_leaves_no_doubt_to_pay_for()
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(1);
        using var parameters = new ParameterVector(CPU);
        var module = Create(parameters, random);
        var x = randn([1, Features], generator: random);
        var kl = module.Terms(new(x, x, tensor(OneHot(1), [1, Classes])), zeros(1, Dimension)).Kl.ToArray();
        Assert.Equal([0, Math.Log(Classes), 0], kl[Dimension..].Select(value => (double)value), (a, b) => Math.Abs(a - b) < 1e-5);
        Assert.Equal(Dimension + Classes, kl.Length);
    }

    [Theory]
    [InlineData("linear")]
    [InlineData("mlp")]
    public void Torch_and_ONNX_Runtime_agree(string architecture)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var random = new Generator(2);
        using var parameters = new ParameterVector(CPU);
        var module = Create(parameters, random, architecture);
        parameters.Values.mul_(3);
        var scaling = new FeatureScaling([1, 2, 3, 4, 5], [1, 2, 0.5f, 1, 3]);
        var rows = Parity.RandomRows(40, Features, random);
        var x = Parity.Scaled(rows, scaling);
        var code = module.Encode(x, null, zeros(rows.Length, Dimension));
        var reconstruction = module.Decode(code.Mean, null) * tensor(scaling.Scale) + tensor(scaling.Offset);
        var whole = FeatureScaling.Identity(Classes);
        var model = VaeModel.Create(
            module.Export(new([.. scaling.Offset, .. whole.Offset], [.. scaling.Scale, .. whole.Scale])),
            new()
            {
                FeatureCount = Features,
                LatentDimension = Dimension + Classes,
                LatentKind = VaeLatentKind.SemiSupervised,
                ClassCount = Classes,
                Architecture = architecture,
                Likelihood = "gaussian",
                Normalization = "standardize",
                Columns = new() { Features = "Features", PredictedClass = "PredictedLabel" },
            });
        using var scorer = new OnnxRunner(model.ToOnnx(VaeGraph.Scorer));
        var found = scorer.Run(rows, Features);
        Parity.AssertNear(code.Mean, found["mean"], "mean");
        Parity.AssertNear(reconstruction, found["reconstruction"], "reconstruction");
        Assert.All(found["class_probabilities"], row => Assert.Equal(1, row.Sum(), 1e-5));
        var likeliest = found["class_probabilities"].Select(row => (float)Array.IndexOf(row, row.Max()));
        Assert.Equal(likeliest, found["class"].Select(row => row[0]));
        Assert.Equal(
            found["class"].Select(row => OneHot((int)row[0])), found["mean"].Select(row => row[Dimension..]));
        Assert.True(architecture == "linear" || found["class"].Select(row => row[0]).Distinct().Count() > 1);
    }

    private static float[] OneHot(int? label)
        => [.. Enumerable.Range(0, Classes).Select(y => y == label ? 1f : 0)];

    private static VaeModule Create(ParameterVector parameters, Generator random, string architecture = "mlp")
    {
        var options = new VaeSemiSupervisedOptions
        {
            Architecture = architecture == "mlp" ? VaeArchitecture.Mlp(7) : VaeArchitecture.Linear,
            Latent = new SemiSupervisedLatent { Dimension = Dimension, ClassificationWeight = Alpha },
        };
        return new(
            new RowLayout(Features, 0, Classes) { CategoricalCondition = true, ConditionIsLabel = true }, options, parameters, random);
    }
}
