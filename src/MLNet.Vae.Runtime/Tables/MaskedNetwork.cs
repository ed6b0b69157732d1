using MLNet.Vae.Architectures;
using MLNet.Vae.Onnx;

namespace MLNet.Vae.Tables;

/// <summary>
/// Π p(x_j | z, x_1 … x_(j−1)) over the fields of a row: a masked autoencoder for distribution estimation (Germain, Gregor, Murray and
/// Larochelle 2015), given z, or with weights of 0 from it. Weights from a field to what it must not tell are 0. Two hidden layers with
/// SiLU (Elfwing, Uchibe and Doya 2018) and a linear layer beside them.
/// </summary>
/// <param name="First">z and what is known of the fields → units.</param>
/// <param name="Second">Units → units.</param>
/// <param name="Output">Units → logits.</param>
/// <param name="Direct">z and what is known of the fields → logits, added.</param>
internal sealed record MaskedNetwork(DenseLayer First, DenseLayer Second, DenseLayer Output, DenseLayer Direct)
{
    private const string Scope = "row_sampler.";

    /// <summary>Whether a node or constant of a graph is one that <see cref="Write"/> writes.</summary>
    public static bool IsOfIt(string name) => name.StartsWith(TensorNames.RowSampler, StringComparison.Ordinal);

    public void Write(GraphBuilder graph)
    {
        var scope = graph.Scope(Scope);
        var known = scope.Node("Concat", "known", [TensorNames.Latent, TensorNames.RowSamplerInput], GraphBuilder.Attribute("axis", 1));
        var units = Activated(scope, "first", First.Write(scope, "first.sum", known, ""));
        units = Activated(scope, "second", Second.Write(scope, "second.sum", units, ""));
        graph.Node(
            "Add", TensorNames.RowSamplerLogits, Output.Write(scope, "output", units, ""), Direct.Write(scope, "direct", known, ""));
    }

    private static string Activated(GraphBuilder scope, string name, string x)
        => scope.Node("Mul", name, x, scope.Node("Sigmoid", $"{name}.sigmoid", x));
}
