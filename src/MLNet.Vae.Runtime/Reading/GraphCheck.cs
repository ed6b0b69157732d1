using MLNet.Vae.Graphs;
using MLNet.Vae.Latents;
using MLNet.Vae.Onnx;
using MLNet.Vae.Onnx.Schema;
using static MLNet.Vae.Onnx.Schema.TensorProto.Types;

namespace MLNet.Vae.Reading;

/// <summary>
/// Follows type and shape of every tensor through each graph that may be run, from the inputs to the outputs that the metadata promises:
/// then ONNX Runtime opens and runs it, and what it takes grows with the sizes of the model and not with a number in the file.
/// </summary>
internal sealed class GraphCheck
{
    // Some forty values of a feature are alive at a time where a draw of a count lists the counts up to 56; one list of them is a tensor.
    private const long ValuesPerFeature = 64;

    // Nodes of a likelihood's longest formula, several hundred, times the narrow tensors that they make.
    private const long TensorsPerGraph = 64;

    // Of the decoder's weights one graph makes one use; a prior's are used for the posterior too.
    private const int UsesOfWeights = 4;

    private readonly GraphProto _whole;
    private readonly VaeModelInfo _info;
    private readonly Dictionary<string, TensorFact> _constants = [];
    private readonly long _most;

    // Of a sequence each step uses the weights of a recurrent unit once more.
    private readonly int _steps;

    /// <param name="whole">Everything that the model has.</param>
    /// <param name="info">Checked already.</param>
    public GraphCheck(GraphProto whole, VaeModelInfo info)
    {
        (_whole, _info) = (whole, info);
        foreach (var constant in whole.Initializer)
            Add(_constants, constant.Name, TensorFact.Of(constant));
        _steps = info.FeatureKind == VaeInputKind.Sequence ? info.FeatureCount : 1;
        _most = MostValues(info, _constants.Values);
    }

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
        if (_info.Latent.HasCodes)
            CheckNamed(TensorNames.Codebook, isNeeded: true, _info.CodebookSize, _info.LatentDimension / _info.CodeCount);
        CheckNamed($"{TensorNames.Features}.scale", isNeeded: false, _info.FeatureCount);

        Follow(GraphInterface.Encoder);
        if (!VaeModel.IsScorer(_whole))
            return;
        Follow(GraphInterface.Decoder);
        Follow(GraphInterface.Scorer);
        if (Makes(TensorNames.LogWeight))
            Follow(GraphInterface.Importance);
        if (Makes(TensorNames.LogDensity))
            Follow(GraphInterface.Density);
        if (Makes(TensorNames.PriorMean) || _info.Latent.NeedsPriorGraph(_info))
            Follow(GraphInterface.Prior);
        if (Makes(TensorNames.Draw))
            Follow(GraphInterface.Draw);
        if (_info.Table is { Sampler: not null })
            Follow(GraphInterface.RowSampler);
        if (_info.CodePrior is not null)
        {
            CheckNamed(TensorNames.CodePriorEntries, isNeeded: true, _info.CodebookSize, CodePriorLayout.EntryLength);
            Follow(GraphInterface.CodePrior);
        }
    }

    private bool Makes(string tensor) => _whole.Node.Any(node => node.Output.Contains(tensor));

    private static void Add(Dictionary<string, TensorFact> tensors, string name, TensorFact fact)
    {
        if (name.Length == 0 || !tensors.TryAdd(name, fact))
            throw new CheckException($"its graph has two tensors called {CheckException.Quoted(name)}");
    }

    /// <summary>A constant that is read by its name.</summary>
    private void CheckNamed(string name, bool isNeeded, params long[] sizes)
    {
        if (_constants.TryGetValue(name, out var found) ? found.Type != DataType.Float || !found.HasSizes(sizes) : isNeeded)
            throw new CheckException($"its constant {CheckException.Quoted(name)} is not of the size that its metadata says");
    }

    /// <summary>
    /// More values than any tensor of such a model has for a row: of its columns, a layer as wide as its weights, distances to the entries
    /// of a codebook, a map for each filter, or a memory for each step.
    /// </summary>
    private static long MostValues(VaeModelInfo info, IEnumerable<TensorFact> constants)
    {
        const int Filters = 4, Gates = 3;
        var columns = (long)info.FeatureCount + info.ConditionCount + info.TargetCount + info.LatentDimension + info.NoiseCount;
        var (weights, maps) = (0L, 0L);
        foreach (var constant in constants)
        {
            weights += constant.Count;
            if (constant.Rank == Filters)
                maps = Math.Max(maps, Math.Max(constant.Sizes[0], constant.Sizes[1]));
            if (constant.Rank == Gates)
                maps = Math.Max(maps, constant.Sizes[1]);
        }
        var samples = info.ScoreKind == VaeScoreKind.NegativeLogLikelihood ? SampledScore.Samples : 1;
        return samples * ((ValuesPerFeature * columns) + weights + ((long)info.CodeCount * info.CodebookSize)
            + (maps * Math.Max(info.FeatureCount, info.TargetCount)));
    }

    private void Follow(string name)
    {
        var graph = GraphCut.Cut(_whole, name, _info);
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
            foreach (var input in call.Inputs)
            {
                if (input is { Constant: not null, Rank: > 1 })
                    call.Require((uses[input] = uses.GetValueOrDefault(input) + 1) <= UsesOfWeights * _steps, "uses weights too often");
            }
            var made = Operators.Infer(node.OpType, call);
            for (var i = 0; i < made.Length; i++)
            {
                call.Require(made[i].Count <= _most, "makes more values than the model has a use for");
                total += made[i].Count;
                Add(tensors, node.Output[i], made[i]);
            }
            call.Require(total / TensorsPerGraph <= _most, "makes, with those before it, more values than the model has a use for");
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
            || made.Before != promised.Before || !made.HasSizes(promised.Sizes))
        {
            throw new CheckException($"its graph does not make {CheckException.Quoted(output.Name)} as its metadata says");
        }
    }
}
