using System.Diagnostics.CodeAnalysis;
using System.IO.Hashing;
using Google.Protobuf;
using MLNet.Vae.Columns;
using MLNet.Vae.Graphs;
using MLNet.Vae.Interop;
using MLNet.Vae.Latents;
using MLNet.Vae.Onnx;
using MLNet.Vae.Pipelines;
using MLNet.Vae.Onnx.Schema;
using MLNet.Vae.Reading;
using MLNet.Vae.Saving;
using MLNet.Vae.Tables;

namespace MLNet.Vae;

/// <summary>A trained variational autoencoder: weights as ONNX graphs, and what is known about them.</summary>
/// <remarks>
/// Immutable and safe for use by several threads at once; holds no native resource. N is the number of rows, D
/// <see cref="VaeModelInfo.FeatureCount"/>, L <see cref="VaeModelInfo.LatentDimension"/>. The graphs are float32, opset 17.
/// </remarks>
public sealed class VaeModel
{
    /// <summary>
    /// Nodes and constants of everything (ScorerGraph), or of the encoder where <see cref="IsComplete"/> is false. Never changed once it is
    /// here.
    /// </summary>
    private readonly GraphProto _graph;

    // Made at first use, always of the same values.
    private IReadOnlyList<ReadOnlyMemory<float>>? _codebook;

    private VaeModel(GraphProto graph, VaeModelInfo info)
    {
        _graph = graph;
        Info = info;
        IsComplete = IsScorer(graph);
        HasDensity = Computes(TensorNames.LogWeight);
    }

    /// <summary>Sizes, likelihood, column names, threshold and training history.</summary>
    public VaeModelInfo Info { get; }

    /// <summary>
    /// Whether the model has its decoder. One loaded from <c>encoder.onnx</c> has not: it gives the posterior's mean and log σ, but no
    /// reconstruction, score or contributions.
    /// </summary>
    public bool IsComplete { get; }

    /// <summary>
    /// The entries of the codebook, <c>[<see cref="VaeModelInfo.CodebookSize"/>][L / <see cref="VaeModelInfo.CodeCount"/>]</c>, in latent
    /// units: entry k is what key k + 1 stands for. <see langword="null"/> for models without codes.
    /// </summary>
    public IReadOnlyList<ReadOnlyMemory<float>>? Codebook => Info.Latent.HasCodes
        ? _codebook ??= [.. CodebookEntries().Select(entry => new ReadOnlyMemory<float>(entry))]
        : null;

    /// <summary>One graph as an ONNX file. Every file carries <see cref="Info"/>.</summary>
    /// <param name="graph">
    /// <see cref="VaeGraph.Encoder"/>: features [N, D] → mean [N, L], log_sigma [N, L] (natural log of the standard deviation).
    /// <see cref="VaeGraph.Decoder"/>: z [N, L] → reconstruction [N, D], in the units of the features.
    /// <see cref="VaeGraph.Scorer"/>: features [N, D] → all of these, score [N, 1] and contributions [N, D].
    /// Of a conditional model each takes condition [N, C] too; one with a target gives it as reconstruction [N, T], and no score.
    /// </param>
    /// <returns>A new array, the same bytes each time.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="graph"/> is none of the three.</exception>
    /// <exception cref="InvalidOperationException">The model is not complete and <paramref name="graph"/> is not the encoder.</exception>
    public byte[] ToOnnx(VaeGraph graph)
    {
        var name = GraphInterface.NameOf(graph);
        if (!IsComplete && graph != VaeGraph.Encoder)
            throw Incomplete($"has no {name}");
        var part = GraphCut.Cut(_graph, name, Info);
        return ModelFile.Write(part, Info, graph == VaeGraph.Scorer ? GraphCut.Rest(_graph, part) : null);
    }

    /// <summary>Writes <c>encoder.onnx</c>, <c>decoder.onnx</c> and <c>scorer.onnx</c>, replacing files of these names.</summary>
    /// <param name="directory">Made where it does not exist.</param>
    /// <remarks>No file is ever half written: all three are written under temporary names beside them, and then renamed.</remarks>
    /// <exception cref="ArgumentException"><paramref name="directory"/> is null or blank.</exception>
    /// <exception cref="InvalidOperationException">The model is not complete.</exception>
    /// <exception cref="IOException">The directory cannot be made or written to, or the disk is full; says which file and why.</exception>
    public void ExportOnnx(string directory)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(directory);
        FileSet.Write("model", directory, [.. Enum.GetValues<VaeGraph>().Select(File)]);

        (string, Action<Stream>) File(VaeGraph graph)
        {
            var onnx = ToOnnx(graph);
            return ($"{GraphInterface.NameOf(graph)}.onnx", stream => stream.Write(onnx));
        }
    }

    /// <summary>Writes one graph as an ONNX file.</summary>
    /// <param name="graph">See <see cref="ToOnnx"/>.</param>
    /// <param name="destination">Written to from its position on, and left open.</param>
    /// <exception cref="ArgumentNullException"><paramref name="destination"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="graph"/> is none of the three.</exception>
    /// <exception cref="InvalidOperationException">The model is not complete and <paramref name="graph"/> is not the encoder.</exception>
    /// <exception cref="IOException">The stream failed.</exception>
    public void ExportOnnx(VaeGraph graph, Stream destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        destination.Write(ToOnnx(graph));
    }

    /// <summary>Reads an exported model.</summary>
    /// <param name="path">
    /// <c>scorer.onnx</c>, which holds the whole model, or <c>encoder.onnx</c>, which gives one that is not complete
    /// (<see cref="IsComplete"/>); or a <c>model.zip</c> that <c>mlContext.Model.Save</c> wrote, of a pipeline with one model of this
    /// library in it, whose other steps do not come along.
    /// </param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is null or blank.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">
    /// The file is a decoder, is not from this library, is a pipeline without a model of it or with several, is of a newer format, was
    /// truncated or damaged, or holds what this library does not write; says which, and what to do. Nothing of a file is run before all of
    /// it was checked.
    /// </exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static VaeModel Load(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        if (!File.Exists(path))
            throw ReadErrors.Missing(path);
        if (SavedFile.TryReadZip(path, out var saved))
            return saved;
        using var file = File.OpenRead(path);
        return Load(file, $"'{path}'");
    }

    /// <summary>Reads an exported model; see <see cref="Load(string)"/>.</summary>
    /// <param name="source">Read from its position to its end, and left open.</param>
    /// <exception cref="ArgumentNullException"><paramref name="source"/> is null.</exception>
    /// <exception cref="InvalidDataException">As for <see cref="Load(string)"/>.</exception>
    public static VaeModel Load(Stream source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return Load(source, "The stream");
    }

    private static VaeModel Load(Stream source, string name)
        => ModelReader.Read(BoundedBytes.Read(source, ModelFile.MaximumBytes) ?? throw ReadErrors.TooLarge(name), name);

    /// <summary>What scores rows of float arrays with this model, without ML.NET.</summary>
    /// <param name="options">How rows are scored; <see langword="null"/>: the defaults.</param>
    /// <param name="log">
    /// Takes warnings, a sentence each: of rows whose outputs are NaN, as the options allow, once per call, and of a GPU that could not be
    /// used. <see langword="null"/>: nobody does. Called on the thread that scores.
    /// </param>
    /// <exception cref="ArgumentException">An option is out of range: all faults in one message.</exception>
    public VaeScorer CreateScorer(VaeScoringOptions? options = null, Action<string>? log = null)
        => new(new ScoringHost(log), this, options ?? new());

    /// <summary>Whether the log-likelihood of a row can be estimated: whether the model has the graph for it.</summary>
    internal bool HasDensity { get; }

    /// <summary>Whether the model has the nodes of a tensor, which one written by an earlier version may lack.</summary>
    internal bool Computes(string tensor) => _graph.Node.Any(n => n.Output.Contains(tensor));

    /// <summary>What the encoder divides each feature by, <c>[D]</c>; <see langword="null"/>: it reads features as they are.</summary>
    internal float[]? FeatureScale() => FeatureConstant("scale");

    /// <summary>
    /// Standard deviation of each feature given z, in the units of the features, of a Gaussian decoder that has one per feature; 0 of a
    /// feature without. <see langword="null"/>: the decoder is another.
    /// </summary>
    internal double[]? DecoderSigmas()
    {
        var scale = FeatureScale();
        return Info.FeatureSigmas is { } sigmas ? [.. sigmas.Select((sigma, i) => (sigma ?? 0) * (scale?[i] ?? 1))] : null;
    }

    /// <summary>Of which features the encoder takes ln(1 + x) before it divides, <c>[D]</c>; <see langword="null"/>: of none.</summary>
    internal bool[]? FeatureLogarithms() => FeatureConstant("mask") is { } mask ? Array.ConvertAll(mask, value => value > 0) : null;

    /// <summary>The entries of a vector-quantised model's codebook, <c>[codebook][dimension]</c>, anew at each call.</summary>
    internal float[][] CodebookEntries() => Table(TensorNames.Codebook);

    /// <summary>What stands for each of them in the prior over codes, of a model that has one, <c>[codebook][32]</c>.</summary>
    internal float[][] CodePriorEntries() => Table(TensorNames.CodePriorEntries);

    /// <summary>
    /// One of the graphs that <see cref="GraphInterface"/> names, to be run for some of its outputs, as ONNX Runtime computes what a graph
    /// holds whether it is asked for or not. It says nothing of the rest of the model.
    /// </summary>
    internal byte[] ToRun(string graph, params IReadOnlyCollection<string> outputs) =>
        ModelFile.Write(
            GraphCut.Cut(_graph, graph, Info, [.. GraphInterface.Outputs(graph, Info).Where(output => outputs.Contains(output.Name))]),
            Info
        );

    internal static VaeModel Create(TrainedVae network, VaeModelInfo info)
    {
        CheckSizes(
            info,
            new(network.FeatureCount, network.LatentDimension, network.ConditionCount, network.TargetScaling?.FeatureCount ?? 0)
        );
        if (network.Distribution.NoiseOf(network.OutputCount) is var noise && noise != info.NoiseCount)
            info = info with { DrawNoiseCount = noise };
        return new(ScorerGraph.Write(network, info), info);
    }

    internal static VaeModel Of(GraphProto graph, VaeModelInfo info) => new(graph, info);

    internal static bool IsScorer(GraphProto graph) => graph.Node.Any(n => n.Output.Contains(TensorNames.Reconstruction));

    /// <summary>False for an ONNX file that is no encoder, scorer or pipeline of this library.</summary>
    /// <exception cref="InvalidDataException">It is one, and damaged or of a newer format.</exception>
    internal static bool TryRead(
        byte[] onnx, [NotNullWhen(true)] out VaeModel? model, string source = "The ONNX model in the pipeline")
        => ModelReader.TryRead(onnx, source, out model);

    /// <summary>The same weights under other column names or with another threshold.</summary>
    internal VaeModel With(VaeModelInfo info)
    {
        CheckSizes(info, Sizes.Of(Info));
        if (info.ScoreKind != Info.ScoreKind)
            throw new ArgumentException($"The graph computes {Info.ScoreKind}, not {info.ScoreKind}.", nameof(info));
        return new(_graph, info);
    }

    /// <summary>
    /// The graph that stock ML.NET's ApplyOnnxModel runs: input <see cref="VaeColumns.Features"/>, one output for each vector column,
    /// and <see cref="PipelineColumns.Detection"/> where score or predicted label is asked for.
    /// </summary>
    /// <exception cref="InvalidOperationException">The columns cannot be saved under their names, or need a missing decoder.</exception>
    internal byte[] ToPipelineOnnx()
    {
        if (ColumnNames.Faults(Info.Columns) is { Count: > 0 } faults)
            throw new InvalidOperationException($"The model cannot be saved: {string.Join("; ", faults)}.");
        if (!IsComplete && ModelOutputs.NeedDecoder(Info.Columns))
            throw Incomplete("has no decoder, which reconstruction, score, predicted label and contributions need");
        var (graph, leftOut) = PipelineGraph.Write(
            _graph,
            Info,
            ModelOutputs.Saved(Info),
            ModelOutputs.NeedDecoder(Info.Columns),
            ModelOutputs.SaveDetection(Info.Columns),
            ModelOutputs.SaveStock(Info.Columns),
            ModelOutputs.SavePValue(Info.Columns),
            ModelOutputs.SaveClass(Info.Columns));
        return ModelFile.Write(graph, Info, leftOut);
    }

    /// <summary>The scorer over the columns of a table; see <see cref="TableForm.Scorer"/>.</summary>
    /// <exception cref="InvalidOperationException">
    /// The model is not complete, or its table has a column that ONNX has no type for.
    /// </exception>
    internal byte[] ToTableOnnx() => IsComplete ? TableForm.Scorer(_graph, Info) : throw Incomplete("has no scorer");

    /// <summary>The model from columns to columns; see <see cref="ColumnsGraph"/>.</summary>
    /// <exception cref="InvalidOperationException">ONNX has no form of a column, or the columns need a missing decoder.</exception>
    internal GraphPart ToPart(IReadOnlyDictionary<string, GraphColumn> columns)
        => !IsComplete && ModelOutputs.NeedDecoder(Info.Columns)
            ? throw Incomplete("has no decoder, which reconstruction, score, predicted label and contributions need")
            : new ColumnsGraph(Info, columns).Write(_graph);

    /// <summary>XxHash64 of all that is computed: the same for the same weights, whatever the columns are called.</summary>
    internal ulong Fingerprint()
        => XxHash64.HashToUInt64(new GraphProto { Node = { _graph.Node }, Initializer = { _graph.Initializer } }.ToByteArray());

    /// <summary>The same model with this prior over its codes and no other, which <paramref name="info"/> describes.</summary>
    internal VaeModel With(CodePriorNetwork prior, VaeModelInfo info)
    {
        var graph = new GraphProto
        {
            Node = { _graph.Node.Where(node => !CodePriorNetwork.IsOfIt(node.Name)) },
            Initializer = { _graph.Initializer.Where(constant => !CodePriorNetwork.IsOfIt(constant.Name)) },
        };
        prior.Write(new GraphBuilder(graph), isConditional: Info.ConditionCount > 0);
        return new(graph, info);
    }

    /// <summary>The same model of a table, which <paramref name="info"/> describes, with this to draw rows by.</summary>
    internal VaeModel With(MaskedNetwork sampler, VaeModelInfo info)
    {
        var graph = new GraphProto
        {
            Node = { _graph.Node.Where(node => !MaskedNetwork.IsOfIt(node.Name)) },
            Initializer = { _graph.Initializer.Where(constant => !MaskedNetwork.IsOfIt(constant.Name)) },
        };
        sampler.Write(new GraphBuilder(graph));
        return new(graph, info);
    }

    private float[][] Table(string name)
    {
        var constant = _graph.Initializer.Single(i => i.Name == name);
        return [.. GraphBuilder.Floats(constant).Chunk((int)constant.Dims[1])];
    }

    private float[]? FeatureConstant(string name) =>
        _graph.Initializer.FirstOrDefault(i => i.Name == $"{TensorNames.Features}.{name}") is { } constant
            ? [.. GraphBuilder.Floats(constant)]
            : null;

    private static void CheckSizes(VaeModelInfo info, Sizes expected)
    {
        if (Sizes.Of(info) != expected)
            throw new ArgumentException($"Expected {expected}, found {Sizes.Of(info)}.", nameof(info));
    }

    private readonly record struct Sizes(int Features, int Latents, int Condition, int Target)
    {
        public static Sizes Of(VaeModelInfo info) => new(info.FeatureCount, info.LatentDimension, info.ConditionCount, info.TargetCount);
    }

    private static InvalidOperationException Incomplete(string what)
        => new($"The model was loaded from encoder.onnx alone, so it {what}. Load scorer.onnx of the same export.");
}
