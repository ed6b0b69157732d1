using MLNet.Vae.Onnx;
using MLNet.Vae.Onnx.Schema;
using MLNet.Vae.Tables;

namespace MLNet.Vae.Graphs;

/// <summary>Graphs that read the columns of a table. They cannot be read back: the model itself has its own.</summary>
internal static class TableForm
{
    public const string Name = "table";

    /// <summary>
    /// The scorer over the columns, <c>[N, 1]</c> each, under their names, or "column/" and their names where a tensor has these; with
    /// contributions of columns, <c>[N, columns]</c>.
    /// </summary>
    /// <exception cref="InvalidOperationException">The table has a column that ONNX has no type for.</exception>
    public static byte[] Scorer(GraphProto model, VaeModelInfo info)
    {
        var table = Checked(info);
        var run = GraphCut.Cut(model, GraphInterface.Scorer, info);
        var taken = run.Node.SelectMany(node => node.Output).Concat(run.Initializer.Select(constant => constant.Name))
            .Append(TensorNames.Features).ToHashSet();
        string[] names = [.. table.Modelled.Select(column => taken.Contains(column.Name) ? $"column/{column.Name}" : column.Name)];
        var before = new GraphBuilder();
        var front = new TableGraph(before, table);
        front.Write(TensorNames.Features, names);
        var after = new GraphBuilder(GraphCut.Join(before.Build(), new() { Node = { run.Node }, Initializer = { run.Initializer } }));
        var outputs = GraphInterface.Outputs(GraphInterface.Scorer, info);
        if (info.HasScore)
        {
            new TableGraph(after, table).WriteSums(ColumnContributions, TensorNames.Contributions);
            var columns = GraphInterface.Rows(ColumnContributions, table.Modelled.Count);
            outputs = [.. outputs.Where(output => output.Name != TensorNames.Contributions), columns];
        }
        var graph = after.Build(Name, table.Modelled.Zip(names, (column, name) => Input(column, name, TensorNames.Rows)), outputs);
        return ModelFile.WriteForeign(graph);
    }

    /// <summary>One row at a time, as stock ML.NET runs it: the columns, <c>[1, 1]</c> each, to the features, <c>[D]</c>.</summary>
    /// <param name="info">Of a table.</param>
    /// <param name="inputs">The columns that each modelled column is read from.</param>
    public static byte[] Features(VaeModelInfo info, IReadOnlyList<string> inputs)
    {
        var table = Checked(info);
        var graph = new GraphBuilder();
        new TableGraph(graph, table).Write("table/all", inputs);
        graph.Node("Reshape", info.Columns.Features, "table/all", graph.Indices("table/shape", info.FeatureCount));
        return ModelFile.WriteForeign(graph.Build(
            Name,
            table.Modelled.Zip(inputs, (column, name) => Input(column, name, null)),
            [GraphInterface.Fixed(info.Columns.Features, info.FeatureCount)]));
    }

    /// <summary>The same, from contributions of features, <c>[D]</c>, to those of columns, <c>[columns]</c>.</summary>
    public static byte[] Contributions(VaeModelInfo info, string column)
    {
        var table = info.Table!;
        var graph = new GraphBuilder();
        var rows = graph.Node("Reshape", "table/rows", TableNames.Contributions, graph.Indices("table/rows.shape", 1, info.FeatureCount));
        new TableGraph(graph, table).WriteSums("table/sums", rows);
        graph.Node("Reshape", column, "table/sums", graph.Indices("table/shape", table.Modelled.Count));
        PipelineGraph.AddSlotNames(graph, [new(column, column, table.Modelled.Count, [.. table.Modelled.Select(part => part.Name)])]);
        return ModelFile.WriteForeign(graph.Build(
            Name,
            [GraphInterface.Fixed(TableNames.Contributions, info.FeatureCount)],
            [GraphInterface.Fixed(column, table.Modelled.Count)]));
    }

    private const string ColumnContributions = "column_contributions";

    private static VaeTableInfo Checked(VaeModelInfo info)
    {
        var table = info.Table ?? throw new InvalidOperationException("The model is none of a table.");
        return TableGraph.Fault(table) is { } fault
            ? throw new InvalidOperationException(
                $"The table cannot be written as ONNX: {fault}. Leave it out of the table, or export the model alone.")
            : table;
    }

    private static ValueInfoProto Input(VaeTableColumn column, string name, string? rows)
    {
        var width = column.Kind == VaeColumnKind.Vector ? column.FeatureCount : 1;
        var value = rows is null ? GraphInterface.Fixed(name, 1, width) : GraphInterface.Rows(name, width);
        if (column.IsText)
            value.Type.TensorType.ElemType = (int)TensorProto.Types.DataType.String;
        return value;
    }
}
