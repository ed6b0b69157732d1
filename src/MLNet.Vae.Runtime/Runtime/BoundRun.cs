using Microsoft.ML.OnnxRuntime;
using MLNet.Vae.Graphs;

namespace MLNet.Vae.Runtime;

/// <summary>
/// Tensors bound to the inputs and outputs of a graph once, so that a run costs what ONNX Runtime costs and allocates nothing.
/// Owns the tensors. Not thread-safe.
/// </summary>
/// <param name="graph">One of those that <see cref="GraphInterface"/> names.</param>
/// <param name="inputs">What goes in.</param>
/// <param name="outputs">Where it comes out.</param>
internal sealed class BoundRun(string graph, (string Name, OrtValue Values)[] inputs, (string Name, OrtValue Values)[] outputs)
    : IDisposable
{
    private readonly RunOptions _options = new();
    private OrtIoBinding? _binding;

    public string Graph => graph;

    public IReadOnlyList<string> Outputs { get; } = [.. outputs.Select(output => output.Name)];

    /// <summary>The same for runs of the same graph for the same outputs: they share a session.</summary>
    public string Key { get; } = $"{graph} {string.Join(' ', outputs.Select(output => output.Name).Order(StringComparer.Ordinal))}";

    /// <param name="session">The same one each time.</param>
    /// <param name="copiesInputs">Whether it computes elsewhere: what is bound is then what the inputs hold at that moment.</param>
    public void In(InferenceSession session, bool copiesInputs)
    {
        if (_binding is null)
        {
            _binding = session.CreateIoBinding();
            foreach (var (name, values) in outputs)
            {
                _binding.BindOutput(name, values);
            }

            BindInputs();
        }
        else if (copiesInputs)
        {
            BindInputs();
        }

        session.RunWithBinding(_options, _binding);
    }

    public void Dispose()
    {
        _binding?.Dispose();
        _options.Dispose();
        foreach (var (_, values) in inputs.Concat(outputs))
        {
            values.Dispose();
        }
    }

    private void BindInputs()
    {
        foreach (var (name, values) in inputs)
        {
            _binding!.BindInput(name, values);
        }
    }
}
