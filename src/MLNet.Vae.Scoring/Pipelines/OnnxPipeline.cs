using Microsoft.ML;
using Microsoft.ML.Transforms.Onnx;
using MLNet.Vae.Interop;
using MLNet.Vae.NativeLibraries;

namespace MLNet.Vae.Pipelines;

/// <summary>A fitted pipeline as one ONNX file: ML.NET's converter writes its steps, this library its own, and they are joined.</summary>
internal sealed class OnnxPipeline
{
    private readonly JoinedGraph _graph = new();
    private DataViewSchema _schema;

    private OnnxPipeline(DataViewSchema input) => _schema = input;

    /// <param name="model">What <c>Fit</c> gave.</param>
    /// <param name="input">What it reads.</param>
    /// <param name="outputs">Columns that are asked for; none: those that it adds or changes.</param>
    /// <exception cref="ArgumentException">An output is no column.</exception>
    /// <exception cref="InvalidOperationException">A step that the outputs need has no ONNX form; says which and why.</exception>
    public static byte[] Write(ITransformer model, DataViewSchema input, IReadOnlyList<string> outputs)
        => OnnxRuntimeLibrary.Translate(ScoringHost.Silent, () =>
        {
            var pipeline = new OnnxPipeline(input);
            var number = 0;
            foreach (var (step, own) in Steps(model))
                pipeline.Add(step, own, ++number);
            return pipeline.Build(input, outputs);
        });

    /// <param name="step">What ML.NET knows.</param>
    /// <param name="own">The model of this library that it is; <see langword="null"/>: it is none, or has no form.</param>
    /// <param name="number">From 1.</param>
    private void Add(ITransformer step, VaeModel? own, int number)
    {
        var after = step.GetOutputSchema(_schema);
        string? fault = null;
        GraphPart? part;
        try
        {
            part = own is { Info.Series: null }
                ? own.ToPart(OnnxColumns.Of(_schema).ToDictionary(column => column.Name, OnnxColumns.Describe))
                : own is not null || IsOurs(step) ? null : StockStep.Write(step, _schema, out fault);
        }
        catch (InvalidOperationException exception)
        {
            (part, fault) = (null, exception.Message);
        }
        if (part is not null)
        {
            _graph.Add(part);
        }
        else
        {
            // What it makes is lost, which matters if it is needed.
            var hidden = after.Where(column => column.IsHidden).Select(column => column.Name).ToHashSet();
            var lost = after.Where(column =>
                !column.IsHidden && (_schema.GetColumnOrNull(column.Name) is null || hidden.Contains(column.Name)));
            _graph.Lose(
                lost.Select(column => column.Name),
                $"Step {number} of the pipeline, {step.GetType().Name}, cannot be written as ONNX: "
                    + $"{(fault ?? "it has no form in ONNX").TrimEnd('.')}. Take it out of the pipeline that is exported, and do its work "
                    + "where the file is run.");
        }
        _schema = after;
    }

    private byte[] Build(DataViewSchema input, IReadOnlyList<string> outputs)
    {
        var visible = OnnxColumns.Of(_schema).ToDictionary(column => column.Name);
        string[] asked = outputs.Count > 0 ? [.. outputs.Distinct()] : [.. visible.Keys.Where(_graph.Gives)];
        if (asked.Where(name => !visible.ContainsKey(name)).ToArray() is { Length: > 0 } unknown)
        {
            throw new ArgumentException(
                $"The pipeline gives no column {string.Join(", ", unknown.Select(name => $"'{name}'"))} that ONNX has a type for; it gives "
                + $"{string.Join(", ", visible.Keys.Select(name => $"'{name}'"))}.",
                nameof(outputs));
        }
        var onnx = _graph.Build(
            [.. asked.Select(name => OnnxColumns.Tensor(visible[name]))], [.. OnnxColumns.Of(input).Select(OnnxColumns.Tensor)]);
        return OnnxCheck.Fault(onnx) is { } fault
            ? throw new InvalidOperationException($"The steps of the pipeline do not go together as ONNX: {fault}")
            : onnx;
    }

    /// <summary>The steps of the pipeline, chains with a model of this library taken apart: of others ML.NET makes one graph.</summary>
    private static IEnumerable<(ITransformer Step, VaeModel? Own)> Steps(ITransformer transformer, bool isOutermost = true)
    {
        if ((Own(transformer) ?? SavedStep.ModelOf(transformer)) is { } model)
            return [(transformer, model)];
        return transformer is IEnumerable<ITransformer> chain
            && (isOutermost || Saving.ModelFinder.Flatten(transformer).Any(step => IsOurs(step) || step is OnnxTransformer))
            ? chain.SelectMany(part => Steps(part, isOutermost: false))
            : [(transformer, null)];
    }

    private static VaeModel? Own(ITransformer step) => step switch
    {
        VaeTransformer transformer => transformer.Model,
        VaeTableTransformer table => table.Model,
        _ => null,
    };

    private static bool IsOurs(ITransformer step) => step.GetType().Assembly == typeof(OnnxPipeline).Assembly;
}
