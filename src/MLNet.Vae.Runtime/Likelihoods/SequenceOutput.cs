using MLNet.Vae.Architectures;
using MLNet.Vae.Onnx;
using static MLNet.Vae.Onnx.GraphBuilder;

namespace MLNet.Vae.Likelihoods;

/// <summary>
/// Π p(x_t | x_1, …, x_{t−1}, z), a gated recurrent unit that reads the token before (Bowman et al. 2016). x are numbers of tokens, 0 is
/// the end; what lies behind it is certain, and so is the end of a sequence that fills all steps. The decoder's output is the memory that
/// the unit begins with, before its tanh, and what is added to its input at each step, <c>[N, 4·units]</c>.
/// </summary>
/// <param name="Embedding">Of the tokens.</param>
/// <param name="Cell">Reads them.</param>
/// <param name="Logits">Of the end and of each token, <c>[tokens + 1, units]</c>.</param>
internal sealed record SequenceOutput(TokenEmbedding Embedding, RecurrentCell Cell, DenseLayer Logits) : OutputDistribution
{
    private const string Name = "sequence";

    // A part of the decoder's output for the memory, three for what the gates and the candidate are given.
    public override int ParametersOf(int features) => 4 * Cell.Units;

    /// <summary>The likeliest token of each step, given those before that were the likeliest.</summary>
    public override string Mean(GraphBuilder graph, int features, string output)
        => Written(graph.Within("likeliest/"), features, output, (step, _, logits) =>
            step.ToSingle($"{Name}.token", step.Node("ArgMax", $"{Name}.largest", [logits], Attribute("axis", 1))));

    /// <summary>Token by token, by inversion of the distribution function.</summary>
    public override string Draw(GraphBuilder graph, int features, string output, string noise)
    {
        var uniform = graph.Split($"{Name}.uniform", graph.Uniform("uniform", noise), Ones(features));
        return Written(graph.Within("drawn/"), features, output, (step, number, logits) =>
        {
            var probabilities = step.Node("Softmax", $"{Name}.probabilities", [logits], Attribute("axis", 1));
            var sums = step.Node("CumSum", $"{Name}.sums", probabilities, Axis(step));
            var isBelow = step.ToSingle($"{Name}.below", step.Node("LessOrEqual", $"{Name}.is_below", sums, uniform[number]));
            var count = step.Node("ReduceSum", $"{Name}.count", isBelow, Axis(step));
            // Rounding may leave a rest behind the last one.
            return step.Node("Min", $"{Name}.token", count, step.Constant($"{Name}.last", Embedding.Tokens));
        });
    }

    public override string ReconstructionError(GraphBuilder graph, int features, string x, string output)
        => NegativeLogDensity(graph, features, x, output);

    /// <summary>−ln p of each step, given the true tokens before it; ∞ of what is no token, and of one behind the end.</summary>
    public override string NegativeLogDensity(GraphBuilder graph, int features, string x, string output)
    {
        graph = graph.Within("given/");
        var tokens = graph.Split($"{Name}.given", x, Ones(features));
        var (memory, added) = Start(graph, output);
        var given = Given(graph, added);
        var terms = new string[features];
        for (var t = 0; t < features; t++)
        {
            var step = Step(graph, t);
            memory = Cell.Write(step, Name, given, memory);
            var oneHot = Embedding.OneHot(step, $"{Name}.one_hot", tokens[t]);
            var term = Term(step, oneHot, Logits.Write(step, $"{Name}.logits", memory));
            terms[t] = t == 0 ? term : AfterEnd(step, tokens[t - 1], tokens[t], term);
            if (t < features - 1)
                given = Given(step, added, oneHot);
        }
        return graph.Node("Concat", $"{Name}.terms", terms, Attribute("axis", 1));
    }

    private static string Term(GraphBuilder step, string oneHot, string logits)
    {
        var logProbabilities = step.Node("LogSoftmax", $"{Name}.log_probabilities", [logits], Attribute("axis", 1));
        var own = step.Node("Mul", $"{Name}.log_probability.parts", oneHot, logProbabilities);
        var term = step.Node("Neg", $"{Name}.cross_entropy", step.Node("ReduceSum", $"{Name}.log_probability", own, Axis(step)));
        var count = step.Node("ReduceSum", $"{Name}.is_token.count", oneHot, Axis(step));
        return step.OnSupport(step.Node("Greater", $"{Name}.is_token", count, step.Constant($"{Name}.half", 0.5f)), term);
    }

    private static string AfterEnd(GraphBuilder step, string before, string token, string term)
    {
        var zero = step.Constant($"{Name}.zero", 0);
        var isEnd = step.Node("Equal", $"{Name}.is_end", token, zero);
        var certain = step.Node(
            "Where", $"{Name}.certain", isEnd, zero, step.Constant("impossible", float.PositiveInfinity));
        return step.Node("Where", $"{Name}.term", step.Node("Greater", $"{Name}.goes_on", before, zero), term, certain);
    }

    /// <summary>Tokens that are chosen one after the other, <c>[N, features]</c>.</summary>
    private string Written(GraphBuilder graph, int features, string output, Func<GraphBuilder, int, string, string> choose)
    {
        var (memory, added) = Start(graph, output);
        var given = Given(graph, added);
        var tokens = new string[features];
        var goesOn = "";
        for (var t = 0; t < features; t++)
        {
            var step = Step(graph, t);
            memory = Cell.Write(step, Name, given, memory);
            var chosen = choose(step, t, Logits.Write(step, $"{Name}.logits", memory));
            tokens[t] = t == 0 ? chosen : step.Node("Mul", $"{Name}.written", chosen, goesOn);
            if (t == features - 1)
                break;
            goesOn = step.Clamp($"{Name}.goes_on", tokens[t], (0, 1));
            given = Given(step, added, Embedding.OneHot(step, $"{Name}.one_hot", tokens[t]));
        }
        return graph.Node("Concat", $"{Name}.all", tokens, Attribute("axis", 1));
    }

    private (string Memory, string Added) Start(GraphBuilder graph, string output)
    {
        var parts = graph.Split($"{Name}.parameters", output, Cell.Units, 3 * Cell.Units);
        return (graph.Node("Tanh", $"{Name}.start", parts[0]), parts[1]);
    }

    /// <summary>Of the first step, before which there is no token.</summary>
    private string Given(GraphBuilder graph, string added)
        => graph.Node("Add", $"{Name}.given.first", added, graph.Constant($"{Name}.input.bias", Cell.Input.Bias, Cell.Input.Outputs));

    private string Given(GraphBuilder step, string added, string oneHot)
    {
        var embedded = Embedding.Write(step, $"{Name}.embedding", oneHot);
        return step.Node("Add", $"{Name}.given.next", added, Cell.Input.Write(step, $"{Name}.input", embedded));
    }

    private static GraphBuilder Step(GraphBuilder graph, int step) => graph.Within($"step{step}/");

    private static string Axis(GraphBuilder graph) => graph.Indices($"{Name}.axis", 1);

    private static int[] Ones(int count) => [.. Enumerable.Repeat(1, count)];
}
