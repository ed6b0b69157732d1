using Google.Protobuf;
using MLNet.Vae.Calibration;
using MLNet.Vae.Columns;
using MLNet.Vae.Graphs;
using MLNet.Vae.Onnx;
using MLNet.Vae.Onnx.Schema;
using MLNet.Vae.Tables;

namespace MLNet.Vae.Pipelines;

/// <summary>
/// A model from columns to columns in the types of ML.NET, any number of rows at a time: what is joined with the other steps of a pipeline.
/// </summary>
/// <param name="info">Names the columns.</param>
/// <param name="columns">What is known of those that are read, by name.</param>
internal sealed class ColumnsGraph(VaeModelInfo info, IReadOnlyDictionary<string, GraphColumn> columns)
{
    private const string In = "column/in/", Out = "column/out/", Own = "column/";

    /// <param name="model">The whole model, or the encoder of one that is not complete.</param>
    /// <exception cref="InvalidOperationException">The table has a column that ONNX has no type for.</exception>
    public GraphPart Write(GraphProto model)
    {
        var scorer = ModelOutputs.NeedDecoder(info.Columns);
        var run = GraphCut.Cut(model, scorer ? GraphInterface.Scorer : GraphInterface.Encoder, info);
        var before = new GraphBuilder();
        string[] read = info.Table is { } table ? OfTable(before, table) : OfVectors(before);
        var graph = new GraphBuilder(GraphCut.Join(before.Build(), new() { Node = { run.Node }, Initializer = { run.Initializer } }));
        var gives = ModelOutputs.Named(info.Columns).ToDictionary(named => named.Name, named => Given(graph, named.Output));
        if (info.Table is { ContributionsColumn: { } sums } parts && info.Columns.Contributions is not null)
        {
            new TableGraph(graph, parts).WriteSums(Out + nameof(VaeTableInfo.ContributionsColumn), TensorNames.Contributions);
            gives[sums] = Out + nameof(VaeTableInfo.ContributionsColumn);
        }
        var whole = graph.Build();
        return new(whole, [.. ModelFile.OperatorSets(whole)], read.ToDictionary(column => column, column => In + column), gives);
    }

    private string[] OfTable(GraphBuilder graph, VaeTableInfo table)
    {
        if (TableGraph.Fault(table) is { } fault)
            throw new InvalidOperationException($"{fault}. Leave it out of the table");
        var read = table.Modelled.Select(column => columns[column.Name] is { IsText: false } found && column.IsText
            ? Names(graph, column.Name, found)
            : column.IsText ? In + column.Name : graph.ToSingle($"{Own}single/{column.Name}", In + column.Name)).ToArray();
        new TableGraph(graph, table).Write(TensorNames.Features, read);
        return [.. table.Modelled.Select(column => column.Name)];
    }

    /// <summary>What the values of a key are called; of a missing one nothing.</summary>
    private static string Names(GraphBuilder graph, string column, GraphColumn key)
    {
        var number = graph.Node("Cast", $"{Own}number/{column}", [In + column], GraphBuilder.Attribute("to", Int64));
        var names = key.KeyNames ?? throw new InvalidOperationException(
            $"column '{column}' is a key without names, of which no text can be made. Leave it out of the table");
        var output = $"{Own}name/{column}";
        graph.Node(new NodeProto
        {
            Name = output,
            OpType = "LabelEncoder",
            Domain = ModelFile.MachineLearningDomain,
            Input = { number },
            Output = { output },
            Attribute =
            {
                new AttributeProto
                {
                    Name = "keys_int64s",
                    Type = AttributeProto.Types.AttributeType.Ints,
                    Ints = { Enumerable.Range(1, names.Count).Select(value => (long)value) },
                },
                new AttributeProto
                {
                    Name = "values_strings",
                    Type = AttributeProto.Types.AttributeType.Strings,
                    Strings = { names.Select(ByteString.CopyFromUtf8) },
                },
                new AttributeProto
                {
                    Name = "default_string",
                    Type = AttributeProto.Types.AttributeType.String,
                    S = ByteString.Empty,
                },
            },
        });
        return output;
    }

    private string[] OfVectors(GraphBuilder graph)
    {
        var inputs = PipelineColumns.Inputs(info);
        foreach (var input in inputs)
        {
            var single = graph.ToSingle($"{Own}single/{input.Tensor}", In + input.Column);
            _ = input.Kind switch
            {
                VaeInputKind.Key => OneHot(graph, input, single),
                VaeInputKind.Sequence => Padded(graph, input, single),
                _ => graph.Node("Identity", input.Tensor, single),
            };
        }
        return [.. inputs.Select(input => input.Column)];
    }

    /// <summary>A key that is missing, 0, has no 1.</summary>
    private static string OneHot(GraphBuilder graph, PipelineInput input, string key)
    {
        float[] numbers = [.. Enumerable.Range(1, input.Width).Select(value => (float)value)];
        var keys = graph.Constant($"{Own}keys/{input.Tensor}", numbers, 1, input.Width);
        var same = graph.Node("Equal", $"{Own}same/{input.Tensor}", key, keys);
        return graph.ToSingle(input.Tensor, same);
    }

    /// <summary>Behind the end of a sequence are zeros.</summary>
    private string Padded(GraphBuilder graph, PipelineInput input, string tokens)
    {
        var missing = input.Width - columns[input.Column].Width;
        return missing == 0
            ? graph.Node("Identity", input.Tensor, tokens)
            : graph.Node("Pad", input.Tensor, tokens, graph.Indices($"{Own}pads/{input.Tensor}", 0, 0, 0, missing));
    }

    /// <returns>The tensor, in the type of the column.</returns>
    private string Given(GraphBuilder graph, ModelOutput output)
    {
        var tensor = Out + output.Option;
        return output.Option switch
        {
            nameof(VaeColumns.Codes) or nameof(VaeColumns.PredictedClass) => Key(graph, tensor, output.Tensor),
            nameof(VaeColumns.PredictedLabel) => PipelineGraph.IsAbove(graph, tensor, output.Tensor, info.Threshold!.Value),
            nameof(VaeColumns.PValue) => graph.PValue(tensor, output.Tensor, info.Calibration!),
            _ => graph.Node("Identity", tensor, output.Tensor),
        };
    }

    /// <summary>Numbers count from 0, keys from 1, with 0 for a missing one.</summary>
    private static string Key(GraphBuilder graph, string key, string number)
    {
        var next = graph.Node("Add", $"{key}/next", number, graph.Constant($"{Own}one", 1f));
        var missing = graph.Node("IsNaN", $"{key}/missing", number);
        var known = graph.Node("Where", $"{key}/known", missing, graph.Constant($"{Own}zero", 0f), next);
        return graph.Node("Cast", key, [known], GraphBuilder.Attribute("to", (long)TensorProto.Types.DataType.Uint32));
    }

    private const long Int64 = (long)TensorProto.Types.DataType.Int64;
}
