using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using MLNet.Vae.Modules;

namespace MLNet.Vae.Tests.Onnx;

/// <summary>Runs a graph in ONNX Runtime.</summary>
internal sealed class OnnxRunner(byte[] onnx) : IDisposable
{
    private readonly InferenceSession _session = new(onnx);

    public InferenceSession Session => _session;

    /// <param name="rows"><c>[N, width]</c>.</param>
    /// <param name="width">Of the input.</param>
    /// <returns>For each output, its rows.</returns>
    public Dictionary<string, float[][]> Run(float[][] rows, int width)
    {
        var input = new DenseTensor<float>(rows.SelectMany(r => r).ToArray(), [rows.Length, width]);
        using var results = _session.Run([NamedOnnxValue.CreateFromTensor(_session.InputNames[0], input)]);
        return results.ToDictionary(r => r.Name, r => Rows((DenseTensor<float>)r.AsTensor<float>()));
    }

    /// <param name="inputs">For each input, its rows.</param>
    /// <returns>For each output, its rows.</returns>
    public Dictionary<string, float[][]> Run(IReadOnlyDictionary<string, float[][]> inputs)
    {
        var values = inputs.Select(input => NamedOnnxValue.CreateFromTensor(
            input.Key, new DenseTensor<float>(input.Value.SelectMany(r => r).ToArray(), [input.Value.Length, input.Value[0].Length])));
        using var results = _session.Run([.. values]);
        return results.ToDictionary(r => r.Name, r => Rows((DenseTensor<float>)r.AsTensor<float>()));
    }

    public void Dispose() => _session.Dispose();

    /// <summary>The rows of a matrix; a vector is one row.</summary>
    private static float[][] Rows(DenseTensor<float> tensor)
    {
        var width = tensor.Dimensions[^1];
        return [.. tensor.ToArray().Chunk(Math.Max(1, width))];
    }
}
