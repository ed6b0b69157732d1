using MLNet.Vae.Graphs;
using MLNet.Vae.Latents;
using MLNet.Vae.Modules;
using MLNet.Vae.Tests.Kit;
using MLNet.Vae.Tests.Onnx;
using MLNet.Vae.Training;
using static TorchSharp.torch;

namespace MLNet.Vae.Tests.Latents;

/// <summary>
/// The exported graphs of a vector-quantised model choose the entries that the trained module chooses, for every row, and compute the same
/// of them.
/// </summary>
public sealed class QuantizedParityTests
{
    private const int Features = 12, Rows = 500;

    [Theory]
    [InlineData("linear", 1, 64, 8, false)]
    [InlineData("mlp", 1, 64, 8, false)]
    [InlineData("mlp", 4, 512, 2, false)]
    [InlineData("mlp", 4, 512, 2, true)]
    [InlineData("gelu norm", 3, 5, 64, false)]
    [InlineData("gelu norm", 3, 5, 64, true)]
    [InlineData("bernoulli", 16, 32, 1, false)]
    public void Torch_and_ONNX_Runtime_agree_on_every_row(string model, int codes, int codebookSize, int dimension, bool extreme)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var random = new Generator(5);
        using var parameters = new ParameterVector(CPU);
        var bernoulli = model == "bernoulli";
        var options = Options(model) with { Latent = VaeLatent.VectorQuantized(codebookSize, dimension, codes) };
        var module = new VaeModule(new(Features), options, parameters, random);
        parameters.Values.mul_(2);
        var scaling = bernoulli ? FeatureScaling.Identity(Features) : Parity.Scaling(Features);
        var ordinary = RandomRows(random, scaling, bernoulli);
        var rows = extreme ? ExtremeRows.Of(Features, 0, 1e-30f, -1e-6f, 1, 30, -1e3f, 1e5f, -1e7f) : ordinary;
        // As in training: entries that lie among the encoder's outputs, so that all of them are somebody's nearest.
        module.Encode(Parity.Scaled(ordinary, scaling), condition: null, zeros(0));
        module.Latent.AfterStep();
        var x = Parity.Scaled(rows, scaling);

        var code = module.Encode(x, condition: null, zeros(0));
        var output = module.Decode(code.Mean, condition: null);
        var reconstruction = (bernoulli ? output.sigmoid() : output) * tensor(scaling.Scale) + tensor(scaling.Offset);
        var density = -module.Likelihood.LogDensity(x, output);

        var trained = module.Export(scaling);
        var vae = VaeModel.Create(trained, Info(options, codes, codebookSize, dimension));
        using var scorer = new OnnxRunner(vae.ToOnnx(VaeGraph.Scorer));
        using var encoder = new OnnxRunner(vae.ToOnnx(VaeGraph.Encoder));
        using var decoder = new OnnxRunner(vae.ToOnnx(VaeGraph.Decoder));
        var found = scorer.Run(rows, Features);
        Assert.Equal(["mean", "codes", "reconstruction", "score", "contributions"], scorer.Session.OutputMetadata.Keys);
        Assert.Equal(["mean", "codes"], encoder.Session.OutputMetadata.Keys);

        var entries = ((QuantizedPosterior)trained.Latent).Codebook.Chunk(dimension).ToArray();
        var expected = code.Mean.ToArray().Chunk(codes * dimension).ToArray();
        var (reconstructions, densities) = (reconstruction.ToArray().Chunk(Features).ToArray(), density.ToArray());
        var ties = 0;
        for (var i = 0; i < rows.Length; i++)
        {
            var vectors = DoubleForwardPass.Encoded(trained, rows[i]).Chunk(dimension).ToArray();
            for (var c = 0; c < codes; c++)
            {
                var number = found["codes"][i][c];
                Assert.Equal(entries[(int)number], found["mean"][i][(c * dimension)..((c + 1) * dimension)]);
                if (expected[i].AsSpan(c * dimension, dimension).SequenceEqual(entries[(int)number]))
                    continue;
                Assert.True(IsTie(entries, vectors[c]), $"row {i}, code {c}: torch chose another entry than {number}");
                ties++;
            }
            if (!expected[i].SequenceEqual(found["mean"][i]))
                continue;
            Near.Equal([.. reconstructions[i].Select(v => (double)v)], found["reconstruction"][i], $"reconstruction of row {i}");
            Near.Equal([densities[i] + (codes * Math.Log(codebookSize))], found["score"][i], $"score of row {i}");
            Near.Equal([found["contributions"][i].Sum(v => (double)v)], found["score"][i], $"contributions of row {i}");
        }
        Assert.InRange(ties, 0, rows.Length * codes / 100);
        Assert.Equal(found["mean"], encoder.Run(rows, Features)["mean"]);
        Assert.Equal(found["codes"], encoder.Run(rows, Features)["codes"]);
        var decoded = decoder.Run(found["mean"], codes * dimension)["reconstruction"];
        for (var i = 0; i < rows.Length; i++)
            Near.Equal([.. found["reconstruction"][i].Select(v => (double)v)], decoded[i], $"decoded row {i}");
        Assert.True(found["codes"].SelectMany(c => c).Distinct().Count() > 2);
    }

    [Fact]
    public void No_rows_give_no_codes()
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(5);
        using var parameters = new ParameterVector(CPU);
        var options = Options("mlp") with { Latent = VaeLatent.VectorQuantized(8, 3, 2) };
        var module = new VaeModule(new(Features), options, parameters, random);
        var model = VaeModel.Create(module.Export(Parity.Scaling(Features)), Info(options, 2, 8, 3));
        using var scorer = new OnnxRunner(model.ToOnnx(VaeGraph.Scorer));
        Assert.All(scorer.Run([], Features).Values, Assert.Empty);
    }

    /// <summary>Whether rounding to float32 may decide between the two nearest entries.</summary>
    private static bool IsTie(float[][] entries, double[] z)
    {
        const double rounding = 1e-5;
        var distances = entries.Select(e => e.Zip(z, (a, b) => (a - b) * (a - b)).Sum()).Order().Take(2).ToArray();
        return distances[1] - distances[0] <= rounding * (z.Sum(v => v * v) + entries.Max(e => e.Sum(v => v * v)));
    }

    private static VaeOptions Options(string model) =>
        model switch
        {
            "linear" => new() { Architecture = VaeArchitecture.Linear },
            "gelu norm" => new()
            {
                Architecture = VaeArchitecture.Mlp(16, 8) with { Activation = Activation.Gelu, LayerNorm = true },
                Likelihood = VaeLikelihood.GaussianWithSigma(0.2),
            },
            "bernoulli" => new() { Architecture = VaeArchitecture.Mlp(16), Likelihood = VaeLikelihood.Bernoulli },
            _ => new() { Architecture = VaeArchitecture.Mlp(16, 8) },
        };

    private static VaeModelInfo Info(VaeOptions options, int codes, int codebookSize, int dimension) => new()
    {
        FeatureCount = Features,
        LatentDimension = codes * dimension,
        LatentKind = VaeLatentKind.VectorQuantized,
        CodeCount = codes,
        CodebookSize = codebookSize,
        Architecture = options.Architecture.Describe(),
        Likelihood = options.Likelihood.Describe(),
        Normalization = "standardize",
        ScoreKind = VaeScoreKind.NegativeElbo,
        Columns = options.Columns,
    };

    private static float[][] RandomRows(Generator random, FeatureScaling scaling, bool unitInterval)
    {
        using var x = unitInterval ? rand([Rows, Features], generator: random) : randn([Rows, Features], generator: random);
        return [.. x.ToArray().Chunk(Features).Select(row => row.Select((v, j) => (v * scaling.Scale[j]) + scaling.Offset[j]).ToArray())];
    }
}
