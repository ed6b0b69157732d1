using MLNet.Vae.Interop;
using MLNet.Vae.NativeLibraries;

namespace MLNet.Vae.Runtime;

/// <summary>Runs one graph over rows in memory, block by block. Thread-safe: buffers belong to a call.</summary>
/// <param name="host">Marks exceptions.</param>
/// <param name="sessions">Run the graph.</param>
/// <param name="graph">Its name.</param>
/// <param name="blockSize">Rows of a run, from the number of values that one takes.</param>
internal sealed class GraphRun(ScoringHost host, ScoringSessions sessions, string graph, Func<long, int> blockSize)
{
    /// <param name="count">Rows; 0 gives none.</param>
    /// <param name="inputs">All that the graph reads.</param>
    /// <param name="outputs">Name and width of what is wanted.</param>
    /// <returns>For each output its rows, <c>[count][width]</c>.</returns>
    /// <exception cref="InvalidOperationException">The native ONNX Runtime library, first touched here, cannot be used.</exception>
    public float[][][] Run(int count, IReadOnlyList<RowSource> inputs, params (string Tensor, int Width)[] outputs)
    {
        var results = outputs.Select(_ => new float[count][]).ToArray();
        if (count > 0)
            OnnxRuntimeLibrary.Translate(host, () => Fill(results, count, inputs, outputs));
        return results;
    }

    private bool Fill(float[][][] results, int count, IReadOnlyList<RowSource> inputs, (string Tensor, int Width)[] outputs)
    {
        var capacity = Math.Min(count, blockSize(inputs.Sum(input => (long)input.Width) + outputs.Sum(output => (long)output.Width)));
        var from = inputs.Select(input => new AlignedBuffer(capacity, input.Width)).ToArray();
        var to = outputs.Select(output => new AlignedBuffer(capacity, output.Width)).ToArray();
        using var full = Bind(capacity);
        using var last = count % capacity == 0 ? null : Bind(count % capacity);
        for (var start = 0; start < count; start += capacity)
        {
            var rows = Math.Min(capacity, count - start);
            for (var i = 0; i < from.Length; i++)
            {
                for (var row = 0; row < rows; row++)
                    inputs[i].Read(start + row, from[i].Row(row));
            }
            sessions.Run(rows == capacity ? full : last!);
            for (var i = 0; i < to.Length; i++)
            {
                for (var row = 0; row < rows; row++)
                    results[i][start + row] = to[i].Row(row).ToArray();
            }
        }
        return true;

        BoundRun Bind(int rows) => new(
            graph,
            [.. inputs.Select((input, i) => (input.Tensor, from[i].Tensor(rows)))],
            [.. outputs.Select((output, i) => (output.Tensor, to[i].Tensor(rows)))]);
    }
}
