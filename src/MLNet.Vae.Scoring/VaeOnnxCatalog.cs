using MLNet.Vae.Interop;
using MLNet.Vae.Pipelines;

namespace Microsoft.ML;

/// <summary>Fitted pipelines as ONNX, with the models of this library in them.</summary>
public static class VaeOnnxCatalog
{
    /// <summary>
    /// Writes a fitted pipeline as one ONNX file: its stock steps by ML.NET's own converter, the models of this library by their own
    /// graphs.
    /// <c>ConvertToOnnx</c> knows only the former.
    /// </summary>
    /// <remarks>
    /// Inputs are the columns that the pipeline reads, under their names: <c>[N, 1]</c>, or <c>[N, size]</c> of a vector, in the types of
    /// the columns; keys as their numbers from 1, text as strings. Outputs are called by their columns and ".output", as ML.NET's converter
    /// calls them. A row's values are those of <c>Transform</c> up to the rounding of single precision; rows are not checked: a NaN gives
    /// what it gives in the graph. ONNX operators 17.
    /// </remarks>
    /// <param name="catalog"><c>mlContext.Model</c>.</param>
    /// <param name="model">What <c>Fit</c> gave: a chain, or one transformer.</param>
    /// <param name="inputSchema">The schema of the rows that it reads: <c>data.Schema</c>.</param>
    /// <param name="path">Written whole or not at all; a file of this name is replaced.</param>
    /// <param name="outputColumns">The columns that are asked for; none: all that the pipeline adds or changes.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">An output is no column of the pipeline.</exception>
    /// <exception cref="InvalidOperationException">A step has no ONNX form; says which and why. No file is written.</exception>
    /// <exception cref="System.IO.IOException">The file cannot be written.</exception>
    public static void ExportPipelineOnnx(
        this ModelOperationsCatalog catalog, ITransformer model, DataViewSchema inputSchema, string path, params string[] outputColumns)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(inputSchema);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentNullException.ThrowIfNull(outputColumns);
        if (outputColumns.Any(string.IsNullOrWhiteSpace))
        {
            throw new ArgumentException(
                "An output column must have a name; none at all asks for all that the pipeline makes.", nameof(outputColumns));
        }
        var onnx = OnnxPipeline.Write(model, inputSchema, outputColumns);
        FileSet.WriteOne("pipeline", path, stream => stream.Write(onnx));
    }
}
