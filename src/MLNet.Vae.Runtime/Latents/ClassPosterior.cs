using MLNet.Vae.Architectures;
using MLNet.Vae.Onnx;
using static MLNet.Vae.Onnx.GraphBuilder;

namespace MLNet.Vae.Latents;

/// <summary>
/// q(y | x) over classes and q(z | x, y) = N(mean, diag σ²), the code z with y beside it as 1 among zeros (M2: Kingma, Rezende, Mohamed and
/// Welling 2014, eq. 4); p(y) uniform, p(z) = N(0, I). What a row is embedded as, reconstructed and scored by is its likeliest class.
/// </summary>
/// <param name="Classifier">From its half of the encoder's output to the logits of the classes.</param>
/// <param name="Body">From the other half, with the class beside it, to what the heads read.</param>
/// <param name="Mean">Posterior mean, <c>[dimensions, hidden]</c>.</param>
/// <param name="LogSigma">Posterior log σ before clamping, <c>[dimensions, hidden]</c>.</param>
/// <param name="LogSigmaRange">Bounds that log σ is clamped to.</param>
internal sealed record ClassPosterior(
    DenseLayer Classifier, IReadOnlyList<Layer> Body, DenseLayer Mean, DenseLayer LogSigma, (float Minimum, float Maximum) LogSigmaRange)
    : LatentNetwork
{
    public override int Length => Mean.Outputs + Classifier.Outputs;

    public override int ClassCount => Classifier.Outputs;

    /// <summary>Width of the half of the encoder's output that the code is made of.</summary>
    public required int CodeHidden { get; init; }

    public override void Encode(GraphBuilder graph, string hidden)
    {
        var halves = graph.Split("class.halves", hidden, CodeHidden, Classifier.Inputs);
        var logits = Classifier.Write(graph, "class.logits", halves[1]);
        graph.Node("Softmax", TensorNames.ClassProbabilities, [logits], Attribute("axis", 1));
        var number = graph.Node("ArgMax", "class.number", [logits], Attribute("axis", 1));
        graph.ToSingle(TensorNames.Class, number);
        var all = graph.Indices("class.all", [.. Enumerable.Range(0, ClassCount).Select(c => (long)c)]);
        var isLikeliest = graph.ToSingle("class.one_hot", graph.Node("Equal", "class.is_likeliest", number, all));
        var given = graph.Node("Concat", "class.given", [halves[0], isLikeliest], Attribute("axis", 1));
        var body = graph.Layers("class.body", Body, given);
        var mean = Mean.Write(graph, "class.mean", body);
        graph.Clamp("class.log_sigma", LogSigma.Write(graph, "class.log_sigma.unclamped", body), LogSigmaRange);
        graph.Node("Concat", TensorNames.Mean, [mean, isLikeliest], Attribute("axis", 1));
    }

    /// <summary>Of the code, given the likeliest class, and −ln p(y) = ln of the number of classes.</summary>
    public override string Kl(GraphBuilder graph)
    {
        var ofCode = GaussianTerms.Kl(graph, "class.mean", "class.log_sigma");
        return graph.Node("Add", "kl.with_class", ofCode, graph.Constant("kl.class", MathF.Log(ClassCount)));
    }
}
