using MLNet.Vae.Graphs;
using MLNet.Vae.Onnx;
using MLNet.Vae.Onnx.Schema;
using static MLNet.Vae.Onnx.Schema.TensorProto.Types;

namespace MLNet.Vae.Reading;

/// <summary>
/// Follows type and shape of every tensor through each graph that may be run, from the inputs to the outputs that the metadata promises:
/// then ONNX Runtime opens and runs it, and what it takes grows with the sizes of the model and not with a number in the file.
/// </summary>
/// <param name="whole">Everything that the model has.</param>
/// <param name="info">Checked already.</param>
internal sealed class GraphCheck(GraphProto whole, VaeModelInfo info)
{
    // Some forty values of a feature are alive at a time where a draw of a count lists the counts up to 56; one list of them is a tensor.
    private const long ValuesPerFeature = 64;

    // Nodes of a likelihood's longest formula, several hundred, times the narrow tensors that they make.
    private const long TensorsPerGraph = 64;

    // Of the decoder's weights one graph makes one use; a prior's are used for the posterior too.
    private const int UsesOfWeights = 4;

    private readonly Dictionary<string, TensorFact> _constants = Constants(whole);

    /// <summary>
    /// Every node is of an operator that models are written with, in the operator sets that they are written in, wherever in the file it
    /// is.
    /// </summary>
    /// <exception cref="CheckException">One is not.</exception>
    public static void CheckOperators(ModelProto model, GraphProto? rest)
    {
        foreach (var set in model.OpsetImport)
        {
            if (!ModelFile.IsWrittenIn(set))
                throw new CheckException($"it is written for version {set.Version} of the operators {CheckException.Quoted(set.Domain)}");
        }
        foreach (var node in model.Graph.Node.Concat(rest?.Node ?? []))
        {
            if (!Operators.IsWritten(node.Domain, node.OpType))
            {
                var name = node.Domain.Length == 0 ? node.OpType : $"{node.Domain}.{node.OpType}";
                throw new CheckException($"its graph runs the operator {CheckException.Quoted(name)}, which no model is written with");
            }
        }
        foreach (var constant in model.Graph.Initializer.Concat(rest?.Initializer ?? []))
            TensorFact.Of(constant);
    }

    /// <exception cref="CheckException">A graph is not as the metadata says, or cannot be run.</exception>
    public void Run()
    {
        if (info.Latent.HasCodes)
            CheckNamed(TensorNames.Codebook, isNeeded: true, info.CodebookSize, info.LatentDimension / info.CodeCount);
        CheckNamed($"{TensorNames.Features}.scale", isNeeded: false, info.FeatureCount);
        var most = MostValues();
        foreach (var graph in Graphs())
            Follow(graph, most);
    }

    private IEnumerable<string> Graphs()
    {
        yield return GraphInterface.Encoder;
        if (!VaeModel.IsScorer(whole))
            yield break;
        yield return GraphInterface.Decoder;
        yield return GraphInterface.Scorer;
        if (Makes(TensorNames.LogWeight))
            yield return GraphInterface.Importance;
        if (Makes(TensorNames.PriorMean) || info.Latent.NeedsPriorGraph(info))
            yield return GraphInterface.Prior;
        if (Makes(TensorNames.Draw))
            yield return GraphInterface.Draw;
    }

    private bool Makes(string tensor) => whole.Node.Any(node => node.Output.Contains(tensor));

    private static Dictionary<string, TensorFact> Constants(GraphProto whole)
    {
        var constants = new Dictionary<string, TensorFact>();
        foreach (var constant in whole.Initializer)
            Add(constants, constant.Name, TensorFact.Of(constant));
        return constants;
    }

    private static void Add(Dictionary<string, TensorFact> tensors, string name, TensorFact fact)
    {
        if (name.Length == 0 || !tensors.TryAdd(name, fact))
            throw new CheckException($"its graph has two tensors called {CheckException.Quoted(name)}");
    }

    /// <summary>A constant that is read by its name.</summary>
    private void CheckNamed(string name, bool isNeeded, params long[] sizes)
    {
        if (_constants.TryGetValue(name, out var found) ? found.Type != DataType.Float || !found.Sizes.SequenceEqual(sizes) : isNeeded)
            throw new CheckException($"its constant {CheckException.Quoted(name)} is not of the size that its metadata says");
    }

    /// <summary>
    /// More values than any tensor of such a model has for a row: of its columns, a layer as wide as its weights, distances to the entries
    /// of a codebook, or a map for each filter.
    /// </summary>
    private long MostValues()
    {
        const int Filters = 4;
        var columns = (long)info.FeatureCount + info.ConditionCount + info.TargetCount + info.LatentDimension + info.NoiseCount;
        var weights = _constants.Values.Sum(constant => constant.Count);
        var maps = _constants.Values.Where(constant => constant.Rank == Filters).Select(filters => filters.Sizes.Take(2).Max());
        return (ValuesPerFeature * columns) + weights + ((long)info.CodeCount * info.CodebookSize)
            + (maps.DefaultIfEmpty().Max() * Math.Max(info.FeatureCount, info.TargetCount));
    }

    private void Follow(string name, long most)
    {
        var graph = GraphCut.Cut(whole, name, info);
        var tensors = new Dictionary<string, TensorFact>();
        foreach (var input in graph.Input)
            Add(tensors, input.Name, TensorFact.Of(input));
        foreach (var constant in graph.Initializer)
            Add(tensors, constant.Name, _constants[constant.Name]);

        var uses = new Dictionary<TensorFact, int>(ReferenceEqualityComparer.Instance);
        var total = 0L;
        foreach (var node in graph.Node)
        {
            var call = new OperatorCall(node, Read(tensors, node));
            foreach (var weights in call.Inputs.Where(input => input is { Constant: not null, Rank: > 1 }))
                call.Require((uses[weights] = uses.GetValueOrDefault(weights) + 1) <= UsesOfWeights, "uses weights too often");
            var made = Operators.Infer(node.OpType, call);
            for (var i = 0; i < made.Length; i++)
            {
                call.Require(made[i].Count <= most, "makes more values than the model has a use for");
                total += made[i].Count;
                Add(tensors, node.Output[i], made[i]);
            }
            call.Require(total / TensorsPerGraph <= most, "makes, with those before it, more values than the model has a use for");
        }
        foreach (var output in graph.Output)
            CheckOutput(output, tensors);
    }

    private static TensorFact[] Read(Dictionary<string, TensorFact> tensors, NodeProto node) =>
    [
        .. node.Input.Select(name => tensors.GetValueOrDefault(name) ?? throw new CheckException(
            $"its node {CheckException.Quoted(node.Name)} reads {CheckException.Quoted(name)}, which nothing before it makes")),
    ];

    private static void CheckOutput(ValueInfoProto output, Dictionary<string, TensorFact> tensors)
    {
        var promised = TensorFact.Of(output);
        if (!tensors.TryGetValue(output.Name, out var made) || made.Type != promised.Type || made.Axis != promised.Axis
            || !made.Sizes.SequenceEqual(promised.Sizes))
        {
            throw new CheckException($"its graph does not make {CheckException.Quoted(output.Name)} as its metadata says");
        }
    }
}
