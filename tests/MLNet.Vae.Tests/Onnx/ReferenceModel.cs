using System.Globalization;
using System.Text;
using MLNet.Vae.Architectures;
using MLNet.Vae.Graphs;
using MLNet.Vae.Latents;
using MLNet.Vae.Likelihoods;
using MLNet.Vae.Modules;

namespace MLNet.Vae.Tests.Onnx;

/// <summary>The model under onnx/reference, from the formulas in onnx/README.md.</summary>
internal static class ReferenceModel
{
    public const int Features = 5;
    public const int Latents = 2;
    private const int Hidden = 4;

    /// <summary>Like training rows, then zeros, then two far away.</summary>
    public static float[][] Rows =>
    [
        .. Enumerable.Range(0, 6).Select(r => Floats(Features, i => ((31 * ((Features * r) + i) % 41) - 20) / 8f)),
        Floats(Features, _ => 0),
        Floats(Features, _ => 10_000),
        Floats(Features, i => i == 2 ? -1_000_000 : 0),
    ];

    public static VaeModelInfo Info => new()
    {
        FeatureCount = Features,
        LatentDimension = Latents,
        Architecture = "mlp 4 gelu, layer norm",
        Likelihood = "gaussian",
        Normalization = "standardize",
        DecoderSigma = Math.Exp(-0.5),
        FeatureNames = ["f0", "f1", "f2", "f3", "f4"],
        ScoreKind = VaeScoreKind.NegativeElbo,
        Columns = new() { Features = "Features", Embedding = "Embedding", LogSigma = "EmbeddingLogSigma", Score = "Score" },
    };

    public static TrainedVae Network()
    {
        var k = 0;
        return new()
        {
            Scaling = new(Floats(Features, i => i - 2), Floats(Features, i => MathF.Pow(2, i - 2))),
            Encoder = [Dense(Hidden, Features), Norm(), new ActivationLayer(Activation.Gelu)],
            Latent = new GaussianPosterior(Dense(Latents, Hidden), Dense(Latents, Hidden), (-5, 5)),
            Decoder = [Dense(Hidden, Latents), Norm(), new ActivationLayer(Activation.Gelu), Dense(Features, Hidden)],
            Distribution = new GaussianOutput(-0.5f),
        };

        // k counts on from one array to the next, in the order in which they are made here.
        float Weight() => ((7919 * k++ % 101) - 50) / 64f;
        float[] Weights(int count) => Floats(count, _ => Weight());
        DenseLayer Dense(int outputs, int inputs) => new(Weights(outputs * inputs), Weights(outputs));
        NormLayer Norm() => new(Floats(Hidden, _ => 1 + Weight()), Weights(Hidden), 1e-5f);
    }

    /// <summary>reference.json: rows and what the formulas give for them in double precision.</summary>
    public static string ExpectedJson()
    {
        var network = Network();
        var expected = Rows.Select(r => DoubleForwardPass.Run(network, Info.ScoreKind, r)).ToArray();
        var json = new StringBuilder();
        json.Append("{\n");
        json.Append(
            "  \"about\": \"Rows for scorer.onnx and what it must give, computed in double precision from the formulas in "
            + "../README.md.\",\n"
        );
        json.Append(CultureInfo.InvariantCulture, $"  \"relativeTolerance\": {Near.Tolerance:R},\n");
        Append("features", Rows.Select(r => r.Select(v => (double)v)));
        Append("mean", expected.Select(e => e.Mean));
        Append("log_sigma", expected.Select(e => e.LogSigma));
        Append("reconstruction", expected.Select(e => e.Reconstruction));
        Append("score", expected.Select(e => new[] { e.Score }));
        Append("contributions", expected.Select(e => e.Contributions), last: true);
        return json.Append("}\n").ToString();

        void Append(string tensor, IEnumerable<IEnumerable<double>> rows, bool last = false)
        {
            var lines = rows.Select(r => $"    [{string.Join(", ", r.Select(v => v.ToString("R", CultureInfo.InvariantCulture)))}]");
            json.Append(CultureInfo.InvariantCulture, $"  \"{tensor}\": [\n{string.Join(",\n", lines)}\n  ]{(last ? "" : ",")}\n");
        }
    }

    private static float[] Floats(int count, Func<int, float> value) => [.. Enumerable.Range(0, count).Select(value)];
}
