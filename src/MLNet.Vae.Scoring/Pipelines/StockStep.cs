using Microsoft.ML;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms.Onnx;
using MLNet.Vae.Cursors;
using MLNet.Vae.Onnx;
using MLNet.Vae.Onnx.Schema;

namespace MLNet.Vae.Pipelines;

/// <summary>One step of ML.NET's own as a graph, by ML.NET's converter.</summary>
internal static class StockStep
{
    // The converter passes over a step that it cannot write, and says so in its log alone.
    private const string PassedOver = "cannot save itself as ONNX";

    /// <param name="step">A transformer that is not of this library.</param>
    /// <param name="schema">What it reads; columns that ONNX has no type for are left out.</param>
    /// <param name="fault">Why it cannot be written, where it cannot.</param>
    /// <returns><see langword="null"/>: it cannot.</returns>
    public static GraphPart? Write(ITransformer step, DataViewSchema schema, out string? fault)
    {
        if (step is OnnxTransformer)
        {
            fault = "it runs an ONNX graph, which ML.NET's converter does not take over; of a pipeline that was loaded export what Fit "
                + "gave, before it is saved";
            return null;
        }
        // With a log of its own.
        var mlContext = new MLContext();
        var isPassedOver = false;
        mlContext.Log += (_, line) => isPassedOver |= line.Kind == ChannelMessageKind.Warning
            && line.RawMessage.Contains(PassedOver, StringComparison.Ordinal);
        var read = Visible(schema);
        try
        {
            using var bytes = new MemoryStream();
            mlContext.Model.ConvertToOnnx(step, new NoRows(read), (int)OperatorUpgrade.From, bytes);
            fault = isPassedOver ? "ML.NET's converter has no ONNX form of it" : null;
            return isPassedOver ? null : Part(ModelProto.Parser.ParseFrom(bytes.ToArray()), read, out fault);
        }
        // Whatever a transformer says that is asked for a form which it does not have, or for columns that were left out.
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException or NotSupportedException
            or NotImplementedException or FormatException)
        {
            fault = exception.Message;
            return null;
        }
    }

    private static GraphPart? Part(ModelProto model, DataViewSchema read, out string? fault)
    {
        var unknown = OperatorUpgrade.Apply(model.Graph);
        fault = unknown.Count == 0 ? null : $"its operators {string.Join(", ", unknown)} may mean something else in ONNX's version 17";
        if (fault is not null)
            return null;
        // The converter gives every column; those that it only passes on stay what they were.
        var passed = model.Graph.Node.Where(node => node.OpType == "Identity")
            .Where(node => node.Output[0] == node.Input[0] + JoinedGraph.OutputSuffix && read.GetColumnOrNull(node.Input[0]) is not null)
            .Select(node => node.Output[0]).ToHashSet();
        var made = model.Graph.Output.Select(output => output.Name)
            .Where(name => name.EndsWith(JoinedGraph.OutputSuffix, StringComparison.Ordinal) && !passed.Contains(name));
        return new(
            model.Graph,
            model.OpsetImport,
            read.ToDictionary(column => column.Name, column => column.Name),
            made.ToDictionary(name => name[..^JoinedGraph.OutputSuffix.Length]));
    }

    private static DataViewSchema Visible(DataViewSchema schema)
    {
        var visible = new DataViewSchema.Builder();
        foreach (var column in OnnxColumns.Of(schema))
            visible.AddColumn(column.Name, column.Type, column.Annotations);
        return visible.ToSchema();
    }
}
