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
            fault = "it runs an ONNX graph of another library, which ML.NET's converter does not take over";
            return null;
        }
        var part = Written(step, Visible(schema), out fault);
        // The converter's own names may be those of columns that have nothing to do with the step.
        return part is null && Needed(step, schema) is { } needed ? Written(step, needed, out fault) ?? part : part;
    }

    private static GraphPart? Written(ITransformer step, DataViewSchema read, out string? fault)
    {
        // With a log of its own.
        var mlContext = new MLContext();
        var isPassedOver = false;
        mlContext.Log += (_, line) => isPassedOver |= line.Kind == ChannelMessageKind.Warning
            && line.RawMessage.Contains(PassedOver, StringComparison.Ordinal);
        byte[] onnx;
        try
        {
            using var bytes = new MemoryStream();
            mlContext.Model.ConvertToOnnx(step, new NoRows(read), (int)OperatorUpgrade.From, bytes);
            onnx = bytes.ToArray();
        }
        // Whatever a transformer throws that is asked for a form which it does not have, or for columns that were left out.
        catch (Exception exception)
        {
            fault = $"ML.NET's converter fails: {exception.Message}";
            return null;
        }
        fault = isPassedOver ? "ML.NET's converter has no ONNX form of it" : OnnxCheck.Fault(onnx);
        return fault is null ? Part(ModelProto.Parser.ParseFrom(onnx), read, out fault) : null;
    }

    private static GraphPart? Part(ModelProto model, DataViewSchema read, out string? fault)
    {
        var unknown = OperatorUpgrade.Apply(model.Graph);
        fault = unknown.Count == 0 ? null : $"its operators {string.Join(", ", unknown)} may mean something else in ONNX's version 17";
        if (fault is not null)
            return null;
        var made = model.Graph.Output.Select(output => output.Name)
            .Where(name => name.EndsWith(JoinedGraph.OutputSuffix, StringComparison.Ordinal))
            .ToDictionary(name => name[..^JoinedGraph.OutputSuffix.Length]);
        // The converter gives every column; those that it only passes on stay what they were.
        var identities = model.Graph.Node.Where(node => node.OpType == "Identity")
            .ToDictionary(node => node.Output[0], node => node.Input[0]);
        foreach (var (column, output) in made.ToArray())
        {
            var tensor = output;
            while (identities.TryGetValue(tensor, out var from))
                tensor = from;
            if (tensor == column && read.GetColumnOrNull(column) is not null)
                made.Remove(column);
        }
        return new(model.Graph, model.OpsetImport, read.ToDictionary(column => column.Name, column => column.Name), made);
    }

    /// <summary>
    /// The columns that the new ones are made of; <see langword="null"/>: the step replaces some that are there, or does not say.
    /// </summary>
    private static DataViewSchema? Needed(ITransformer step, DataViewSchema schema)
    {
        if (!step.IsRowToRowMapper)
            return null;
        var visible = Visible(schema);
        try
        {
            var mapper = step.GetRowToRowMapper(visible);
            var made = mapper.OutputSchema.Where(column => visible.GetColumnOrNull(column.Name) is null).ToArray();
            if (made.Length == 0 || mapper.OutputSchema.Any(column => column.IsHidden))
                return null;
            var names = mapper.GetDependencies(made).Select(column => column.Name).ToHashSet();
            return names.Count < visible.Count ? Of(visible.Where(column => names.Contains(column.Name))) : null;
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }

    private static DataViewSchema Visible(DataViewSchema schema) => Of(OnnxColumns.Of(schema));

    private static DataViewSchema Of(IEnumerable<DataViewSchema.Column> columns)
    {
        var builder = new DataViewSchema.Builder();
        foreach (var column in columns)
            builder.AddColumn(column.Name, column.Type, column.Annotations);
        return builder.ToSchema();
    }
}
