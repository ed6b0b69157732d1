using MathNet.Numerics;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using MLNet.Vae.Data;
using MLNet.Vae.Graphs;
using MLNet.Vae.Likelihoods;
using MLNet.Vae.Modules;
using MLNet.Vae.Onnx;
using MLNet.Vae.Onnx.Schema;
using MLNet.Vae.Tests.Estimators;
using MLNet.Vae.Tests.Kit;
using MLNet.Vae.Tests.Onnx;
using MLNet.Vae.Training;
using static TorchSharp.torch;

namespace MLNet.Vae.Tests.Likelihoods;

/// <summary>What likelihoods of counts have in common: their rows, what the encoder reads, and ln Γ.</summary>
public sealed class CountTests
{
    private const int Width = 3,
        BadRow = 4;

    private readonly MLContext _mlContext = new(seed: 1);

    public static TheoryData<VaeLikelihood, string> Likelihoods =>
        new() { { VaeLikelihood.Poisson, "Poisson" }, { VaeLikelihood.NegativeBinomial, "negative binomial" } };

    [Theory]
    [MemberData(nameof(Likelihoods))]
    public void A_value_that_is_no_count_is_named(VaeLikelihood likelihood, string name)
    {
        foreach (var (value, found) in new[] { (-1f, "-1"), (2.5f, "2.5") })
        {
            var rows = Rows(20);
            rows[BadRow][1] = value;
            var place = "Column \"Features\", row 4 (counted from 0), slot 1";
            var expected = $"a {name} likelihood expects whole numbers of at least 0, found {found}.";
            Expect($"{place}: {expected} Give counts as they are, or choose VaeLikelihood.Gaussian.", likelihood, rows);
            Expect(
                $"{place} (part 'Visits'): {expected} Check the widths of the parts, or choose VaeLikelihood.Gaussian.",
                VaeLikelihood.Mixed(("Size", 1, VaeLikelihood.Gaussian), ("Visits", 2, likelihood)),
                rows
            );
        }
    }

    /// <summary>No mean of the model is as large.</summary>
    [Theory]
    [MemberData(nameof(Likelihoods))]
    public void A_count_beyond_the_range_of_means_is_named(VaeLikelihood likelihood, string name)
    {
        var rows = Rows(20);
        rows[BadRow][1] = 8_886_110;
        var estimator = _mlContext.Transforms.VaeEmbed(TinyVae.Options with { Likelihood = likelihood });
        using (estimator.Fit(SampleData.Features(_mlContext, rows, Width)))
            rows[BadRow][1] = 8_886_111;
        Expect(
            $"Column \"Features\", row 4 (counted from 0), slot 1: a {name} likelihood expects counts up to 8,886,110, found 8886111. "
                + "Count in larger units, such as thousands, or choose VaeLikelihood.Gaussian.",
            likelihood,
            rows
        );
    }

    /// <summary>A decoder starts with the mean of each feature, whatever its size, so that no epoch is spent on the way there.</summary>
    [Theory]
    [MemberData(nameof(Likelihoods))]
    public void Means_are_where_the_rows_are_from_the_start(VaeLikelihood likelihood, string name)
    {
        Assert.NotEmpty(name);
        var random = new Random(1);
        float[][] rows =
        [
            .. Enumerable.Range(0, 300).Select(_ => new[] { 900_000 + random.Next(2_000), 40_000f + random.Next(500), random.Next(4) }),
        ];
        var options = TinyVae.Options with
        {
            Likelihood = VaeLikelihood.Mixed(("a", 1, likelihood), ("b", 1, VaeLikelihood.Gaussian), ("c", 1, likelihood)),
            ReconstructionColumnName = "Again",
            Training = TinyVae.Training with { Epochs = 1, LearningRate = 1e-12 },
        };
        var data = SampleData.Features(_mlContext, rows, Width);
        using var transformer = _mlContext.Transforms.VaeEmbed(options).Fit(data);

        // The other weights of the last layer, ±1/√8, have their part.
        foreach (var again in transformer.Transform(data).GetColumn<float[]>("Again"))
        {
            Assert.InRange(again[0] / 901_000, 0.4, 2.5);
            Assert.InRange(again[2] / 1.5, 0.4, 2.5);
        }
    }

    [Theory]
    [MemberData(nameof(Likelihoods))]
    public void Large_counts_are_learned(VaeLikelihood likelihood, string name)
    {
        Assert.NotEmpty(name);
        var random = new Random(1);
        float[][] rows =
        [
            .. Enumerable.Range(0, 600).Select(_ =>
            {
                var factor = Math.Exp(random.NextDouble());
                return new[] { (float)Math.Round(50_000 * factor), (float)Math.Round(20_000 / factor), random.Next(3) };
            }),
        ];
        var options = TinyVae.Options with
        {
            Likelihood = likelihood,
            ReconstructionColumnName = "Again",
            Training = TinyVae.Training with { Epochs = 60, LearningRate = 0.01 },
        };
        var data = SampleData.Features(_mlContext, rows, Width);
        using var transformer = _mlContext.Transforms.VaeEmbed(options).Fit(data);

        // A constant would be off by a quarter on average.
        var again = transformer.Transform(data).GetColumn<float[]>("Again");
        var off = again.Zip(rows, (found, row) => Math.Abs(found[0] / row[0] - 1)).Average();
        Assert.True(off < 0.08, $"{off}");
    }

    /// <summary>An output beyond the bounds is led back, by the gradient that there is at the bound.</summary>
    [Theory]
    [InlineData(-40, 3, -3)]
    [InlineData(25, 10, 8_886_100.5)]
    [InlineData(1, 2, 0.71828)]
    public void The_gradient_of_a_bounded_mean_passes_the_bound(float output, float count, double expected)
    {
        using var scope = NewDisposeScope();
        var free = tensor([output], [1, 1]).requires_grad_(true);
        (-new PoissonDensity(1).LogDensity(tensor([count], [1, 1]), free)).backward();
        Assert.Equal(expected, free.grad!.item<float>(), 1e-5 * Math.Max(1, Math.Abs(expected)));
        var written = tensor([output], [1, 1]);
        new PoissonDensity(1).Descend(tensor([count], [1, 1]), written);
        Assert.Equal(expected, written.item<float>(), 1e-5 * Math.Max(1, Math.Abs(expected)));
    }

    [Theory]
    [MemberData(nameof(Likelihoods))]
    public void The_graph_reads_standardised_logarithms_as_training_does(VaeLikelihood likelihood, string name)
    {
        Assert.NotEmpty(name);
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var random = new Generator(3);
        using var parameters = new ParameterVector(CPU);
        var options = new VaeOptions
        {
            Architecture = VaeArchitecture.Mlp(8),
            Latent = VaeLatent.Gaussian(2),
            Likelihood = VaeLikelihood.Mixed(("Visits", 2, likelihood), ("Size", 1, VaeLikelihood.Gaussian)),
        };
        var module = new VaeModule(new(Width), options, parameters, random);
        InputScaling input = new([true, true, false], new([1.5f, 0.3f, 10], [0.7f, 2, 5]));
        FeatureScaling scaling = new([0, 0, 10], [1, 1, 5]);
        float[][] rows =
        [
            [0, 3, 12],
            [250, 0, -4],
            [7, 1, 10],
        ];

        var network = module.Export(scaling, input);

        var read = rows.Select(row =>
            row.Select((x, j) => (float)(((input.Log1p[j] ? double.LogP1(x) : x) - input.Scaling.Offset[j]) / input.Scaling.Scale[j]))
        );
        var code = module.Encode(
            tensor(read.SelectMany(row => row).ToArray(), [rows.Length, Width]),
            condition: null,
            zeros(rows.Length, 2)
        );
        var output = module.Decode(code.Mean, condition: null).ToArray().Select(o => (double)o).Chunk(Width).ToArray();
        using var scorer = new OnnxRunner(VaeModel.Create(network, Info(options)).ToOnnx(VaeGraph.Scorer));
        var found = scorer.Run(rows, Width);
        for (var i = 0; i < rows.Length; i++)
        {
            Near.Equal([.. code.Mean.ToArray().Skip(2 * i).Take(2).Select(m => (double)m)], found["mean"][i], "mean");
            var mean = DoubleOutput.Mean(network.Distribution, output[i]);
            Near.Equal([mean[0], mean[1], mean[2] * 5 + 10], found["reconstruction"][i], "reconstruction");
            double[] seen = [rows[i][0], rows[i][1], (rows[i][2] - 10) / 5];
            Near.Equal(
                DoubleOutput.Terms(network.Distribution, VaeScoreKind.ReconstructionError, seen, output[i]),
                found["contributions"][i],
                "terms"
            );
        }
        Assert.True(network.Scaling.HasLogarithms);
        Assert.Equal(scaling.Offset, network.LikelihoodScaling!.Offset);
    }

    /// <summary>p(x | z) = 0, so that the score is ∞ and blames the slot; the encoder reads 0.</summary>
    [Theory]
    [MemberData(nameof(Likelihoods))]
    public void A_row_that_cannot_be_is_an_anomaly(VaeLikelihood likelihood, string name)
    {
        Assert.NotEmpty(name);
        var options = TinyVae.AnomalyOptions with { Likelihood = likelihood, ContributionsColumnName = "Contributions" };
        using var detector = _mlContext.AnomalyDetection.Trainers.Vae(options).Fit(SampleData.Features(_mlContext, Rows(60), Width));
        float[] impossible = [-1, -0.5f, -5, -1e9f];

        var scored = detector.Transform(SampleData.Features(_mlContext, impossible.Select(value => new[] { 2, value, 3 }), Width));

        Assert.All(scored.GetColumn<float>("Score"), score => Assert.Equal(float.PositiveInfinity, score));
        Assert.All(scored.GetColumn<bool>("PredictedLabel"), Assert.True);
        Assert.All(scored.GetColumn<float[]>("Contributions"), row => Assert.Equal([true, false, true], row.Select(float.IsFinite)));
    }

    [Fact]
    public void Log_gamma_in_the_graph_is_that_of_MathNet()
    {
        double[] x = [1e-4, 0.01, 0.3, 0.5, 1, 1.5, 2, 3, 4.7, 8, 20, 171, 1e3, 12_345.6, 1e6, 1e8];
        var graph = new GraphBuilder();
        graph.LogGamma("y", "x");
        var model = new ModelProto
        {
            IrVersion = 8,
            OpsetImport =
            {
                new OperatorSetIdProto { Domain = "", Version = 17 },
            },
            Graph = graph.Build("log_gamma", [Vector("x")], [Vector("y")]),
        };
        using var session = new InferenceSession(Google.Protobuf.MessageExtensions.ToByteArray(model));

        using var results = session.Run([NamedOnnxValue.CreateFromTensor("x", new DenseTensor<double>(x, [x.Length]))]);

        var found = results[0].AsEnumerable<double>().ToArray();
        for (var i = 0; i < x.Length; i++)
        {
            var expected = SpecialFunctions.GammaLn(x[i]);
            Assert.Equal(expected, found[i], 1e-10 + 1e-14 * Math.Abs(expected));
        }
    }

    private static ValueInfoProto Vector(string name) =>
        new()
        {
            Name = name,
            Type = new TypeProto
            {
                TensorType = new TypeProto.Types.Tensor
                {
                    ElemType = (int)TensorProto.Types.DataType.Double,
                    Shape = new TensorShapeProto { Dim = { new TensorShapeProto.Types.Dimension { DimParam = "N" } } },
                },
            },
        };

    private static VaeModelInfo Info(VaeOptions options) =>
        new()
        {
            FeatureCount = Width,
            LatentDimension = 2,
            Architecture = options.Architecture.Describe(),
            Likelihood = options.Likelihood.Describe(),
            Normalization = "mixed",
            ScoreKind = VaeScoreKind.ReconstructionError,
            Columns = options.Columns,
        };

    private static float[][] Rows(int count)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, Width).Select(_ => (float)random.Next(9)).ToArray())];
    }

    private void Expect(string expected, VaeLikelihood likelihood, float[][] rows)
    {
        var data = SampleData.Features(_mlContext, rows, Width);
        var estimator = _mlContext.Transforms.VaeEmbed(TinyVae.Options with { Likelihood = likelihood });
        Assert.Equal(expected, Refusal.Expect(() => estimator.Fit(data), "such rows").Message);
    }
}
