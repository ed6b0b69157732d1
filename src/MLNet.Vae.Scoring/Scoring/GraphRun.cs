using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.Runtime;

namespace MLNet.Vae.Scoring;

/// <summary>Runs one graph over rows in memory, block by block. Thread-safe: buffers belong to a call.</summary>
/// <param name="host">Marks exceptions.</param>
/// <param name="sessions">Run the graph.</param>
/// <param name="graph">Its name.</param>
/// <param name="blockSize">Rows of a run, from the number of values that one takes.</param>
internal sealed class GraphRun(IHost host, ScoringSessions sessions, string graph, Func<long, int> blockSize)
{
    /// <param name="count">Rows; 0 gives none.</param>
    /// <param name="inputs">All that the graph reads.</param>
    /// <param name="outputs">Name and width of what is wanted.</param>
    /// <returns>For each output its rows, <c>[count][width]</c>.</returns>
    /// <exception cref="InvalidOperationException">The native ONNX Runtime library, first touched here, is missing.</exception>
    public float[][][] Run(int count, IReadOnlyList<RowSource> inputs, params (string Tensor, int Width)[] outputs)
    {
        var results = outputs.Select(_ => new float[count][]).ToArray();
        if (count > 0)
            OnnxRuntimeErrors.Translate(host, () => Fill(results, count, inputs, outputs));
        return results;
    }

    private bool Fill(float[][][] results, int count, IReadOnlyList<RowSource> inputs, (string Tensor, int Width)[] outputs)
    {
        var capacity = Math.Min(count, blockSize(inputs.Sum(input => (long)input.Width) + outputs.Sum(output => (long)output.Width)));
        var from = inputs.Select(input => new AlignedBuffer(checked(capacity * input.Width))).ToArray();
        var to = outputs.Select(output => new AlignedBuffer(checked(capacity * output.Width))).ToArray();
        string[] inputNames = [.. inputs.Select(input => input.Tensor)], outputNames = [.. outputs.Select(output => output.Tensor)];
        using var runOptions = new RunOptions();
        for (var start = 0; start < count; start += capacity)
        {
            var rows = Math.Min(capacity, count - start);
            for (var i = 0; i < from.Length; i++)
            {
                for (var row = 0; row < rows; row++)
                    inputs[i].Read(start + row, from[i].Row(row, inputs[i].Width));
            }
            var given = from.Select((buffer, i) => Over(buffer, rows, inputs[i].Width)).ToArray();
            var wanted = to.Select((buffer, i) => Over(buffer, rows, outputs[i].Width)).ToArray();
            try
            {
                sessions.Run(graph, runOptions, inputNames, given, outputNames, wanted);
            }
            finally
            {
                foreach (var value in given.Concat(wanted))
                    value.Dispose();
            }
            for (var i = 0; i < to.Length; i++)
            {
                for (var row = 0; row < rows; row++)
                    results[i][start + row] = to[i].Row(row, outputs[i].Width).ToArray();
            }
        }
        return true;
    }

    private static OrtValue Over(AlignedBuffer buffer, int rows, int width)
        => OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, buffer.First(rows * width), [rows, width]);
}
