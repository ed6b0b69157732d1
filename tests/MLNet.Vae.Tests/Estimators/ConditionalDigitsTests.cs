using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Graphs;
using MLNet.Vae.Modules;
using MLNet.Vae.Onnx;
using MLNet.Vae.Onnx.Schema;
using MLNet.Vae.Tests.Onnx;
using MLNet.Vae.Tests.Training;

namespace MLNet.Vae.Tests.Estimators;

/// <summary>Conditional models of the digits: what they generate, and what their latent variable holds.</summary>
public sealed class ConditionalDigitsTests(ConditionalDigitsTests.Digits digits, ITestOutputHelper output)
    : IClassFixture<ConditionalDigitsTests.Digits>
{
    private const int Pixels = 64, Classes = 10, PerClass = 100, Latents = 8;

    /// <summary>The classifiers have seen real rows only, and other ones than the model.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Digits_generated_of_a_class_are_recognised_as_that_class(bool learnedPrior)
    {
        var model = digits.Conditional(learnedPrior);
        var conditions = Enumerable.Range(0, Classes * PerClass).Select(i => OneHot(i / PerClass)).ToArray();
        var generated = Decode(model, Draws(model, conditions), conditions);

        var nearestMean = Accuracy(NearestMean(digits.Test), generated);
        var nearestRow = Accuracy(NearestRow(digits.Test), generated);
        output.WriteLine(
            $"learned prior {learnedPrior}: recognised by the nearest class mean {nearestMean:P1}, by the nearest row {nearestRow:P1}"
        );
        Assert.InRange(nearestMean, 0.95, 1);
        Assert.InRange(nearestRow, 0.95, 1);
        // Means of p(x | z, c) vary less than rows do, but they are no single digit over and over.
        for (var label = 0; label < Classes; label++)
        {
            var real = Variance(digits.Test.Where(digit => digit.Label == label).Select(digit => digit.Features));
            var drawn = Variance(generated.Skip(label * PerClass).Take(PerClass));
            Assert.InRange(drawn / real, 0.03, 1);
        }
    }

    /// <summary>What the condition tells, z need not.</summary>
    [Fact]
    public void The_latent_of_a_conditional_model_does_not_tell_the_class()
    {
        var plain = LatentAccuracy(digits.Transformer("plain"));
        var conditional = LatentAccuracy(digits.Transformer("conditional"));
        output.WriteLine(
            $"class from the latent variable, nearest row: unconditional {plain:P1}, conditional {conditional:P1}; by chance 10 %"
        );
        Assert.InRange(plain, 0.8, 1);
        Assert.InRange(conditional, 0, plain - 0.25);
    }

    /// <summary>The bound of a conditional model is on ln p(x | c), which knows more than ln p(x).</summary>
    [Fact]
    public void The_bound_rises_with_what_is_told_and_a_learned_prior_does_not_lower_it()
    {
        var plain = Elbo("plain");
        var conditional = Elbo("conditional");
        var learned = Elbo("learned prior");
        output.WriteLine(
            $"held-out ELBO, nats per row: unconditional {plain:F2}, conditional {conditional:F2}, with learned prior {learned:F2}"
        );
        Assert.True(conditional > plain + 2);
        Assert.True(learned > conditional - 0.3);

        double Elbo(string name) =>
            digits.Transformer(name).History() is var history ? history.Epochs[history.BestEpoch - 1].ValidationElbo!.Value : 0;
    }

    /// <summary>z of each condition: from N(0, I), or from the prior inside the scorer.</summary>
    private static float[][] Draws(VaeModel model, float[][] conditions)
    {
        var random = new Random(1);
        float[][] noise = [.. conditions.Select(_ => Enumerable.Range(0, Latents).Select(_ => (float)Trainer.Normal(random)).ToArray())];
        if (!model.Info.LearnedPrior)
            return noise;
        var scorer = ModelProto.Parser.ParseFrom(model.ToOnnx(VaeGraph.Scorer));
        scorer.Graph.Output.Add(GraphInterface.Rows(TensorNames.PriorMean, Latents));
        scorer.Graph.Output.Add(GraphInterface.Rows(TensorNames.PriorLogSigma, Latents));
        using var runner = new OnnxRunner(ModelFile.Write(scorer.Graph, model.Info));
        var found = runner.Run(new Dictionary<string, float[][]>
        {
            [TensorNames.Features] = [.. conditions.Select(_ => new float[Pixels])],
            [TensorNames.Condition] = conditions,
        });
        var (mean, logSigma) = (found[TensorNames.PriorMean], found[TensorNames.PriorLogSigma]);
        return [.. noise.Select((row, i) => row.Select((e, j) => mean[i][j] + (MathF.Exp(logSigma[i][j]) * e)).ToArray())];
    }

    private static float[][] Decode(VaeModel model, float[][] z, float[][] conditions)
    {
        using var decoder = new OnnxRunner(model.ToOnnx(VaeGraph.Decoder));
        return decoder.Run(new Dictionary<string, float[][]> { [TensorNames.Latent] = z, [TensorNames.Condition] = conditions })[
            TensorNames.Reconstruction
        ];
    }

    private double LatentAccuracy(VaeTransformer transformer)
    {
        var known = digits
            .Train.Zip(digits.Embed(transformer, digits.Train), (digit, z) => new Digit { Features = z, Label = digit.Label })
            .ToArray();
        var classify = NearestRow(known);
        return digits.Test.Zip(digits.Embed(transformer, digits.Test), (digit, z) => classify(z) == digit.Label ? 1.0 : 0).Average();
    }

    private static double Accuracy(Func<float[], uint> classify, float[][] generated)
        => generated.Select((row, i) => classify(row) == i / PerClass ? 1.0 : 0).Average();

    private static Func<float[], uint> NearestMean(Digit[] rows) =>
        NearestRow([
            .. rows.GroupBy(row => row.Label)
                .Select(ofClass => new Digit { Label = ofClass.Key, Features = Mean([.. ofClass.Select(row => row.Features)]) }),
        ]);

    private static Func<float[], uint> NearestRow(Digit[] rows) => row => rows.MinBy(known => Distance(row, known.Features))!.Label;

    private static float[] Mean(float[][] rows) => [.. Enumerable.Range(0, Pixels).Select(j => rows.Average(row => row[j]))];

    private static double Variance(IEnumerable<float[]> rows)
    {
        var all = rows.ToArray();
        var mean = Mean(all);
        return all.Average(row => Distance(row, mean));
    }

    private static float Distance(float[] a, float[] b)
    {
        var sum = 0f;
        for (var j = 0; j < a.Length; j++)
            sum += (a[j] - b[j]) * (a[j] - b[j]);
        return sum;
    }

    private static float[] OneHot(int label) => [.. Enumerable.Range(0, Classes).Select(c => c == label ? 1f : 0f)];

    /// <summary>The digits, and a model of each kind, trained at first use.</summary>
    public sealed class Digits : IDisposable
    {
        private readonly MLContext _mlContext = new(seed: 1);
        private readonly Dictionary<string, VaeTransformer> _transformers = [];
        private readonly Lazy<Digit[]> _train = new(() => Load("optdigits/optdigits.tra"));
        private readonly Lazy<Digit[]> _test = new(() => Load("optdigits/optdigits.tes"));

        public Digit[] Train => _train.Value;

        public Digit[] Test => _test.Value;

        public VaeModel Conditional(bool learnedPrior) => Transformer(learnedPrior ? "learned prior" : "conditional").Model;

        public VaeTransformer Transformer(string kind)
        {
            if (!_transformers.TryGetValue(kind, out var found))
            {
                _transformers[kind] = found = Fit(kind == "plain"
                    ? null
                    : new() { ColumnName = nameof(Digit.Label), LearnedPrior = kind == "learned prior" });
            }

            return found;
        }

        public float[][] Embed(VaeTransformer transformer, Digit[] rows)
            => [.. transformer.Transform(_mlContext.Data.LoadFromEnumerable(rows)).GetColumn<float[]>("Embedding")];

        public void Dispose()
        {
            foreach (var transformer in _transformers.Values)
                transformer.Dispose();
        }

        private VaeTransformer Fit(VaeCondition? condition) => _mlContext.Transforms.VaeEmbed(new VaeOptions
        {
            Architecture = VaeArchitecture.Mlp(128),
            Latent = VaeLatent.Gaussian(Latents),
            Likelihood = VaeLikelihood.Bernoulli,
            Condition = condition,
            Training = new() { Epochs = 40, LearningRate = 0.005, Seed = 1, Threads = 1 },
        }).Fit(_mlContext.Data.LoadFromEnumerable(Train));

        private static Digit[] Load(string file) =>
            [
                .. File.ReadLines(TestData.Find(file))
                    .Where(line => !line.StartsWith('#'))
                    .Select(line => line.Split(','))
                    .Select(values => new Digit
                    {
                        Features = [.. values.Take(Pixels).Select(pixel => float.Parse(pixel, CultureInfo.InvariantCulture) / 16)],
                        Label = uint.Parse(values[Pixels], CultureInfo.InvariantCulture),
                    }),
            ];
    }

    public sealed class Digit
    {
        [VectorType(Pixels)]
        public float[] Features { get; set; } = [];

        [KeyType(Classes)]
        public uint Label { get; set; }
    }
}
