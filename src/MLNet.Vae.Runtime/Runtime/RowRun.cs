using MLNet.Vae.Onnx;

namespace MLNet.Vae.Runtime;

/// <summary>
/// Runs a graph over one row after the other, each by itself, in buffers that are kept: the same row gives the same bits. Not thread-safe.
/// </summary>
internal sealed class RowRun : IDisposable
{
    private readonly ScoringSessions _sessions;
    private readonly AlignedBuffer _input;
    private readonly AlignedBuffer _condition;
    private readonly AlignedBuffer[] _outputs;
    private readonly BoundRun _run;

    /// <param name="sessions">Run the graph.</param>
    /// <param name="graph">Its name.</param>
    /// <param name="input">Name and width of what it reads beside the condition.</param>
    /// <param name="condition">Width of the condition; 0: there is none.</param>
    /// <param name="outputs">Name and width of what is wanted.</param>
    public RowRun(
        ScoringSessions sessions, string graph, (string Tensor, int Width) input, int condition, (string Tensor, int Width)[] outputs)
    {
        _sessions = sessions;
        _input = new(1, input.Width);
        _condition = new(1, condition);
        _outputs = [.. outputs.Select(output => new AlignedBuffer(1, output.Width))];
        _run = new(
            graph,
            condition == 0
                ? [(input.Tensor, _input.Tensor(1))]
                : [(input.Tensor, _input.Tensor(1)), (TensorNames.Condition, _condition.Tensor(1))],
            [.. outputs.Select((output, i) => (output.Tensor, _outputs[i].Tensor(1)))]);
    }

    /// <param name="row">What the graph reads.</param>
    /// <param name="condition">Empty where there is none.</param>
    /// <returns>Each output, anew.</returns>
    public float[][] Run(ReadOnlySpan<float> row, ReadOnlySpan<float> condition)
    {
        row.CopyTo(_input.Row(0));
        condition.CopyTo(_condition.Row(0));
        _sessions.Run(_run);
        return Array.ConvertAll(_outputs, output => output.Row(0).ToArray());
    }

    public void Dispose() => _run.Dispose();
}
