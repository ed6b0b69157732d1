using System.Globalization;
using MLNet.Vae.Graphs;
using MLNet.Vae.Onnx;
using MLNet.Vae.Onnx.Schema;

namespace MLNet.Vae.Pipelines;

/// <summary>Steps of a pipeline as one graph: what one gives as a column, the next ones read under that name.</summary>
internal sealed class JoinedGraph
{
    /// <summary>What an output is called behind its column's name, as ML.NET's own converter does it.</summary>
    public const string OutputSuffix = ".output";

    private readonly GraphProto _graph = new();
    private readonly Dictionary<string, string> _columns = [];
    private readonly Dictionary<string, long> _operators = new() { [""] = ModelFile.OpsetVersion };
    private readonly List<string> _faults = [];
    private int _parts;

    /// <summary>Whether a step gave this column.</summary>
    public bool Gives(string column) => _columns.ContainsKey(column);

    public void Add(GraphPart part)
    {
        var prefix = $"{++_parts}/";
        var read = part.Reads.ToDictionary(column => column.Value, column => Tensor(column.Key));
        var renamed = GraphNames.Renamed(part.Graph, name => read.GetValueOrDefault(name) ?? prefix + name);
        _graph.Node.Add(renamed.Node);
        _graph.Initializer.Add(renamed.Initializer);
        foreach (var set in part.OperatorSets.Where(set => set.Domain.Length > 0))
            _operators[set.Domain] = Math.Max(set.Version, _operators.GetValueOrDefault(set.Domain));
        foreach (var (column, tensor) in part.Gives)
            _columns[column] = prefix + tensor;
    }

    /// <summary>Columns of a step that has no form: nothing that is asked for may need them.</summary>
    /// <param name="columns">Those that it makes.</param>
    /// <param name="fault">What to say where one is needed.</param>
    public void Lose(IEnumerable<string> columns, string fault)
    {
        _faults.Add(fault);
        foreach (var column in columns)
            _columns[column] = $"{LostPrefix}{_faults.Count - 1}";
    }

    /// <summary>Without what the outputs do not need.</summary>
    /// <param name="outputs">Columns with their types, called as <see cref="OutputSuffix"/> says.</param>
    /// <param name="inputs">
    /// The columns that there may be, with their types: those that are read become inputs, under their names.
    /// </param>
    /// <exception cref="InvalidOperationException">
    /// Columns are read that no step gives and that <paramref name="inputs"/> lacks, or that a step without a form was to give.
    /// </exception>
    public byte[] Build(IReadOnlyList<ValueInfoProto> outputs, IReadOnlyList<ValueInfoProto> inputs)
    {
        var named = outputs.Select(output => output.Clone()).ToArray();
        foreach (var output in named)
        {
            var column = output.Name;
            output.Name = column + OutputSuffix;
            _graph.Node.Add(
                new NodeProto { Name = output.Name, OpType = "Identity", Input = { Tensor(column) }, Output = { output.Name } });
        }
        var whole = GraphCut.Needed(_graph, [.. named.Select(output => output.Name)]);
        var tensors = whole.Node.SelectMany(node => node.Input).Distinct().ToArray();
        if (tensors.FirstOrDefault(tensor => tensor.StartsWith(LostPrefix, StringComparison.Ordinal)) is { } lost)
            throw new InvalidOperationException(_faults[int.Parse(lost[LostPrefix.Length..], CultureInfo.InvariantCulture)]);
        var read = tensors.Where(IsInput).ToArray();
        var known = inputs.ToDictionary(input => InputPrefix + input.Name);
        if (read.Except(known.Keys).ToArray() is { Length: > 0 } lacking)
        {
            throw new InvalidOperationException(
                $"No step gives {string.Join(", ", lacking.Select(name => $"'{name[InputPrefix.Length..]}'"))}, and the input has no such "
                + "column, or one that ONNX has no type for.");
        }
        // Inputs have the bare names of their columns: nothing else is called so, as all else begins with a number and a slash.
        var final = GraphNames.Renamed(whole, name => IsInput(name) ? name[InputPrefix.Length..] : name);
        final.Name = "pipeline";
        final.Input.Add(inputs.Where(input => read.Contains(InputPrefix + input.Name)));
        final.Output.Add(named);
        return ModelFile.WriteForeign(final, "Pipeline", _operators);
    }

    private const string InputPrefix = "in/", LostPrefix = "lost/";

    private static bool IsInput(string tensor) => tensor.StartsWith(InputPrefix, StringComparison.Ordinal);

    private string Tensor(string column) => _columns.GetValueOrDefault(column) ?? InputPrefix + column;
}
