using System.Reflection;
using System.Runtime.ExceptionServices;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Interop;

/// <summary>
/// A view that tells ML.NET's ONNX converter, where that asks it, that it is not for it. The converter passes over a view that it does not
/// know without a word, and writes a file that lacks the step.
/// </summary>
/// <remarks>
/// Not sealed, and with a constructor: the runtime derives from it, as the interface that is asked for is internal to ML.NET.
/// </remarks>
internal class ConverterGuard : DispatchProxy
{
    private static readonly Type? Asked =
        typeof(TextLoader).Assembly.GetType("Microsoft.ML.Model.OnnxConverter.ITransformCanSaveOnnx");

    private IDataView _view = null!;
    private IDataView _source = null!;
    private string _message = "";

    /// <summary>A view of a transformer that <c>ExportPipelineOnnx</c> writes.</summary>
    /// <param name="view">What <c>Transform</c> is to give.</param>
    /// <param name="source">What it was given.</param>
    /// <param name="transformer">Whose it is.</param>
    /// <returns>The view itself where ML.NET has no such interface any more.</returns>
    public static IDataView Around(IDataView view, IDataView source, ITransformer transformer) => Around(
        view,
        source,
        $"ML.NET's converter cannot write {transformer.GetType().Name}: use mlContext.Model.ExportPipelineOnnx(model, data.Schema, path) "
        + "in place of ConvertToOnnx, which writes the stock steps and those of this library into one file.");

    /// <summary>A view of a transformer that has no form in ONNX.</summary>
    /// <inheritdoc cref="Around(IDataView, IDataView, ITransformer)"/>
    public static IDataView AroundWithoutForm(IDataView view, IDataView source, ITransformer transformer) => Around(
        view,
        source,
        $"{transformer.GetType().Name} has no form in ONNX: take it out of the pipeline that is converted, and do its work where the file "
        + "is run.");

    private static IDataView Around(IDataView view, IDataView source, string message)
    {
        if (Asked is null)
            return view;
        var guard = Create(Asked, typeof(ConverterGuard));
        ((ConverterGuard)guard)._view = view;
        ((ConverterGuard)guard)._source = source;
        ((ConverterGuard)guard)._message = message;
        return (IDataView)guard;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        switch (targetMethod)
        {
            case { Name: "CanSaveOnnx" or "SaveAsOnnx" }:
                throw new InvalidOperationException(_message);
            case { Name: "get_Source" }:
                return _source;
            case { DeclaringType: var declaring } when declaring == typeof(IDataView):
                try
                {
                    return targetMethod.Invoke(_view, args);
                }
                catch (TargetInvocationException fault) when (fault.InnerException is { } inner)
                {
                    ExceptionDispatchInfo.Throw(inner);
                    throw;
                }

            default:
                throw new NotSupportedException($"{targetMethod?.Name} of a view.");
        }
    }
}
